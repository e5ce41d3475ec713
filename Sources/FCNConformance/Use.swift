import FCNCore

extension Conformance {
  /// One use of a stage: its arguments and the types of its inputs.
  public struct Use: Hashable, Sendable {
    public var arguments: [String: Argument]
    /// The types of the values that are piped in and, behind them, of those that arguments name.
    public var inputs: [TensorType]

    /// - Parameters:
    ///   - arguments: those that differ from the defaults of the signature.
    ///   - inputs: one value of four channels and of the size of the image, where nothing is said.
    public init(
      _ arguments: [String: Argument] = [:],
      inputs: [TensorType] = [TensorType(channels: 4, height: .input, width: .input)]
    ) {
      self.arguments = arguments
      self.inputs = inputs
    }

    /// The arguments, with defaults, as the compiler hands them to the stage.
    func checkedArguments(_ signature: StageSignature) -> Arguments {
      var values = arguments
      for parameter in signature.parameters where values[parameter.name] == nil {
        if case .value(let argument) = parameter.defaultValue { values[parameter.name] = argument }
      }
      return Arguments(values)
    }

    /// The use as network text, and a line for each input.
    func lines(_ signature: StageSignature) -> [String] {
      let named = arguments.values.compactMap { if case .input(let index) = $0 { index } else { nil } }
      let piped = inputs.indices.filter { !named.contains($0) }.map(Self.name)
      let given = signature.parameters.compactMap { parameter in
        arguments[parameter.name].map { "\(parameter.name): \(Self.text($0))" }
      }
      let isChain = piped.count == 1
      let list = ((isChain ? [] : piped) + given).joined(separator: ", ")
      let call = signature.name + (list.isEmpty ? "" : "(\(list))")
      return [isChain ? "\(piped[0]) -> \(call)" : call]
        + inputs.enumerated().map { index, type in
          let isLabel = type.element != .real
          return "\(Self.name(index)): \(type.description)\(isLabel ? ", classes" : "")"
        }
    }

    /// The name of an input in texts: `x`, `y`, `z`, `x3` ...
    static func name(_ index: Int) -> String { index < 3 ? ["x", "y", "z"][index] : "x\(index)" }

    private static func text(_ argument: Argument) -> String {
      switch argument {
      case .integer(let number): "\(number)"
      case .decimal(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      case .word(let word): word
      case .text(let text): "\"\(text)\""
      case .size(let rows, let columns): "\(rows)x\(columns)"
      case .list(let values): "[\(values.map(text).joined(separator: ", "))]"
      case .input(let index): name(index)
      }
    }
  }
}
