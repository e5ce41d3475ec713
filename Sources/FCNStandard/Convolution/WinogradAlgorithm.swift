import FCNCore
import Foundation

/// Minimal filtering: F(4 x 4, 3 x 3) and its kin, for dense convolutions that move by one pixel.
struct WinogradAlgorithm: ConvolutionAlgorithm {
  let place: ConvolutionPlace
  private let rows: WinogradTransform
  private let columns: WinogradTransform
  private let steps: (rows: Int, columns: Int)

  static func candidates(_ place: ConvolutionPlace) -> [any ConvolutionAlgorithm] {
    let form = place.form
    guard form.groups == 1, form.phaseRows == 1, form.phaseColumns == 1, form.columnMultiply == 1, form.columnStep > 0,
      !place.isPlanar, !place.input.isPlanar, case .window(let window) = form.access.rows, window.multiply == 1,
      window.divide == 1, window.step > 0
    else { return [] }
    let columns = transforms(form.columns, place.site.accuracy)
    return transforms(form.rows, place.site.accuracy).flatMap { rows in
      columns.map { WinogradAlgorithm(place: place, rows: rows, columns: $0, steps: (window.step, form.columnStep)) }
    }
  }

  /// The algorithms along an axis that are exact enough.
  private static func transforms(_ taps: Int, _ accuracy: Accuracy) -> [WinogradTransform] {
    let results: [Int] =
      switch (taps, accuracy) {
      case (3, .normal): [2, 4, 6]
      case (3, .fast): [2, 4, 6]
      case (5, .normal): [2]
      case (5, .fast): [2, 4]
      case (7, .normal), (7, .fast): [2]
      default: []
      }
    return results.compactMap { WinogradTransform(results: $0, taps: taps) }
  }

  private var lanes: Int { place.target.lanes }
  private var products: Int { rows.size * columns.size }

  var cost: KernelCost {
    let model = place.target.cost
    let results = Double(rows.results * columns.results)
    let inputs = Double(place.input.blocks)
    let outputs = Double(place.output.blocks)
    let perVector = Double(products) / results
    let multiply = KernelCost(
      multiplyAdds: perVector * inputs * Double(lanes) * outputs, efficiency: model.matrixEfficiency)
    let transforms = perVector * (inputs * model.inputTransformCycles + outputs * model.outputTransformCycles)
    return KernelCost(cycles: multiply.cycles + transforms)
  }

  func lowering() -> Lowering {
    let groups = groups
    let kernel = WinogradConvolution(
      rows: rows, columns: columns, rowStep: steps.rows, columnStep: steps.columns, inputBlocks: place.input.blocks,
      outputBlocks: place.output.blocks, groups: groups, batch: batch, epilogue: place.epilogue,
      epilogueOperands: place.epilogueOperands, channelParameterCount: place.channelParameterCount,
      masksPadding: place.masksPadding, target: place.target)
    let count = products * place.input.blocks * lanes * place.output.blocks * lanes
    let packed = place.packed(count: count) { pack(groups) }
    return Lowering(kernel: kernel, operands: place.operands, packed: packed)
  }

  /// Tiles of a batch. A batch reads all weights, and each group of output channels reads the batch again: the more
  /// weights, the larger the batch. It is an odd multiple of the register tile, so that the blocks do not compete for the
  /// same cache lines.
  private var batch: Int {
    let model = place.target.cost
    let bytes = products * place.input.blocks * lanes * place.output.blocks * lanes * 4
    let wanted = Double(bytes).squareRoot() * model.batchOfWeights
    let tiles = max(model.smallestBatch, min(model.largestBatch, Int(wanted)))
    let width = place.target.columnsPerTile[min(4, place.output.blocks)]
    let count = tiles / width
    return (count.isMultiple(of: 2) ? count + 1 : count) * width
  }

  private var groups: [WinogradConvolution.Group] {
    var result: [WinogradConvolution.Group] = []
    var block = 0
    var weights = 0
    let perVector = products * place.input.blocks * lanes * lanes
    let total = place.output.blocks
    while block < total {
      let rest = total - block
      let vectors = rest == 5 ? 3 : min(4, rest)
      let count = vectors == 4 ? (rest % 4 == 1 ? rest / 4 - 1 : rest / 4) : 1
      result.append(.init(firstBlock: block, vectors: vectors, count: count, weights: weights))
      block += count * vectors
      weights += count * vectors * perVector
    }
    return result
  }

  /// G g G^T in the order in which the kernel reads it: group, product, input block, lane, output lanes.
  private func pack(_ groups: [WinogradConvolution.Group]) -> [Float] {
    let form = place.form
    let (input, output) = (place.input, place.output)
    let (g, h) = (rows.ofTaps.flatMap { $0 }, columns.ofTaps.flatMap { $0 })
    let perPlane = input.blocks * lanes
    var result = [Float](repeating: 0, count: products * perPlane * output.blocks * lanes)
    let starts = groups.flatMap { group in
      (0..<group.count).flatMap { index in
        let base = group.weights + index * group.vectors * products * perPlane * lanes
        return (0..<group.vectors).map { (base: base + $0 * lanes, vectors: group.vectors) }
      }
    }
    result.withUnsafeMutableBufferPointer { buffer in
      // Each channel has places of its own.
      nonisolated(unsafe) let result = buffer
      DispatchQueue.concurrentPerform(iterations: output.positions.count) { channel in
        let position = output.positions[channel]
        let (base, vectors) = starts[position / lanes]
        var taps = [Double](repeating: 0, count: form.rows * form.columns)
        var half = [Double](repeating: 0, count: rows.size * form.columns)
        for (source, place) in input.positions.enumerated() {
          for row in 0..<form.rows {
            for column in 0..<form.columns {
              taps[row * form.columns + column] = Double(form.weight(channel, source, 0, 0, row, column))
            }
          }
          for line in 0..<rows.size {
            for column in 0..<form.columns {
              var sum = 0.0
              for row in 0..<form.rows { sum += g[line * form.rows + row] * taps[row * form.columns + column] }
              half[line * form.columns + column] = sum
            }
          }
          for line in 0..<rows.size {
            for number in 0..<columns.size {
              var sum = 0.0
              for column in 0..<form.columns {
                sum += half[line * form.columns + column] * h[number * form.columns + column]
              }
              let plane = line * columns.size + number
              result[base + (plane * perPlane + place) * vectors * lanes + position % lanes] = Float(sum)
            }
          }
        }
      }
    }
    return result
  }
}
