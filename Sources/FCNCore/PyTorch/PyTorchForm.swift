/// What one use of a stage is in PyTorch.
public struct PyTorchForm: Sendable {
  /// The module that holds the weights, under PyTorch's names for them; nil for a stage without weights.
  public var module: PyTorchModule?
  /// The outputs as a Python expression of the inputs; a tuple of several outputs.
  public var expression: String
  /// The expression is an operation, such as `x + y`, that needs parentheses as an operand.
  public var isOperation: Bool
  /// Functions and classes that the expression or the module uses; each is written once, in this order.
  public var definitions: [PythonDefinition]
  /// Loss functions take the input of this stage, not its output, as cross entropy does with a softmax.
  public var isLeftToLoss: Bool

  public init(
    _ expression: String, module: PyTorchModule? = nil, isOperation: Bool = false,
    definitions: [PythonDefinition] = [], isLeftToLoss: Bool = false
  ) {
    self.module = module
    self.expression = expression
    self.isOperation = isOperation
    self.definitions = definitions
    self.isLeftToLoss = isLeftToLoss
  }

  /// A module called with what `expression` says, by default the first input.
  public init(
    _ module: PyTorchModule, at site: PyTorchSite, calledWith arguments: String? = nil,
    definitions: [PythonDefinition] = []
  ) {
    self.init("\(site.module)(\(arguments ?? site.inputs[0]))", module: module, definitions: definitions)
  }
}

/// The making of a module: `nn.Conv2d(3, 64, 3, padding=1)`.
public struct PyTorchModule: Hashable, Sendable {
  public struct Argument: Hashable, Sendable {
    /// The name of the parameter.
    public var name: String
    /// As Python text.
    public var value: String
    /// What is meant where the argument is left out; nil for an argument by its place.
    public var defaultValue: String?
    /// It is a number of channels.
    public var countsChannels: Bool

    /// An argument by its place.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
      countsChannels = false
    }

    /// A number of channels, by its place.
    public init(channels name: String, _ value: Int) {
      self.init(name, String(value))
      countsChannels = true
    }

    /// An argument by its name, left out where it has the default value.
    public init(_ name: String, _ value: String, default defaultValue: String, countsChannels: Bool = false) {
      self.name = name
      self.value = value
      self.defaultValue = defaultValue
      self.countsChannels = countsChannels
    }
  }

  /// The class: `nn.Conv2d`, or one of the definitions.
  public var type: String
  public var arguments: [Argument]
  /// Statements that give a fresh `module` of this class its numbers; empty where its own are right.
  public var initialization: [String]

  public init(_ type: String, _ arguments: [Argument], initialization: [String] = []) {
    self.type = type
    self.arguments = arguments
    self.initialization = initialization
  }
}

/// A function or class of Python that exported networks carry with them.
public struct PythonDefinition: Hashable, Sendable {
  public var name: String
  /// The whole text, from `def` or `class` on.
  public var text: String

  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// Values as Python text.
public enum PythonText {
  public static func of(_ flag: Bool) -> String { flag ? "True" : "False" }

  /// The shortest decimal that is this number.
  public static func of(_ number: Float) -> String { tidy(number.description) }

  public static func of(_ number: Double) -> String { tidy(number.description) }

  /// One number where both are equal, as the parameters of PyTorch's windows take it; else rows and columns.
  public static func pair(_ pair: (rows: Int, columns: Int)) -> String {
    pair.rows == pair.columns ? String(pair.rows) : "(\(pair.rows), \(pair.columns))"
  }

  public static func list(_ numbers: [Int]) -> String { "[\(numbers.map(String.init).joined(separator: ", "))]" }

  private static func tidy(_ text: String) -> String {
    var text = text.replacing("e-0", with: "e-").replacing("e+0", with: "e+")
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }
}
