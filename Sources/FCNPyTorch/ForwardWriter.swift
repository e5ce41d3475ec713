import FCNCore

/// One step of a class: a stage, or the call of a part that is a class of its own.
struct ForwardStep {
  var reads: [Graph.ValueID]
  var writes: [Graph.ValueID]
  /// With placeholders for what it reads, by their position in `reads`.
  var expression: String
  var isOperation = false
  /// A sum of products, or a part: a line has one at most.
  var isHeavy: Bool
}

/// Writes the statements of a forward function: short chains in one line, names where the author gave one.
struct ForwardWriter {
  private struct Pending {
    var text: String
    var isOperation: Bool
    var isHeavy: Bool
  }

  private let steps: [ForwardStep]
  private let outputs: [Graph.ValueID]
  private let authorNames: [Graph.ValueID: String]
  private var names: [Graph.ValueID: String] = [:]
  private var pending: [Graph.ValueID: Pending] = [:]
  private var lastUse: [Graph.ValueID: Int] = [:]
  private var readCount: [Graph.ValueID: Int] = [:]
  private var holders: [String: Graph.ValueID] = [:]
  private let reserved: Set<String>
  private var statements: [String] = []

  /// - Parameters:
  ///   - inputs: what comes in, with the names of the parameters
  ///   - authorNames: the names of values that the author named
  ///   - reserved: names of functions
  init(
    _ steps: [ForwardStep], inputs: [(Graph.ValueID, String)], outputs: [Graph.ValueID],
    authorNames: [Graph.ValueID: String], reserved: Set<String>
  ) {
    self.authorNames = authorNames
    self.reserved = reserved
    var kept: [ForwardStep] = []
    var aliases: [Graph.ValueID: Graph.ValueID] = [:]
    for var step in steps {
      step.reads = step.reads.map { aliases[$0] ?? $0 }
      if step.expression == PyTorchSite.placeholder(forInput: 0) {
        aliases[step.writes[0]] = step.reads[0]
      } else {
        kept.append(step)
      }
    }
    self.steps = kept
    self.outputs = outputs.map { aliases[$0] ?? $0 }
    for (index, step) in kept.enumerated() {
      for value in step.reads {
        lastUse[value] = index
        readCount[value, default: 0] += 1
      }
    }
    for value in self.outputs {
      lastUse[value] = kept.count
      readCount[value, default: 0] += 1
    }
    for (value, name) in inputs {
      names[value] = name
      holders[name] = value
    }
    for index in kept.indices { write(index) }
  }

  /// The statements, without indentation.
  var lines: [String] { PythonLayout.folded(statements).flatMap { PythonLayout.wrapped($0) } }

  /// The text of an output, for the return statement.
  func text(ofOutput index: Int) -> String { pending[outputs[index]]?.text ?? names[outputs[index]] ?? "None" }

  private mutating func write(_ index: Int) {
    let step = steps[index]
    var isHeavy = step.isHeavy
    var text = step.expression
    for (position, value) in step.reads.enumerated() {
      let placeholder = PyTorchSite.placeholder(forInput: position)
      if let inner = pending[value] {
        isHeavy = isHeavy || inner.isHeavy
        text = Self.substitute(inner.text, isOperation: inner.isOperation, for: placeholder, in: text)
      } else {
        text = text.replacing(placeholder, with: names[value] ?? "None")
      }
    }
    for value in step.reads { pending[value] = nil }
    if step.writes.count == 1, isInlined(step.writes[0], after: index, text, isHeavy) {
      pending[step.writes[0]] = Pending(text: text, isOperation: step.isOperation, isHeavy: isHeavy)
      return
    }
    let targets = step.writes.map { value -> String in
      let name = variable(for: value, at: index)
      names[value] = name
      holders[name] = value
      return name
    }
    statements.append("\(targets.joined(separator: ", ")) = \(text)")
  }

  /// Whether a value stands in the next line in place of a name.
  private func isInlined(_ value: Graph.ValueID, after index: Int, _ text: String, _ isHeavy: Bool) -> Bool {
    guard readCount[value] == 1 else { return false }
    if index + 1 == steps.count { return outputs.contains(value) && text.count < PythonLayout.bodyWidth - 20 }
    guard authorNames[value] == nil, lastUse[value] == index + 1 else { return false }
    let next = steps[index + 1]
    guard let position = next.reads.firstIndex(of: value), !(isHeavy && next.isHeavy) else { return false }
    let placeholder = PyTorchSite.placeholder(forInput: position)
    guard next.expression.split(separator: placeholder, omittingEmptySubsequences: false).count == 2 else {
      return false
    }
    return text.count + next.expression.count < PythonLayout.bodyWidth - 12
  }

  /// The author's name for the value, or `x`, with a number where that still holds something that is read later.
  private func variable(for value: Graph.ValueID, at index: Int) -> String {
    let base = PythonNames.variable(authorNames[value] ?? "x")
    var name = base
    var number = 1
    while reserved.contains(name) || !isFree(name, at: index) {
      number += 1
      name = "\(base)_\(number)"
    }
    return name
  }

  private func isFree(_ name: String, at index: Int) -> Bool {
    holders[name].map { (lastUse[$0] ?? -1) <= index } ?? true
  }

  /// Puts an expression in the place of a name, in parentheses where an operator stands beside it.
  static func substitute(_ text: String, isOperation: Bool, for placeholder: String, in whole: String) -> String {
    guard isOperation, let range = whole.firstRange(of: placeholder), whole != placeholder else {
      return whole.replacing(placeholder, with: text)
    }
    let before = whole[..<range.lowerBound]
    let after = whole[range.upperBound...]
    let isArgument =
      (before.hasSuffix("(") || before.hasSuffix(", ") || before.hasSuffix("["))
      && (after.hasPrefix(")") || after.hasPrefix(", ") || after.hasPrefix("]"))
    return before + (isArgument ? text : "(\(text))") + after
  }
}
