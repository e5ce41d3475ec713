import FCNRuntime

/// A network as values and nodes, in an order in which every node stands behind those it reads.
public struct Graph: Sendable {
  public var name: String
  public var inputs: [Input]
  public var outputs: [Output]
  public var values: [Value]
  public var nodes: [Node]
  /// Which tensor of a weight file serves for a weight of the network, where the names differ.
  public var weightMap: [String: String]
  /// What each use of a definition with one result gives, by the path that its weights begin with.
  public var definitionResults: [String: ValueID] = [:]

  public init(
    name: String, inputs: [Input] = [], outputs: [Output] = [], values: [Value] = [], nodes: [Node] = [],
    weightMap: [String: String] = [:]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.values = values
    self.nodes = nodes
    self.weightMap = weightMap
  }

  /// A position in `values`.
  public typealias ValueID = Int

  /// A value that flows between nodes.
  public struct Value: Sendable {
    /// The author's name for it, or one made from the stage that gives it.
    public var name: String
    /// The identity of the innermost scope around the statement that defines the name, 0 for the network; nil where the
    /// name is that of a parameter or of a stage.
    public var namingScope: Int?
    public var type: TensorType
    /// The text that defines it.
    public var range: SourceRange?
    /// Whether the author gave it its name.
    public var isNamed: Bool

    public init(name: String, type: TensorType, range: SourceRange?, isNamed: Bool = false) {
      self.name = name
      self.type = type
      self.range = range
      self.isNamed = isNamed
    }
  }

  /// One use of a stage.
  public struct Node: Sendable {
    public var stage: any Stage
    public var inputs: [ValueID]
    public var outputs: [ValueID]
    /// The name before `.weight`, `.bias` ...; empty where the stage has no weights.
    public var weightPath: String
    /// The numbers of the weights, in the order of the stage's requirements, once they are bound.
    public var weights: [WeightTensor]
    /// Pointwise stages that were fused into this node by a pass.
    public var epilogue: Epilogue?
    public var origin: Origin

    public init(
      stage: any Stage, inputs: [ValueID], outputs: [ValueID], weightPath: String, weights: [WeightTensor] = [],
      epilogue: Epilogue? = nil, origin: Origin
    ) {
      self.stage = stage
      self.inputs = inputs
      self.outputs = outputs
      self.weightPath = weightPath
      self.weights = weights
      self.epilogue = epilogue
      self.origin = origin
    }
  }

  /// Where a node comes from: the call in the text, and the uses of definitions that led there, outermost first.
  public struct Origin: Sendable {
    public var range: SourceRange?
    public var arguments: [String: SourceRange]
    public var instances: [SourceRange]
    /// The uses of definitions and the turns of repeats that the node belongs to, outermost first.
    public var scopes: [Scope]
    /// The weight name that the call has from its place in the text, without what definitions and repeats put before; nil
    /// where it has a label.
    public var impliedName: String?

    public init(
      range: SourceRange?, arguments: [String: SourceRange] = [:], instances: [SourceRange] = [],
      scopes: [Scope] = [], impliedName: String? = nil
    ) {
      self.range = range
      self.arguments = arguments
      self.instances = instances
      self.scopes = scopes
      self.impliedName = impliedName
    }
  }

  /// One use of a definition, or one turn of a repeat: nodes that stand behind each other.
  public struct Scope: Hashable, Sendable {
    /// No other use or turn of the network has it.
    public var identity: Int
    /// The name of the definition; nil for a turn of a repeat.
    public var definition: String?
    /// What stands before the weight names inside.
    public var path: String
    /// The names inside of values from outside: those of parameters and of what a repeat carries.
    public var names: [ValueID: String]

    public init(identity: Int, definition: String?, path: String, names: [ValueID: String] = [:]) {
      self.identity = identity
      self.definition = definition
      self.path = path
      self.names = names
    }
  }

  public struct Input: Sendable {
    public var value: ValueID
    public var description: InputDescription
    public var range: SourceRange?

    public init(value: ValueID, description: InputDescription, range: SourceRange?) {
      self.value = value
      self.description = description
      self.range = range
    }
  }

  public struct Output: Sendable {
    public var value: ValueID
    public var description: OutputDescription
    public var range: SourceRange?

    public init(value: ValueID, description: OutputDescription, range: SourceRange?) {
      self.value = value
      self.description = description
      self.range = range
    }
  }
}
