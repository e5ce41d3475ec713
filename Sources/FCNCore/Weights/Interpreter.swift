/// Runs a bound graph with the reference meaning of its stages: slow, and what compiled programs are compared with.
public struct Interpreter: Sendable {
  /// Why a graph does not run on given inputs.
  public struct Failure: Error, Sendable {
    public var message: String
    public var help: String?
    /// The name of the value that is concerned.
    public var value: String?

    public init(_ message: String, help: String? = nil, value: String? = nil) {
      self.message = message
      self.help = help
      self.value = value
    }
  }

  /// What a run gives.
  public struct Results: Sendable {
    /// In the order of the graph's outputs.
    public var outputs: [Tensor]
    /// The values that were asked for, by name.
    public var values: [String: Tensor]
  }

  /// The most numbers that one value may have.
  public static let sizeLimit = 1 << 31

  public let graph: Graph

  /// - Throws: where a node lacks its weights.
  public init(_ graph: Graph) throws(Failure) {
    for node in graph.nodes {
      let requirements = graph.requirements(of: node)
      guard node.weights.map(\.shape) == requirements.map(\.shape) else {
        let output = node.outputs.first.map { graph.values[$0].name }
        throw Failure(
          "the weights of `\(type(of: node.stage).signature.name)` at `\(node.weightPath)` are not bound",
          help: "give a weight file, or ask for random weights", value: output)
      }
    }
    self.graph = graph
  }

  /// Computes the outputs for inputs in the order of the graph's. A value is freed after its last use.
  /// - Parameter names: values to give as well, by their unique names.
  /// - Throws: where an input's channels or size are not what the graph takes, or a stage breaks its shape rule.
  public func run(_ inputs: [Tensor], keeping names: Set<String> = []) throws(Failure) -> Results {
    let kept = names.isEmpty ? [:] : try values(named: names)
    var walk = try Walk(self, inputs, computing: Array(kept.keys))
    var found: [String: Tensor] = [:]
    for input in graph.inputs {
      if let name = kept[input.value] { found[name] = walk[input.value] }
    }
    while let node = try walk.step() {
      for value in graph.nodes[node].outputs {
        if let name = kept[value] { found[name] = walk[value] }
      }
    }
    return Results(outputs: graph.outputs.compactMap { walk[$0.value] }, values: found)
  }

  // MARK: Nodes

  func evaluate(_ node: Graph.Node, on inputs: [Tensor], sizes: [Size]) throws(Failure) -> [Tensor] {
    let name = type(of: node.stage).signature.name
    guard inputs.count == node.inputs.count else { throw Failure("`\(name)` reads a value before it is computed") }
    var results = node.stage.evaluate(Array(inputs.prefix(node.stageInputs.count)), weights: node.weights)
    let isAsDeclared =
      results.count == node.outputs.count && zip(node.outputs, results).allSatisfy { Size($1) == sizes[$0] }
    if !isAsDeclared, let reason = node.stage.facts.fixesSize {
      let sizes = inputs.map { "\($0.height) x \($0.width)" }.joined(separator: ", ")
      throw Failure(
        "`\(name)` cannot take a value of \(sizes) pixels: \(reason)", help: StageFacts.fixedSizeHelp)
    }
    guard results.count == node.outputs.count else {
      throw Failure("`\(name)` gives \(results.count) outputs, but declares \(node.outputs.count)")
    }
    if let epilogue = node.epilogue, let output = node.outputs.first {
      let operands = [results[0]] + inputs.dropFirst(epilogue.firstInput)
      results[0] = try apply(epilogue, to: operands, size: sizes[output], stage: name)
    }
    for (value, result) in zip(node.outputs, results) where Size(result) != sizes[value] {
      throw Failure(
        "`\(name)` gives \(Size(result)) for the value `\(graph.values[value].name)`, but its shape rule says "
          + "\(sizes[value])",
        value: graph.values[value].name)
    }
    return results
  }

  private func apply(
    _ epilogue: Epilogue, to inputs: [Tensor], size: Size, stage: String
  ) throws(Failure) -> Tensor {
    let isBroadcastable = inputs.indices.allSatisfy { index in
      let input = inputs[index]
      return !epilogue.expression.referencedInputs.contains(index)
        || [(input.channels, size.channels), (input.height, size.height), (input.width, size.width)]
          .allSatisfy { $0 == $1 || $0 == 1 }
    }
    guard isBroadcastable, epilogue.expression.referencedInputs.allSatisfy(inputs.indices.contains),
      epilogue.expression.referencedChannelParameters.allSatisfy(epilogue.channelParameters.indices.contains),
      epilogue.channelParameters.allSatisfy({ $0.count == size.channels })
    else { throw Failure("the stages that were fused into `\(stage)` do not fit its inputs") }
    var result = Tensor(channels: size.channels, height: size.height, width: size.width)
    for channel in 0..<size.channels {
      for row in 0..<size.height {
        for column in 0..<size.width {
          result[channel, row, column] = epilogue.expression.value(
            inputs: { inputs[$0].broadcast(channel, row, column) },
            parameters: { epilogue.channelParameters[$0][channel] })
        }
      }
    }
    return result
  }

  /// The values of these names, with them.
  private func values(named names: Set<String>) throws(Failure) -> [Graph.ValueID: String] {
    let known = graph.uniqueNames
    for name in names.subtracting(known).sorted() {
      throw Failure(
        "the network has no value `\(name)`",
        help: Suggestion.nearest(to: name, in: known).map { "there is `\($0)`" }, value: name)
    }
    return Dictionary(uniqueKeysWithValues: known.enumerated().filter { names.contains($1) }.map { ($0, $1) })
  }

  // MARK: Sizes

  struct Size: Equatable, CustomStringConvertible {
    var channels: Int
    var height: Int
    var width: Int

    init(channels: Int, height: Int, width: Int) {
      self.channels = channels
      self.height = height
      self.width = width
    }

    init(_ tensor: Tensor) { self.init(channels: tensor.channels, height: tensor.height, width: tensor.width) }

    var description: String { "\(channels) x \(height) x \(width)" }

    /// Nil where it leaves 63 bits.
    var count: Int? {
      let (plane, first) = height.multipliedReportingOverflow(by: width)
      let (count, second) = plane.multipliedReportingOverflow(by: channels)
      return first || second ? nil : count
    }
  }

  /// The size of every value that is needed, from the shape rules.
  func sizes(for inputs: [Tensor], _ isNeeded: [Bool]) throws(Failure) -> [Size] {
    guard inputs.count == graph.inputs.count else {
      throw Failure("the network takes \(graph.inputs.count) inputs, but \(inputs.count) are given")
    }
    for (input, tensor) in zip(graph.inputs, inputs) where tensor.channels != graph.values[input.value].type.channels {
      let name = graph.values[input.value].name
      throw Failure(
        "the input `\(name)` has \(graph.values[input.value].type.channels) channels, but \(tensor.channels) are given",
        value: name)
    }
    let height = try size(of: "height", inputs, \.height, \.height)
    let width = try size(of: "width", inputs, \.width, \.width)
    var result = graph.values.map { Size(channels: $0.type.channels, height: 0, width: 0) }
    let needed = graph.nodes.indices.filter { isNeeded[$0] }.flatMap { graph.nodes[$0].outputs }
    for id in graph.inputs.map(\.value) + needed {
      let value = graph.values[id]
      let rows = try extent(of: value, "height", value.type.height, for: height, \.height)
      let columns = try extent(of: value, "width", value.type.width, for: width, \.width)
      let size = Size(channels: value.type.channels, height: rows, width: columns)
      guard let count = size.count, count <= Self.sizeLimit else {
        throw Failure("the value `\(value.name)` would have \(size) numbers, too many to compute", value: value.name)
      }
      result[id] = size
    }
    return result
  }

  /// The size that all extents along an axis are functions of.
  private func size(
    of axis: String, _ inputs: [Tensor], _ extent: KeyPath<TensorType, Extent>, _ measure: KeyPath<Tensor, Int>
  ) throws(Failure) -> Int {
    var size: Int?
    for (input, tensor) in zip(graph.inputs, inputs) where size == nil {
      size = graph.values[input.value].type[keyPath: extent].argument(for: tensor[keyPath: measure])
    }
    // Without an input that grows, every extent is a number and there is one size alone.
    let argument = size ?? inputs.first?[keyPath: measure] ?? 1
    for (input, tensor) in zip(graph.inputs, inputs) {
      let value = graph.values[input.value]
      let actual = tensor[keyPath: measure]
      guard value.type[keyPath: extent](argument) == actual else {
        let type = value.type[keyPath: extent]
        let expected = (type(argument) ?? type.constantValue).map { ", but has to be \($0)" } ?? " does not fit"
        throw Failure("the \(axis) \(actual) of the input `\(value.name)`\(expected)", value: value.name)
      }
    }
    return argument
  }

  private func extent(
    of value: Graph.Value, _ axis: String, _ extent: Extent, for size: Int, _ path: KeyPath<TensorType, Extent>
  ) throws(Failure) -> Int {
    if let result = extent(size), result >= 1 { return result }
    let fits = { candidate in graph.values.allSatisfy { ($0.type[keyPath: path](candidate) ?? 0) >= 1 } }
    let below = (1..<max(size, 1)).reversed().prefix(Extent.periodLimit).first(where: fits)
    let above = (size + 1...size + Extent.periodLimit).first(where: fits)
    let nearest = [below, above].compactMap { $0 }.map(String.init).joined(separator: " and ")
    throw Failure(
      "the value `\(value.name)` cannot be computed for an input of \(axis) \(size)",
      help: nearest.isEmpty ? nil : "the nearest that can be computed: \(nearest)", value: value.name)
  }
}

extension Extent {
  /// The smallest input size for which the extent is `value`, nil where it is never or does not depend on the size.
  fileprivate func argument(for value: Int) -> Int? {
    guard slope > 0 else { return nil }
    return branches.enumerated().compactMap { residue, branch -> Int? in
      guard let branch, value >= branch.offset, (value - branch.offset) % slope == 0 else { return nil }
      let (turns, overflow) = ((value - branch.offset) / slope).multipliedReportingOverflow(by: period)
      guard !overflow, turns + residue >= branch.least, turns + residue <= branch.most ?? .max else { return nil }
      return turns + residue
    }.min()
  }
}

extension Tensor {
  /// The number at a place of a larger tensor, along axes of size one the only one there is.
  fileprivate func broadcast(_ channel: Int, _ row: Int, _ column: Int) -> Float {
    self[channels == 1 ? 0 : channel, height == 1 ? 0 : row, width == 1 ? 0 : column]
  }
}
