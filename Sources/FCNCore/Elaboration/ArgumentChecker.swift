/// Checks the items that were given to a stage against the kinds of its parameters.
enum ArgumentChecker {
  /// What an argument is not; the range of text is the argument's unless a part of it is meant.
  struct Failure: Error {
    var id: DiagnosticID
    var message: String
    var help: String?
    /// What to write in place of the argument.
    var replacement: String?
  }

  /// The words that a parameter offers.
  static func words(of kind: Parameter.Kind) -> [String] {
    switch kind {
    case .word(let words), .padding(let words): words
    default: []
    }
  }

  /// The checked argument; `.value` parameters are not for this.
  static func check(_ item: Item, for parameter: Parameter) throws(Failure) -> Argument {
    switch (parameter.kind, item) {
    case (.integer(let range), .integer(let value)): return .integer(try inRange(value, range, parameter))
    case (.decimal(let range), .integer), (.decimal(let range), .decimal):
      return .decimal(try inRange(item.number ?? .nan, range, parameter))
    case (.flag, .flag(let value)): return .flag(value)
    case (.text, .text(let value)): return .text(value)
    case (.word(let words), .word(let word, _, _)), (.padding(let words), .word(let word, _, _)):
      guard words.contains(word) else { throw unknownWord(word, among: words, parameter) }
      return .word(word)
    case (.window(let range), .integer(let value)): return .integer(try inRange(value, range, parameter))
    case (.window(let range), .size(let rows, let columns)):
      return .size(rows: try inRange(rows, range, parameter), columns: try inRange(columns, range, parameter))
    case (.windows(let range), .integer), (.windows(let range), .size):
      return .list([try check(item, for: Parameter(parameter.name, .window(range), parameter.summary))])
    case (.windows(let range), .list(let items)):
      let each = Parameter(parameter.name, .window(range), parameter.summary)
      return .list(try items.map { item throws(Failure) in try check(item, for: each) })
    case (.decimals(let range), .integer), (.decimals(let range), .decimal):
      return .decimal(try inRange(item.number ?? .nan, range, parameter))
    case (.decimals(let range), .list(let items)):
      var numbers: [Argument] = []
      for item in items {
        guard let number = item.number else { throw wrongKind(item, parameter, part: true) }
        numbers.append(.decimal(try inRange(number, range, parameter)))
      }
      return .list(numbers)
    case (.integers(let range), .integer(let value)): return .integer(try inRange(value, range, parameter))
    case (.integers(let range), .list(let items)): return .list(try wholeNumbers(items, range, parameter))
    case (.padding, .integer(let value)): return .integer(try inRange(value, amounts, parameter))
    case (.padding, .size(let rows, let columns)):
      return .size(rows: try inRange(rows, amounts, parameter), columns: try inRange(columns, amounts, parameter))
    case (.padding, .list(let items)) where items.count == 4:
      return .list(try wholeNumbers(items, amounts, parameter))
    case (.ratio, .integer(let value)): return .integer(try inRange(value, factors, parameter))
    case (.ratio, .list(let items)) where items.count == 2:
      return .list(try wholeNumbers(items, factors, parameter))
    default: throw wrongKind(item, parameter, part: false)
    }
  }

  private static let amounts = 0...Elaborator.Limits.padding
  private static let factors = 1...65_536

  private static func wholeNumbers(
    _ items: [Item], _ range: ClosedRange<Int>, _ parameter: Parameter
  ) throws(Failure) -> [Argument] {
    var numbers: [Argument] = []
    for item in items {
      guard case .integer(let number) = item else { throw wrongKind(item, parameter, part: true) }
      numbers.append(.integer(try inRange(number, range, parameter)))
    }
    return numbers
  }

  private static func inRange<Number: Comparable>(
    _ value: Number, _ range: ClosedRange<Number>, _ parameter: Parameter
  ) throws(Failure) -> Number {
    guard !range.contains(value) else { return value }
    throw Failure(
      id: .argumentOutOfRange, message: "`\(parameter.name)` is \(value), \(bounds(range))",
      help: "\(parameter.name): \(parameter.summary)")
  }

  private static func bounds<Number: Comparable>(_ range: ClosedRange<Number>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (let lower as Int, let upper as Int) where upper == .max: lower == .min ? "a number" : "the least is \(lower)"
    case (let lower as Double, let upper as Double) where upper >= .greatestFiniteMagnitude:
      lower <= -.greatestFiniteMagnitude ? "which is not a finite number" : "the least is \(lower)"
    default: "it can be from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  private static func unknownWord(_ word: String, among words: [String], _ parameter: Parameter) -> Failure {
    let suggestion = Suggestion.nearest(to: word, in: words)
    var help = words.isEmpty ? "takes \(kindInWords(parameter.kind))" : Elaboration.choices("words", words)
    if let suggestion { help = "did you mean `\(suggestion)`" }
    return Failure(
      id: .unknownWord, message: "`\(parameter.name)` offers no `\(word)`", help: help, replacement: suggestion)
  }

  private static func wrongKind(_ item: Item, _ parameter: Parameter, part: Bool) -> Failure {
    if case .text(let text) = item, words(of: parameter.kind).contains(text) {
      return Failure(
        id: .wrongKind, message: "`\(parameter.name)` takes a word, not a text", help: "write it without quotes",
        replacement: text)
    }
    let given = part ? "a list with \(item.description)" : item.description
    return Failure(
      id: .wrongKind, message: "`\(parameter.name)` takes \(kindInWords(parameter.kind)), not \(given)",
      help: help(for: item, parameter))
  }

  private static func help(for item: Item, _ parameter: Parameter) -> String? {
    if case .text(let text) = item, Double(text) != nil { return "write the number without quotation marks" }
    guard case .decimal(let value) = item, abs(value) < 1e9 else { return nil }
    switch parameter.kind {
    case .integer, .window, .integers: break
    default: return nil
    }
    let (below, above) = (Int(value.rounded(.down)), Int(value.rounded(.up)))
    return below == above ? "write `\(below)`" : "write `\(below)` or `\(above)`"
  }

  static func kindInWords(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .integer: "a whole number"
    case .decimal: "a number"
    case .flag: "`true` or `false`"
    case .word(let words): "one of the words \(words.map { "`\($0)`" }.joined(separator: ", "))"
    case .window: "a whole number or rows x columns"
    case .windows: "rows x columns or a list of such sizes"
    case .decimals: "a number or a list of numbers"
    case .integers: "a whole number or a list of whole numbers"
    case .padding(let words):
      (words.map { "`\($0)`" } + ["a number", "rows x columns or [top, left, bottom, right]"]).joined(separator: ", ")
    case .ratio: "a whole number or a fraction `[numerator, denominator]`"
    case .value: "a value"
    case .text: "a text in quotes"
    }
  }
}
