import FCNCore
import FCNRuntime

/// A network behind the interface of a compiled program's command line, run by the reference interpreter.
public struct InterpretedNetwork: RunnableNetwork {
  private let graph: Graph
  private let interpreter: Interpreter
  private let planes = Planes()
  public private(set) var facts: [(String, String)]
  public let sizes: SizeRules
  public let taps: [TapDescription]
  private let tapValues: [Graph.ValueID]
  /// The positions of the taps that are kept.
  private var kept: [Int] = []

  /// - Throws: where a node lacks its weights, or its sizes have no rule.
  public init(_ graph: Graph, facts: [(String, String)]) throws(Session.Failure) {
    self.graph = graph
    self.facts = facts
    sizes = try Session.sizeRules(of: graph)
    let names = graph.uniqueNames
    tapValues = graph.namedValues
    taps = tapValues.map { TapDescription(name: names[$0], channels: graph.values[$0].type.channels) }
    do { interpreter = try Interpreter(graph) } catch {
      throw Session.Failure(error.message, help: error.help)
    }
  }

  public var name: String { graph.name }
  public var inputs: [InputDescription] { graph.inputs.map(\.description) }
  public var outputs: [OutputDescription] { graph.outputs.map(\.description) }

  public func inputSize(_ input: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(graph.inputs[input].value, height, width)
  }

  public func outputSize(_ output: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(graph.outputs[output].value, height, width)
  }

  public func tapSize(_ tap: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(tapValues[tap], height, width)
  }

  public mutating func keep(_ taps: [Int]) { kept = taps }

  private func size(_ value: Int, _ height: Int, _ width: Int) -> (height: Int, width: Int) {
    let type = graph.values[value].type
    return (type.height(height) ?? 0, type.width(width) ?? 0)
  }

  public mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
    try checkMemory(height: height, width: width)
    planes.inputs = graph.inputs.indices.map { index in
      let size = inputSize(index, height: height, width: width)
      return Plane(channels: graph.inputs[index].description.channels, height: size.height, width: size.width)
    }
    planes.outputs = graph.outputs.indices.map { index in
      let size = outputSize(index, height: height, width: width)
      return Plane(channels: graph.outputs[index].description.channels, height: size.height, width: size.width)
    }
    planes.taps = [:]
    for tap in kept {
      let size = tapSize(tap, height: height, width: width)
      planes.taps[tap] = Plane(channels: taps[tap].channels, height: size.height, width: size.width)
    }
  }

  /// For every value once, and for copies on the way in and out.
  private func checkMemory(height: Int, width: Int) throws(RuntimeFailure) {
    do {
      try InterpreterMemory.check(graph, copies: 2) { id in
        let size = size(id, height, width)
        return [graph.values[id].type.channels, size.height, size.width]
      }
    } catch {
      throw RuntimeFailure(error.message, help: error.help)
    }
  }

  public func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
    planes.inputs[input].row(channel, row)
  }

  public func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    UnsafePointer(planes.outputs[output].row(channel, row))
  }

  public func tapRow(_ tap: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    guard let plane = planes.taps[tap] else { preconditionFailure("a tap is kept before it is read") }
    return UnsafePointer(plane.row(channel, row))
  }

  /// They cost the interpreter next to nothing.
  public var isConfidenceWanted = true

  public mutating func run() throws(RuntimeFailure) {
    do {
      let results = try interpreter.run(
        planes.inputs.map(\.tensor), keeping: Set(planes.taps.keys.map { taps[$0].name }))
      for (plane, tensor) in zip(planes.outputs, results.outputs) { plane.set(tensor) }
      for (tap, plane) in planes.taps {
        if let tensor = results.values[taps[tap].name] { plane.set(tensor) }
      }
    } catch {
      throw RuntimeFailure(error.message, help: error.help)
    }
  }

  public mutating func selfTest(threads: Int) -> String? { "the reference is what self-tests compare with" }
}

/// The numbers of the inputs, outputs and taps, at places that stay.
private final class Planes: @unchecked Sendable {
  var inputs: [Plane] = []
  var outputs: [Plane] = []
  var taps: [Int: Plane] = [:]
}

private final class Plane {
  let channels: Int
  let height: Int
  let width: Int
  private let memory: UnsafeMutablePointer<Float>

  init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
    memory = UnsafeMutablePointer<Float>.allocate(capacity: max(1, channels * height * width))
    memory.initialize(repeating: 0, count: max(1, channels * height * width))
  }

  deinit { memory.deallocate() }

  func row(_ channel: Int, _ row: Int) -> UnsafeMutablePointer<Float> {
    memory + (channel * height + row) * width
  }

  var tensor: Tensor {
    Tensor(
      channels: channels, height: height, width: width,
      values: Array(UnsafeBufferPointer(start: memory, count: channels * height * width)))
  }

  func set(_ tensor: Tensor) {
    precondition(tensor.values.count == channels * height * width, "an output has the size that its type says")
    memory.update(from: tensor.values, count: tensor.values.count)
  }
}
