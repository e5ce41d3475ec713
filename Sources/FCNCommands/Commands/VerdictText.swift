import FCNCore
import FCNDriver

/// The verdict on a network in lines for people.
enum VerdictText {
  /// - Parameters:
  ///   - inputSize: the one size that the network was read for; nothing is judged then.
  ///   - withReasons: whether the stages that fix the size are listed; else they are reported as findings.
  static func text(
    _ verdict: Verdict, _ graph: Graph, path: String, inputSize: (height: Int, width: Int)? = nil,
    withReasons: Bool = true
  ) -> String {
    if let inputSize {
      let sizes = verdict.outputs.map { output in
        "\n  \(output.name): \(output.height.formula(of: "H")) x \(output.width.formula(of: "W"))"
      }
      return "\(path): \(graph.name) with an input of \(inputSize.height)x\(inputSize.width)" + sizes.joined()
    }
    var text = "\(path): \(graph.name) is "
    if verdict.isFullyConvolutional {
      text += "fully convolutional"
    } else {
      text += "not fully convolutional"
      for reason in verdict.reasons where withReasons {
        let place = reason.range.map { " (\($0.file.path):\($0.start.line):\($0.start.column))" } ?? ""
        text += "\n  `\(reason.stage)` fixes the size: \(reason.text)\(place)"
      }
    }
    for output in verdict.outputs {
      text += "\n  \(output.name): \(output.height.formula(of: "H")) x \(output.width.formula(of: "W"))"
      text += ", accepted: \(output.domain)"
    }
    return text
  }
}
