import FCNCore
import FCNStandard
import Foundation

/// A value in 64-bit arithmetic, planar.
struct DoubleTensor {
  var channels: Int
  var height: Int
  var width: Int
  var values: [Double]

  init(channels: Int, height: Int, width: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
    values = Array(repeating: 0, count: channels * height * width)
  }

  init(_ tensor: Tensor) {
    (channels, height, width) = (tensor.channels, tensor.height, tensor.width)
    values = tensor.values.map(Double.init)
  }
}

/// Networks in 64-bit arithmetic, from the definitions of their stages: what the errors of programs are measured by. It
/// knows the stages of the networks that it is used for, not all.
struct DoubleEvaluator {
  struct Unknown: Error { var stage: String }

  let graph: Graph

  /// The first output of a graph with weights.
  func run(_ input: Tensor) throws -> DoubleTensor {
    var values: [Int: DoubleTensor] = [graph.inputs[0].value: DoubleTensor(input)]
    for node in graph.nodes {
      let inputs = node.inputs.compactMap { values[$0] }
      let types = node.inputs.map { graph.values[$0].type }
      var output = graph.values[node.outputs[0]].type
      output.channels = max(output.channels, 1)
      guard let height = output.height(input.height), let width = output.width(input.width) else { continue }
      let result = DoubleTensor(channels: output.channels, height: height, width: width)
      values[node.outputs[0]] = try apply(node, inputs, types, input, result)
    }
    guard let found = values[graph.outputs[0].value] else { throw Unknown(stage: "output") }
    return found
  }

  private func apply(
    _ node: Graph.Node, _ inputs: [DoubleTensor], _ types: [TensorType], _ picture: Tensor, _ result: DoubleTensor
  ) throws -> DoubleTensor {
    switch node.stage {
    case let stage as Conv:
      return convolution(stage, inputs[0], node.weights, access(stage, types, picture), result)
    case let stage as Deconv: return transposed(stage, inputs[0], node.weights, result)
    case let stage as MaxPool: return largest(inputs[0], access(stage, types, picture), result)
    case let stage as Upsample: return enlarged(stage.resample, inputs[0], result)
    case let stage as PixelShuffle: return shuffled(stage.factor, inputs[0], result)
    case let stage as any PointwiseStage: return pointwise(stage, inputs, types, node.weights, result)
    case let stage where stage.facts.isIdentity: return inputs[0]
    case let stage where stage.facts.concatenatesChannels:
      var result = result
      result.values = inputs.flatMap(\.values)
      return result
    default: throw Unknown(stage: type(of: node.stage).signature.name)
    }
  }

  // MARK: Windows

  /// Taps, the distance between them, the stride, and the position of the first tap of output 0.
  private struct Axis {
    var taps: Int
    var step: Int
    var stride: Int
    var offset: Int
  }

  private func access(_ stage: any Stage, _ types: [TensorType], _ picture: Tensor) -> (rows: Axis, columns: Axis) {
    let access = stage.access(toInput: 0, of: types)
    func axis(_ access: AxisAccess, _ size: Int) -> Axis {
      guard case .window(let window) = access else { return Axis(taps: 0, step: 1, stride: 1, offset: 0) }
      return Axis(
        taps: window.taps, step: window.step, stride: window.multiply, offset: window.offset(size) ?? 0)
    }
    return (axis(access.rows, picture.height), axis(access.columns, picture.width))
  }

  /// With zeros beyond the edge.
  private func convolution(
    _ stage: Conv, _ input: DoubleTensor, _ weights: [WeightTensor], _ access: (rows: Axis, columns: Axis),
    _ result: DoubleTensor
  ) -> DoubleTensor {
    var result = result
    let (rows, columns) = access
    let depth = input.channels / stage.groups
    let perGroup = stage.channels / stage.groups
    let kernel = weights[0].values
    result.values.withUnsafeMutableBufferPointer { output in
      input.values.withUnsafeBufferPointer { source in
        for channel in 0..<stage.channels {
          let plane = channel * result.height * result.width
          if stage.hasBias {
            for index in plane..<(plane + result.height * result.width) {
              output[index] = Double(weights[1].values[channel])
            }
          }
          for part in 0..<depth {
            let from = (channel / perGroup * depth + part) * input.height * input.width
            for tapRow in 0..<rows.taps {
              for tapColumn in 0..<columns.taps {
                let index = ((channel * depth + part) * rows.taps + tapRow) * columns.taps + tapColumn
                let weight = Double(kernel[index])
                let shift = columns.offset + tapColumn * columns.step
                // The output columns whose tap lies inside.
                let first = shift >= 0 ? 0 : (-shift + columns.stride - 1) / columns.stride
                let last = min(
                  result.width - 1, Int((Double(input.width - 1 - shift) / Double(columns.stride)).rounded(.down)))
                guard first <= last else { continue }
                for row in 0..<result.height {
                  let line = row * rows.stride + rows.offset + tapRow * rows.step
                  guard line >= 0, line < input.height else { continue }
                  let start = plane + row * result.width
                  let begin = from + line * input.width + shift
                  if columns.stride == 1 {
                    for column in first...last { output[start + column] += weight * source[begin + column] }
                  } else {
                    for column in first...last {
                      output[start + column] += weight * source[begin + column * columns.stride]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Every input number spreads over a window of the output.
  private func transposed(
    _ stage: Deconv, _ input: DoubleTensor, _ weights: [WeightTensor], _ result: DoubleTensor
  ) -> DoubleTensor {
    var result = result
    let (kernel, stride, pad) = (stage.kernel, stage.stride, stage.pad)
    for channel in 0..<stage.channels {
      for row in 0..<result.height {
        for column in 0..<result.width {
          result.values[(channel * result.height + row) * result.width + column] =
            stage.hasBias ? Double(weights[1].values[channel]) : 0
        }
      }
      for part in 0..<input.channels {
        for row in 0..<input.height {
          for column in 0..<input.width {
            let value = input.values[(part * input.height + row) * input.width + column]
            for tapRow in 0..<kernel.rows {
              let y = row * stride.rows + tapRow - pad.top
              guard y >= 0, y < result.height else { continue }
              for tapColumn in 0..<kernel.columns {
                let x = column * stride.columns + tapColumn - pad.left
                guard x >= 0, x < result.width else { continue }
                let index = ((part * stage.channels + channel) * kernel.rows + tapRow) * kernel.columns + tapColumn
                result.values[(channel * result.height + y) * result.width + x] +=
                  Double(weights[0].values[index]) * value
              }
            }
          }
        }
      }
    }
    return result
  }

  private func largest(
    _ input: DoubleTensor, _ access: (rows: Axis, columns: Axis), _ result: DoubleTensor
  ) -> DoubleTensor {
    map(result) { channel, row, column in
      var largest = -Double.infinity
      for tapRow in 0..<access.rows.taps {
        let y = row * access.rows.stride + access.rows.offset + tapRow
        guard y >= 0, y < input.height else { continue }
        for tapColumn in 0..<access.columns.taps {
          let x = column * access.columns.stride + access.columns.offset + tapColumn
          guard x >= 0, x < input.width else { continue }
          largest = max(largest, input.values[(channel * input.height + y) * input.width + x])
        }
      }
      return largest
    }
  }

  // MARK: Others

  /// By a whole factor: nearest pixels from the corner, or linear between the middles of pixels.
  private func enlarged(_ resample: Resample, _ input: DoubleTensor, _ result: DoubleTensor) -> DoubleTensor {
    let factor = Double(resample.numerator ?? 1) / Double(resample.denominator ?? 1)
    func neighbours(_ index: Int, _ count: Int) -> (Int, Int, Double) {
      if resample.interpolation == .nearest { return (Int(Double(index) / factor), 0, 0) }
      let place = (Double(index) + 0.5) / factor - 0.5
      let first = Int(place.rounded(.down))
      return (min(max(first, 0), count - 1), min(max(first + 1, 0), count - 1), place - Double(first))
    }
    return map(result) { channel, row, column in
      let (top, bottom, down) = neighbours(row, input.height)
      let (left, right, along) = neighbours(column, input.width)
      func at(_ y: Int, _ x: Int) -> Double { input.values[(channel * input.height + y) * input.width + x] }
      let above = at(top, left) * (1 - along) + at(top, right) * along
      return above * (1 - down) + (at(bottom, left) * (1 - along) + at(bottom, right) * along) * down
    }
  }

  /// PyTorch's order: channel, row, column.
  private func shuffled(_ factor: Int, _ input: DoubleTensor, _ result: DoubleTensor) -> DoubleTensor {
    map(result) { channel, row, column in
      let source = (channel * factor + row % factor) * factor + column % factor
      return input.values[(source * input.height + row / factor) * input.width + column / factor]
    }
  }

  private func pointwise(
    _ stage: any PointwiseStage, _ inputs: [DoubleTensor], _ types: [TensorType], _ weights: [WeightTensor],
    _ result: DoubleTensor
  ) -> DoubleTensor {
    let expression = stage.expression(for: types)
    let parameters = stage.channelParameters(weights: weights, channels: result.channels)
    var result = result
    let plane = result.height * result.width
    for index in result.values.indices {
      result.values[index] = value(
        expression, { inputs[$0].values[index] }, { Double(parameters[$0][index / plane]) })
    }
    return result
  }

  private func value(
    _ expression: PointwiseExpression, _ input: (Int) -> Double, _ parameter: (Int) -> Double
  ) -> Double {
    func own(_ expression: PointwiseExpression) -> Double { value(expression, input, parameter) }
    switch expression {
    case .input(let index): return input(index)
    case .constant(let number): return Double(number)
    case .channelParameter(let index): return parameter(index)
    case .unary(let function, let a):
      switch function {
      case .exponential: return exp(own(a))
      case .hyperbolicTangent: return tanh(own(a))
      case .sigmoid: return 1 / (1 + exp(-own(a)))
      case .absolute: return abs(own(a))
      case .squareRoot: return own(a).squareRoot()
      }
    case .binary(let function, let a, let b):
      switch function {
      case .add: return own(a) + own(b)
      case .subtract: return own(a) - own(b)
      case .multiply: return own(a) * own(b)
      case .divide: return own(a) / own(b)
      case .minimum: return min(own(a), own(b))
      case .maximum: return max(own(a), own(b))
      }
    case .select(let a, let b, let c, let d): return own(a) < own(b) ? own(c) : own(d)
    }
  }

  private func map(_ result: DoubleTensor, _ number: (Int, Int, Int) -> Double) -> DoubleTensor {
    var result = result
    var index = 0
    for channel in 0..<result.channels {
      for row in 0..<result.height {
        for column in 0..<result.width {
          result.values[index] = number(channel, row, column)
          index += 1
        }
      }
    }
    return result
  }
}
