import FCNCore
import FCNDriver

/// The verdict on a network in lines for people.
enum VerdictText {
  /// - Parameter withReasons: whether the stages that fix the size are listed; else they are reported as findings.
  static func text(_ verdict: Verdict, _ graph: Graph, path: String, withReasons: Bool = true) -> String {
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
