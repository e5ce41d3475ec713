import FCNCore
import FCNRuntime

extension Session {
  /// Compares a bound graph with recorded values of another implementation.
  /// - Parameters:
  ///   - inputs: in the order of the graph's, nil where the recorded array of the input's name is taken.
  ///   - recorded: the arrays.
  ///   - map: which array is expected of a value, where their names differ.
  ///   - weightMap: that of the weights, whose names arrays may have.
  ///   - tolerance: the greatest difference that is none, as a part of the range of the expected numbers.
  /// - Throws: where the inputs do not fit, an array cannot be read, or none belongs to the network.
  public static func compare(
    _ graph: Graph, inputs: [Tensor?], recorded: any WeightSource, map: WeightMap = [:], weightMap: WeightMap = [:],
    tolerance: Float
  ) throws(Failure) -> Comparison {
    var tensors: [Tensor] = []
    for (input, tensor) in zip(graph.inputs, inputs) {
      if let tensor {
        tensors.append(tensor)
      } else {
        tensors.append(try self.input(input.description, from: recorded))
      }
    }
    let interpreter: Interpreter
    var walk: Interpreter.Walk
    do {
      interpreter = try Interpreter(graph)
      walk = try Interpreter.Walk(interpreter, tensors)
    } catch {
      throw Failure(error.message, help: error.help)
    }
    try InterpreterMemory.check(graph, copies: 4) { walk.shape(of: $0) }
    let matcher = ActivationMatcher(graph, map: map, weightMap: weightMap) { walk.shape(of: $0) }
    let matches = try matcher.matches(for: recorded.tensors)
    guard !matches.candidates.isEmpty else {
      throw Failure(
        "\(recorded.path): none of the \(recorded.tensors.count) arrays belongs to a value of the network",
        help: matches.leftovers.first.map { "`\($0.array)` \($0.reason)" })
    }
    let chosen = try choose(matches, interpreter, tensors, recorded)
    let expected = ExpectedValues(recorded, chosen.arrays)
    var comparer = Comparer(interpreter, inputs: tensors, expected: expected, tolerance: tolerance)
    let (rows, findings) = try comparer.run(&walk)
    return Comparison(
      network: graph.name, tolerance: tolerance, rows: rows, leftovers: matches.leftovers + chosen.leftovers,
      findings: findings)
  }

  /// The shape of an array of one image as channels, rows, columns; nil where it is none.
  /// - Parameter channels: those of the value that it stands for.
  public static func imageShape(_ shape: [Int], channels: Int) -> [Int]? {
    ExpectedValues.planes(shape, channels: channels)
  }

  /// The recorded array that has the name of an input.
  private static func input(
    _ input: InputDescription, from recorded: any WeightSource
  ) throws(Failure) -> Tensor {
    guard let array = recorded.tensors.first(where: { $0.name == input.name }),
      let shape = ExpectedValues.planes(array.shape, channels: input.channels)
    else {
      throw Failure(
        "the input `\(input.name)` is missing", help: "give it with `--input \(input.name)=FILE.npy`, or record it")
    }
    return try ExpectedValues.read(.init(name: array.name, shape: shape), from: recorded)
  }

  /// Decides which value an array stands for where its name is that of a value and of another one's weights: the one to
  /// which its numbers come closer. PyTorch's `stem` is a convolution, and `stem` here may be what an activation makes of
  /// it.
  private static func choose(
    _ matches: ActivationMatcher.Matches, _ interpreter: Interpreter, _ inputs: [Tensor], _ recorded: any WeightSource
  ) throws(Failure) -> (arrays: [Graph.ValueID: ExpectedValues.Recorded], leftovers: [Comparison.Leftover]) {
    var errors: [String: [Graph.ValueID: Float]] = [:]
    let doubtful = matches.candidates.filter { $0.values.count > 1 }
    if !doubtful.isEmpty {
      do throws(Interpreter.Failure) {
        var walk = try Interpreter.Walk(interpreter, inputs)
        while let node = try walk.step() {
          for value in interpreter.graph.nodes[node].outputs {
            for (array, values) in doubtful where values.contains(value) {
              let numbers = try expectedNumbers(array, recorded)
              errors[array.name, default: [:]][value] =
                walk[value].flatMap { Difference($0, numbers) }?.relative ?? .infinity
            }
          }
        }
      } catch {
        throw Failure(error.message, help: error.help)
      }
    }
    var arrays: [Graph.ValueID: ExpectedValues.Recorded] = [:]
    var leftovers: [Comparison.Leftover] = []
    for (array, values) in matches.candidates {
      let error = { errors[array.name]?[$0] ?? .infinity }
      let value = values.dropFirst().reduce(values[0]) { error($1) < error($0) ? $1 : $0 }
      if let other = arrays[value] {
        leftovers.append(.init(array: array.name, reason: "is expected of the value of `\(other.name)` too"))
      } else {
        arrays[value] = array
      }
    }
    return (arrays, leftovers)
  }

  private static func expectedNumbers(
    _ array: ExpectedValues.Recorded, _ recorded: any WeightSource
  ) throws(Interpreter.Failure) -> Tensor {
    do { return try ExpectedValues.read(array, from: recorded) } catch {
      throw Interpreter.Failure(error.message, help: error.help)
    }
  }
}
