/// An expression of a network file and where it stands.
public struct ExpressionSyntax: Sendable {
  public indirect enum Kind: Sendable {
    /// `12`
    case integer(Int)
    /// `0.1`, `1e-5`
    case decimal(Double)
    /// `true`, `false`
    case flag(Bool)
    /// `"sky"`
    case string(String)
    /// `3x5`: rows x columns
    case size(rows: Int, columns: Int)
    /// `[1, 2, 3]`
    case list([ExpressionSyntax])
    /// A value, a parameter, or a word such as `same`
    case name(String)
    /// `skips[level - 1]`
    case subscripted(ExpressionSyntax, index: ExpressionSyntax)
    /// `concat(a, b)`, `channels(x)`
    case call(CallSyntax)
    /// `x -> conv(8, kernel: 1) -> relu`
    case chain(head: ExpressionSyntax, links: [ChainLinkSyntax])
    case binary(BinaryOperator, operatorRange: SourceRange, ExpressionSyntax, ExpressionSyntax)
    case unary(UnaryOperator, ExpressionSyntax)
    /// `(a + b)`; kept so that the printed text keeps its parentheses
    case parenthesized(ExpressionSyntax)
    /// `if depth > 3 { ... } else { ... }`, decided when the network is read
    case conditional(ConditionalSyntax)
    /// `repeat level < depth with x = image { ... }`
    case repetition(RepetitionSyntax)
    /// Text that could not be read and was reported; whatever depends on it stays silent.
    case invalid
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

public enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"

  /// How tightly the operator binds; `^` binds to the right, the comparisons do not chain, the others bind to the left.
  public var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater: 3
    case .add, .subtract: 4
    case .multiply, .divide, .remainder: 5
    case .power: 6
    }
  }
}

public enum UnaryOperator: String, Sendable {
  case negate = "-"
  case not
}

/// The use of a stage or a definition: `conv(16, kernel: 3, pad: same) @stem.conv1`.
public struct CallSyntax: Sendable {
  /// `blocks` in `blocks.double(16)`
  public var namespace: Identifier?
  public var name: Identifier
  public var arguments: [ArgumentSyntax]
  /// False for a link of a chain that is only a name: `-> relu`
  public var hasParentheses: Bool
  public var label: LabelSyntax?
  public var range: SourceRange

  public init(
    namespace: Identifier? = nil, name: Identifier, arguments: [ArgumentSyntax], hasParentheses: Bool,
    label: LabelSyntax?, range: SourceRange
  ) {
    self.namespace = namespace
    self.name = name
    self.arguments = arguments
    self.hasParentheses = hasParentheses
    self.label = label
    self.range = range
  }
}

/// `16`, or `kernel: 3`
public struct ArgumentSyntax: Sendable {
  public var name: Identifier?
  public var value: ExpressionSyntax

  public init(name: Identifier?, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }

  public var range: SourceRange { name.map { $0.range.union(value.range) } ?? value.range }
}

/// `@encoder.level.{i + 1}.conv`: the weight name of a stage, or the prefix of the names in a definition or repeat.
public struct LabelSyntax: Sendable {
  public enum Part: Sendable {
    case text(String)
    case expression(ExpressionSyntax)
  }

  /// `@/model.0`: the prefixes of the surrounding definitions and repeats are not put before it.
  public var isAbsolute: Bool
  /// The pieces in order, dots included in the texts; empty for `@.` and `@/`, which add nothing.
  public var parts: [Part]
  public var range: SourceRange

  public init(isAbsolute: Bool, parts: [Part], range: SourceRange) {
    self.isAbsolute = isAbsolute
    self.parts = parts
    self.range = range
  }
}

/// What follows one `->` of a chain.
public enum ChainLinkSyntax: Sendable {
  case call(CallSyntax)
  /// `-> if normalize { batchnorm(eps: 1e-5) -> relu } else { relu }`; without `else` the value passes unchanged.
  case conditional(ChainConditionalSyntax)
  /// `-> repeat i < 4 { conv(64, kernel: 3, pad: same) -> relu }`
  case repetition(ChainRepetitionSyntax)

  public var range: SourceRange {
    switch self {
    case .call(let syntax): syntax.range
    case .conditional(let syntax): syntax.range
    case .repetition(let syntax): syntax.range
    }
  }
}

public struct ChainConditionalSyntax: Sendable {
  public var condition: ExpressionSyntax
  public var then: [ChainLinkSyntax]
  public var otherwise: [ChainLinkSyntax]?
  public var range: SourceRange

  public init(
    condition: ExpressionSyntax, then: [ChainLinkSyntax], otherwise: [ChainLinkSyntax]?, range: SourceRange
  ) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.range = range
  }
}

public struct ChainRepetitionSyntax: Sendable {
  public var index: Identifier
  public var count: ExpressionSyntax
  public var links: [ChainLinkSyntax]
  public var label: LabelSyntax?
  public var range: SourceRange

  public init(
    index: Identifier, count: ExpressionSyntax, links: [ChainLinkSyntax], label: LabelSyntax?, range: SourceRange
  ) {
    self.index = index
    self.count = count
    self.links = links
    self.label = label
    self.range = range
  }
}

/// `if CONDITION { ... } else { ... }` with blocks that state the results.
public struct ConditionalSyntax: Sendable {
  public var condition: ExpressionSyntax
  public var then: BlockSyntax
  public var otherwise: BlockSyntax
  public var range: SourceRange

  public init(condition: ExpressionSyntax, then: BlockSyntax, otherwise: BlockSyntax, range: SourceRange) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.range = range
  }
}

/// `repeat level < depth with x = image { ... } @down`: the turns 0, 1, ... of a block. Its results are the carried
/// values after the last turn, then the list of what was collected, if anything is.
public struct RepetitionSyntax: Sendable {
  public struct Carried: Sendable {
    public var name: Identifier
    public var initial: ExpressionSyntax

    public init(name: Identifier, initial: ExpressionSyntax) {
      self.name = name
      self.initial = initial
    }
  }

  public var index: Identifier
  public var count: ExpressionSyntax
  public var carried: [Carried]
  public var body: BlockSyntax
  public var label: LabelSyntax?
  public var range: SourceRange

  public init(
    index: Identifier, count: ExpressionSyntax, carried: [Carried], body: BlockSyntax, label: LabelSyntax?,
    range: SourceRange
  ) {
    self.index = index
    self.count = count
    self.carried = carried
    self.body = body
    self.label = label
    self.range = range
  }
}
