import FCNCore
import FCNRuntime

/// What was rewritten, in lines for people.
enum SurgeryText {
  /// - Parameter inputSize: the size of picture that the network was made for.
  static func text(_ result: Convolutionization, inputSize: (height: Int, width: Int)) -> String {
    let lines =
      result.steps.map(text) + weights(result) + result.graph.outputs.map { text($0, result, inputSize) }
      + resizes(result.graph)
    return lines.joined(separator: "\n")
  }

  private static func text(_ step: Convolutionization.Step) -> String {
    let start = step.range.start
    let place = "\(step.range.file.path):\(start.line):\(start.column)"
    guard let replacement = step.replacement else {
      let map = "\(step.map.channels) channels of \(step.map.rows)x\(step.map.columns) pixels"
      return "\(place): `\(step.stage)` of \(map) falls away"
    }
    let stride = stride(of: replacement.type).map { ", one answer every \($0) pixels" } ?? ""
    let order =
      step.order.positions(in: step.map) == nil ? "" : "; its weights are reordered from row, column, channel"
    let window = "\(step.map.rows)x\(step.map.columns)"
    return "\(place): `\(step.stage)` becomes `\(replacement.stage)` with a window of \(window)" + stride + order
  }

  /// The pixels of the input from one position to the next: `32`, `32x16`; nil where the size does not grow.
  private static func stride(of type: TensorType) -> String? {
    func pixels(_ extent: Extent) -> String? {
      guard extent.slope > 0 else { return nil }
      return extent.period.isMultiple(of: extent.slope)
        ? String(extent.period / extent.slope) : "\(extent.period)/\(extent.slope)"
    }
    guard let rows = pixels(type.height), let columns = pixels(type.width) else { return nil }
    return rows == columns ? rows : "\(rows)x\(columns)"
  }

  private static func weights(_ result: Convolutionization) -> [String] {
    guard let changes = try? result.tensorChanges() else { return [] }
    var seen: Set<String> = []
    return result.original.weightUses().compactMap { use in
      guard let change = changes[use.tensor], seen.insert(use.tensor).inserted else { return nil }
      return "\(use.tensor): \(use.requirement.shape) becomes \(change.shape)"
    }
  }

  private static func text(
    _ output: Graph.Output, _ result: Convolutionization, _ inputSize: (height: Int, width: Int)
  ) -> String {
    let type = result.graph.values[output.value].type
    let formula = "\(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
    let text = "\(output.description.name): \(formula)"
    guard let rows = type.height(inputSize.height), let columns = type.width(inputSize.width) else { return text }
    var sizes = "\(rows) x \(columns) at \(inputSize.height)x\(inputSize.width), as before"
    if let height = next(type.height, above: inputSize.height), let width = next(type.width, above: inputSize.width) {
      sizes += "; \(height.result) x \(width.result) at \(height.size)x\(width.size)"
    }
    return "\(text): \(sizes)"
  }

  /// The next size of the input that gives a larger result.
  private static func next(_ extent: Extent, above size: Int) -> (size: Int, result: Int)? {
    guard let now = extent(size) else { return nil }
    return (size + 1...size + 2 * Extent.periodLimit).lazy.compactMap { size in
      extent(size).flatMap { $0 > now ? (size, $0) : nil }
    }.first
  }

  /// Who resizes every picture to one size never sees a bigger map.
  private static func resizes(_ graph: Graph) -> [String] {
    graph.inputs.compactMap { input in
      for case .resize(let resizing) in input.description.preprocessing {
        guard case .exact(let height, let width) = resizing.size else { continue }
        return "note: every picture for `\(input.description.name)` is resized to \(height)x\(width) before; "
          + "take that out of its preprocessing for bigger maps"
      }
      return nil
    }
  }
}
