/// A YAML node that is to be written, with the comments that belong to its parts.
indirect enum Form {
  /// A scalar as it is spelled in the file.
  case scalar(String, flowSafe: Bool)
  /// A text that stands behind `|` on lines of its own.
  case literal(String)
  /// `flow` is false where each element gets a line of its own in any case.
  case sequence([Element], flow: Bool)
  case mapping([Pair], flow: Bool)
  /// A key without anything behind it.
  case nothing

  struct Element {
    var form: Form
    var notes = Notes()
  }

  struct Pair {
    var key: String
    var form: Form
    var notes = Notes()
  }

  /// The comments of one line, and whether a blank line stands before it.
  struct Notes {
    var before: [String] = []
    var trailing: String?
    var blankBefore = false

    var isEmpty: Bool { before.isEmpty && trailing == nil }
  }
}

extension Form {
  static let width = 100

  /// The node in brackets on one line; nil where it cannot be written so.
  var flow: String? {
    switch self {
    case .scalar(let text, let flowSafe): return flowSafe ? text : nil
    case .literal, .nothing: return nil
    case .sequence(let elements, let flow):
      guard flow else { return nil }
      var parts: [String] = []
      for element in elements {
        guard element.notes.isEmpty else { return nil }
        if case .mapping(let pairs, true) = element.form, pairs.count == 1, pairs[0].notes.isEmpty {
          // One pair needs no braces in a sequence: `[16, kernel: 3]`.
          guard let value = pairs[0].form.flow else { return nil }
          parts.append("\(pairs[0].key): \(value)")
        } else {
          guard let text = element.form.flow else { return nil }
          parts.append(text)
        }
      }
      return "[" + parts.joined(separator: ", ") + "]"
    case .mapping(let pairs, let flow):
      guard flow else { return nil }
      var parts: [String] = []
      for pair in pairs {
        guard pair.notes.isEmpty, let value = pair.form.flow else { return nil }
        parts.append("\(pair.key): \(value)")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    }
  }
}

/// Writes forms as lines of a block document.
struct FormWriter {
  private(set) var lines: [String] = []

  mutating func blankLine() { if let last = lines.last, !last.isEmpty { lines.append("") } }
  mutating func removeLastLine() { lines.removeLast() }
  mutating func comment(_ text: String, _ indentation: Int) { lines.append(Self.blanks(indentation) + text) }

  mutating func write(_ pairs: [Form.Pair], at indentation: Int, lead: String? = nil) {
    for (index, pair) in pairs.enumerated() {
      let isLed = index == 0 && lead != nil
      if index > 0, pair.notes.blankBefore { blankLine() }
      if !isLed { for note in pair.notes.before { comment(note, indentation) } }
      let start = isLed ? lead ?? "" : Self.blanks(indentation)
      write(pair.form, start + pair.key + ":", at: indentation, pair.notes.trailing)
    }
  }

  private mutating func write(_ elements: [Form.Element], at indentation: Int, lead: String?) {
    for (index, element) in elements.enumerated() {
      for note in element.notes.before { comment(note, indentation) }
      let start = (index == 0 ? lead : nil) ?? Self.blanks(indentation)
      switch element.form {
      case .mapping(let pairs, let flow) where !pairs.isEmpty:
        for note in pairs[0].notes.before { comment(note, indentation) }
        let text = flow && pairs.count > 1 ? Form.mapping(pairs, flow: true).flow : nil
        if let text, (start + "- " + text).count <= Form.width {
          lines.append(start + "- " + text + Self.trailing(element.notes.trailing))
        } else {
          var first = pairs
          first[0].notes.trailing = first[0].notes.trailing ?? element.notes.trailing
          write(first, at: indentation + 2, lead: start + "- ")
        }
      case .sequence(let inner, _) where element.form.flow == nil && !inner.isEmpty:
        write(inner, at: indentation + 2, lead: start + "- ")
      default: write(element.form, start + "-", at: indentation, element.notes.trailing)
      }
    }
  }

  /// A node behind `lead`, which is `key:` or `-`.
  private mutating func write(_ form: Form, _ lead: String, at indentation: Int, _ note: String?) {
    let note = Self.trailing(note)
    switch form {
    case .nothing: lines.append(lead + note)
    case .scalar(let text, _): lines.append(lead + " " + text + note)
    case .literal(let text):
      lines.append(lead + " |" + note)
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append(line.isEmpty ? "" : Self.blanks(indentation + 2) + line)
      }
    case .sequence(let elements, _):
      if let text = form.flow, elements.isEmpty || (lead + " " + text).count <= Form.width {
        lines.append(lead + " " + text + note)
      } else {
        lines.append(lead + note)
        write(elements, at: indentation + 2, lead: nil)
      }
    case .mapping(let pairs, _):
      if pairs.isEmpty {
        lines.append(lead + " {}" + note)
      } else if let text = form.flow, (lead + " " + text).count <= Form.width {
        lines.append(lead + " " + text + note)
      } else {
        lines.append(lead + note)
        write(pairs, at: indentation + 2)
      }
    }
  }

  private static func trailing(_ note: String?) -> String { note.map { "  " + $0 } ?? "" }
  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
