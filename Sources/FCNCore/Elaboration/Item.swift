/// What an expression of a network file stands for once it is evaluated.
enum Item {
  case value(Graph.ValueID)
  case integer(Int)
  case decimal(Double)
  case flag(Bool)
  case text(String)
  /// A bare word and where it was written. `isGiven` tells the value of a parameter from a name that nothing defines.
  case word(String, at: SourceRange, isGiven: Bool)
  case size(rows: Int, columns: Int)
  case list([Item])
  /// The results of a definition or repeat that has not exactly one.
  case several([Item])
  /// Something that was reported already; whatever depends on it stays silent.
  case poison

  var isPoison: Bool {
    if case .poison = self { return true }
    return false
  }

  var isNumber: Bool { number != nil }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let value): value
    default: nil
    }
  }

  /// What it is, for a message.
  var description: String {
    switch self {
    case .value: "a value"
    case .integer(let value): "the number \(value)"
    case .decimal(let value): "the number \(value)"
    case .flag(let value): "`\(value)`"
    case .text: "a text"
    case .word(let word, _, _): "the word `\(word)`"
    case .size(let rows, let columns): "the size \(rows)x\(columns)"
    case .list(let items): items.count == 1 ? "a list of one" : "a list of \(items.count)"
    case .several(let items): items.isEmpty ? "nothing" : "\(items.count) results"
    case .poison: "something unreadable"
    }
  }
}

/// An item and the text that gives it.
struct Operand {
  var item: Item
  var range: SourceRange
}
