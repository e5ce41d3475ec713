/// One token of a network text; offsets are in bytes.
struct Token {
  enum Kind: Equatable {
    case name
    case integer(Int)
    case decimal(Double)
    case size(rows: Int, columns: Int)
    case string(String)
    case keyword(Keyword)
    case symbol(Symbol)
    /// `@`, or `@/` for an absolute label; the pieces follow without white space.
    case labelStart(isAbsolute: Bool)
    /// Letters, digits, `_`, `-` and dots of a label.
    case labelText
    /// `{` and `}` of a label
    case labelOpen, labelClose
    /// Text that the lexer has reported already.
    case unreadable
    case end
  }

  var kind: Kind
  var lower: Int
  var upper: Int
  /// True where a line end stands between the token and the one before it.
  var startsLine: Bool
  /// The number of bytes of white space at the beginning of the token's line.
  var indentation: Int

  /// True after which a line end does not end the statement.
  var continuesLine: Bool {
    switch kind {
    case .symbol(let symbol): symbol.continuesLine
    case .keyword(let keyword): keyword == .and || keyword == .or || keyword == .not
    default: false
    }
  }
}

enum Keyword: String, CaseIterable {
  case fcn, network, input, output, def, include
  case `as`, like, `if`, `else`, `repeat`, with, next, collect, weights, `true`, `false`, and, or, not

  /// True for the words that begin what may only stand outside all blocks.
  var beginsItem: Bool {
    switch self {
    case .fcn, .network, .input, .output, .def, .include, .weights: true
    default: false
    }
  }
}

enum Symbol: String, CaseIterable {
  case arrow = "->"
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case caret = "^"
  case assign = "="
  case comma = ","
  case colon = ":"
  case dot = "."
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"

  var continuesLine: Bool {
    switch self {
    case .dot, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace: false
    default: true
    }
  }

  /// The bracket that closes this one.
  var closer: Symbol? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }
}
