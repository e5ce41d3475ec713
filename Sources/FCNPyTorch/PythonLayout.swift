/// How the lines of an exported file are laid out.
enum PythonLayout {
  static let indent = "    "
  /// The longest line.
  static let width = 100
  /// The longest line in the body of a method, without its indentation.
  static let bodyWidth = width - 2 * indent.count

  /// A call on one line, or with its arguments on lines of their own.
  static func wrapped(_ text: String, room: Int = bodyWidth) -> [String] {
    guard text.count > room, let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return [text] }
    let inner = text[text.index(after: open)...].dropLast()
    // Parentheses that close before the end are not the outermost ones.
    var depth = 0
    for character in inner {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if depth < 0 { return [text] }
    }
    return [String(text[...open])] + filled(inner, room: bodyWidth - indent.count).map { indent + $0 } + [")"]
  }

  /// The head of a method, on one line or with its parameters on lines of their own.
  static func definition(_ name: String, _ parameters: [String]) -> [String] {
    var lines = wrapped("def \(name)(\(parameters.joined(separator: ", ")))", room: width - indent.count - 1)
    lines[lines.count - 1] += ":"
    return lines
  }

  /// Arguments in as few lines as it takes.
  private static func filled(_ arguments: Substring, room: Int) -> [String] {
    guard arguments.count > room else { return [String(arguments)] }
    var parts: [String] = [""]
    var depth = 0
    for character in arguments {
      depth += "([{".contains(character) ? 1 : ")]}".contains(character) ? -1 : 0
      parts[parts.count - 1].append(character)
      if character == ",", depth == 0 { parts.append("") }
    }
    var lines = [""]
    for part in parts.map({ $0.drop { $0 == " " } }) {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] += part
      } else if lines[lines.count - 1].count + 1 + part.count <= room {
        lines[lines.count - 1] += " " + part
      } else {
        lines.append(String(part))
      }
    }
    return lines
  }

  static func range(from start: Int, by step: Int, count: Int) -> String {
    let end = start + step * (count - 1) + 1
    if step != 1 { return "range(\(start), \(end), \(step))" }
    return start == 0 ? "range(\(end))" : "range(\(start), \(end))"
  }

  // MARK: Loops

  /// Statements that differ in one number of a part only, counted evenly, as a loop; from three on.
  static func folded(_ lines: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    while index < lines.count {
      if let (count, loop) = loop(lines[index...]) {
        result += loop
        index += count
      } else {
        result.append(lines[index])
        index += 1
      }
    }
    return result
  }

  private static func loop(_ lines: ArraySlice<String>) -> (count: Int, lines: [String])? {
    guard lines.count >= 3 else { return nil }
    let first = CountedLine(lines[lines.startIndex])
    let second = CountedLine(lines[lines.startIndex + 1])
    guard let position = first.onlyDifference(from: second) else { return nil }
    let (start, step) = (first.numbers[position], second.numbers[position] - first.numbers[position])
    guard step > 0 else { return nil }
    var count = 2
    for line in lines.dropFirst(2) {
      let next = CountedLine(line)
      guard first.onlyDifference(from: next) == position, next.numbers[position] == start + count * step else { break }
      count += 1
    }
    guard count >= 3 else { return nil }
    return (
      count,
      ["for i in \(range(from: start, by: step, count: count)):", indent + first.text(counting: position)]
    )
  }

  /// A line and the numbers of parts in it: `[2]`, or `["2"]` in a dictionary.
  private struct CountedLine {
    /// What stands before, between and behind the numbers, without the brackets.
    var pieces: [String] = [""]
    var numbers: [Int] = []
    var areQuoted: [Bool] = []

    init(_ line: String) {
      for (index, part) in line.split(separator: "[", omittingEmptySubsequences: false).enumerated() {
        guard index > 0 else {
          pieces = [String(part)]
          continue
        }
        let inner = part.prefix { $0 != "]" }
        let isQuoted = inner.hasPrefix("\"")
        let digits = isQuoted ? inner.dropFirst().dropLast() : inner
        guard PythonNames.isNumber(digits), let number = Int(digits), inner.count < part.count else {
          pieces[pieces.count - 1] += "[" + part
          continue
        }
        numbers.append(number)
        areQuoted.append(isQuoted)
        pieces.append(String(part.dropFirst(inner.count + 1)))
      }
    }

    /// The position of the one number in which two lines differ; nil where they differ in more, or in nothing.
    func onlyDifference(from other: CountedLine) -> Int? {
      guard pieces == other.pieces, areQuoted == other.areQuoted else { return nil }
      let positions = numbers.indices.filter { numbers[$0] != other.numbers[$0] }
      return positions.count == 1 ? positions[0] : nil
    }

    /// The line with a variable in the place of a number.
    func text(counting position: Int) -> String {
      var text = pieces[0]
      for index in numbers.indices {
        let number = areQuoted[index] ? "\"\(numbers[index])\"" : String(numbers[index])
        let variable = areQuoted[index] ? "str(i)" : "i"
        text += "[\(index == position ? variable : number)]" + pieces[index + 1]
      }
      return text
    }
  }
}
