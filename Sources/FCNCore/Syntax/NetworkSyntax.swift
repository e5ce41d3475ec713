/// The syntax tree of one network file. Every front end makes this tree; nothing behind it knows which one did.
public struct NetworkSyntax: Sendable {
  public var file: SourceFile
  /// `fcn 1`
  public var version: VersionSyntax?
  /// What the file says, in its order.
  public var items: [Item]
  /// Every comment of the file, in its order; printers put them back by position.
  public var comments: [Comment]

  public init(file: SourceFile, version: VersionSyntax? = nil, items: [Item] = [], comments: [Comment] = []) {
    self.file = file
    self.version = version
    self.items = items
    self.comments = comments
  }

  public enum Item: Sendable {
    case include(IncludeSyntax)
    case network(HeaderSyntax)
    case input(InputSyntax)
    case definition(DefinitionSyntax)
    case weights(WeightMapSyntax)
    case statement(StatementSyntax)
    case output(OutputSyntax)

    public var range: SourceRange {
      switch self {
      case .include(let syntax): syntax.range
      case .network(let syntax): syntax.range
      case .input(let syntax): syntax.range
      case .definition(let syntax): syntax.range
      case .weights(let syntax): syntax.range
      case .statement(let syntax): syntax.range
      case .output(let syntax): syntax.range
      }
    }
  }
}

/// A comment without its marker (`//` or `#`) and without white space at its ends.
public struct Comment: Sendable {
  public var text: String
  public var range: SourceRange
  /// True where other text precedes the comment on its line.
  public var isTrailing: Bool

  public init(text: String, range: SourceRange, isTrailing: Bool) {
    self.text = text
    self.range = range
    self.isTrailing = isTrailing
  }
}

/// A name and where it stands.
public struct Identifier: Sendable {
  public var name: String
  public var range: SourceRange

  public init(_ name: String, _ range: SourceRange) {
    self.name = name
    self.range = range
  }
}

/// `fcn 1`: the version of the language that the file is written in.
public struct VersionSyntax: Sendable {
  public var number: Int
  public var range: SourceRange

  public init(number: Int, range: SourceRange) {
    self.number = number
    self.range = range
  }
}

/// `include "blocks.fcn" as blocks`
public struct IncludeSyntax: Sendable {
  public var path: String
  public var pathRange: SourceRange
  public var name: Identifier
  public var range: SourceRange

  public init(path: String, pathRange: SourceRange, name: Identifier, range: SourceRange) {
    self.path = path
    self.pathRange = pathRange
    self.name = name
    self.range = range
  }
}

/// `network unet(depth = 4, width = 64)`
public struct HeaderSyntax: Sendable {
  public var name: Identifier
  public var parameters: [ParameterSyntax]
  public var range: SourceRange

  public init(name: Identifier, parameters: [ParameterSyntax], range: SourceRange) {
    self.name = name
    self.parameters = parameters
    self.range = range
  }
}

/// `width = 64`, or `x` without a default, in a header or a definition.
public struct ParameterSyntax: Sendable {
  public var name: Identifier
  public var defaultValue: ExpressionSyntax?

  public init(name: Identifier, defaultValue: ExpressionSyntax?) {
    self.name = name
    self.defaultValue = defaultValue
  }

  public var range: SourceRange { defaultValue.map { name.range.union($0.range) } ?? name.range }
}

/// `input image[3] = picture -> bgr -> subtract(104, 117, 123)`, or `input guide[1] like image / 4`
public struct InputSyntax: Sendable {
  public var name: Identifier
  public var channels: ExpressionSyntax
  /// What the size of this input is stated as: an input, or an input multiplied or divided by a whole number.
  public var like: ExpressionSyntax?
  /// The preprocessing: a chain that begins with `picture`, or with nothing where the input is a raw tensor.
  public var preprocessing: ExpressionSyntax?
  public var range: SourceRange

  public init(
    name: Identifier, channels: ExpressionSyntax, like: ExpressionSyntax?, preprocessing: ExpressionSyntax?,
    range: SourceRange
  ) {
    self.name = name
    self.channels = channels
    self.like = like
    self.preprocessing = preprocessing
    self.range = range
  }
}

/// `output mask: labels(names: ["sky", "road"]) = decoder -> conv(2, kernel: 1) -> argmax`; without `= ...` it
/// names a value that was defined before.
public struct OutputSyntax: Sendable {
  public var name: Identifier
  public var kind: CallSyntax?
  public var value: ExpressionSyntax?
  public var range: SourceRange

  public init(name: Identifier, kind: CallSyntax?, value: ExpressionSyntax?, range: SourceRange) {
    self.name = name
    self.kind = kind
    self.value = value
    self.range = range
  }
}

/// `def double(x, width) { ... }`; the last statement of the body states the results.
public struct DefinitionSyntax: Sendable {
  public var name: Identifier
  public var parameters: [ParameterSyntax]
  public var body: BlockSyntax
  public var range: SourceRange

  public init(name: Identifier, parameters: [ParameterSyntax], body: BlockSyntax, range: SourceRange) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.range = range
  }
}

/// `weights { "conv1.weight" = "f1" }`: which tensor of the weight file serves for a weight of the network.
public struct WeightMapSyntax: Sendable {
  public struct Entry: Sendable {
    public var weight: Identifier
    public var tensor: Identifier

    public init(weight: Identifier, tensor: Identifier) {
      self.weight = weight
      self.tensor = tensor
    }
  }

  public var entries: [Entry]
  public var range: SourceRange

  public init(entries: [Entry], range: SourceRange) {
    self.entries = entries
    self.range = range
  }
}

/// `{ ... }`
public struct BlockSyntax: Sendable {
  public var statements: [StatementSyntax]
  public var range: SourceRange

  public init(statements: [StatementSyntax], range: SourceRange) {
    self.statements = statements
    self.range = range
  }
}

public struct StatementSyntax: Sendable {
  public enum Kind: Sendable {
    /// `skip, down = level(x, 32)`
    case binding(names: [Identifier], value: ExpressionSyntax)
    /// `x -> relu`, or `skip, down`: the results of a block, as its last statement.
    case result([ExpressionSyntax])
    /// `next x = x -> conv(8, kernel: 3, pad: same)`: what a repeat carries into its next turn.
    case next(name: Identifier, value: ExpressionSyntax)
    /// `collect skip`: appends to the list that a repeat gives beside the values it carries.
    case collect(ExpressionSyntax)
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
