import FCNCore

/// The manual of a stage, made from its signature.
public enum StageManual {
  public static func text(for signature: StageSignature) -> String {
    var text = "\(signature.name) - \(signature.summary)\n"
    text += "\n    \(signature.example)\n"
    if !signature.discussion.isEmpty { text += "\n\(signature.discussion)\n" }
    text += "\nInputs: \(count(signature.inputs))\n"
    if !signature.parameters.isEmpty {
      text += "\nParameters:\n"
      for parameter in signature.parameters {
        text += "  \(parameter.name): \(kind(parameter.kind))"
        switch parameter.defaultValue {
        case .required: text += " (required)"
        case .value(let value): text += " = \(argument(value))"
        case .optional(let words): text += " (\(words))"
        }
        text += "\n      \(parameter.summary)\n"
        if !parameter.defaultsElsewhere.isEmpty {
          let rows = parameter.defaultsElsewhere.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          text += "      default elsewhere: \(rows.joined(separator: ", "))\n"
        }
      }
    }
    if !signature.equivalents.isEmpty {
      text += "\nElsewhere:\n"
      for row in signature.equivalents { text += "  \(row.framework): \(row.text)\n" }
    }
    return text
  }

  private static func count(_ inputs: StageSignature.InputCount) -> String {
    guard let most = inputs.most else { return "\(inputs.least) or more" }
    return most == inputs.least ? "\(most)" : "\(inputs.least) to \(most)"
  }

  private static func kind(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .integer(let range): "whole number \(range.lowerBound) to \(range.upperBound)"
    case .decimal: "number"
    case .flag: "true or false"
    case .word(let words): words.joined(separator: " | ")
    case .window: "number, or rows x columns"
    case .windows: "rows x columns, or list of such"
    case .decimals: "number or list of numbers"
    case .integers(let range): "whole number \(range.lowerBound) to \(range.upperBound), or list of such"
    case .padding(let words):
      (words + ["number", "rows x columns", "[top, left, bottom, right]"]).joined(separator: " | ")
    case .ratio: "whole number, or [numerator, denominator]"
    case .value: "another value"
    case .text: "text"
    }
  }

  private static func argument(_ value: Argument) -> String {
    switch value {
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .word(let word): word
    case .text(let text): "\"\(text)\""
    case .size(let rows, let columns): "\(rows)x\(columns)"
    case .list(let values): "[\(values.map(argument).joined(separator: ", "))]"
    case .input: "value"
    }
  }
}
