import FCNCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An activation that is usual in trained networks, also one that the language has no stage for.
struct UsualActivation: Sendable {
  /// As the language writes it, or its usual name.
  var name: String
  var function: @Sendable (Float) -> Float

  static let all: [UsualActivation] = [
    UsualActivation(name: "`relu`") { max($0, 0) },
    UsualActivation(name: "`relu6`") { min(max($0, 0), 6) },
    UsualActivation(name: "`leaky(0.01)`") { $0 < 0 ? 0.01 * $0 : $0 },
    UsualActivation(name: "`leaky(0.1)`") { $0 < 0 ? 0.1 * $0 : $0 },
    UsualActivation(name: "`leaky(0.2)`") { $0 < 0 ? 0.2 * $0 : $0 },
    UsualActivation(name: "`leaky(0.3)`") { $0 < 0 ? 0.3 * $0 : $0 },
    UsualActivation(name: "`sigmoid`") { 1 / (1 + exp(-$0)) },
    UsualActivation(name: "`tanh`") { tanh($0) },
    UsualActivation(name: "`hardsigmoid`") { min(max($0 + 3, 0), 6) / 6 },
    UsualActivation(name: "Keras's hard sigmoid (`(x * 0.2 + 0.5) -> clip(0, 1)`)") { min(max(0.2 * $0 + 0.5, 0), 1) },
    UsualActivation(name: "`hardswish`") { $0 * min(max($0 + 3, 0), 6) / 6 },
    UsualActivation(name: "SiLU (`x * (x -> sigmoid)`)") { $0 / (1 + exp(-$0)) },
    UsualActivation(name: "ELU") { $0 < 0 ? expm1($0) : $0 },
    UsualActivation(name: "GELU") { 0.5 * $0 * (1 + erf($0 / Float(2).squareRoot())) },
    UsualActivation(name: "GELU (its approximation by tanh)") {
      0.5 * $0 * (1 + tanh(0.7978845608 * ($0 + 0.044715 * $0 * $0 * $0)))
    },
    UsualActivation(name: "softplus") { max($0, 0) + log1p(exp(-abs($0))) },
  ]

  func callAsFunction(_ tensor: Tensor) -> Tensor {
    var result = tensor
    for index in result.values.indices { result.values[index] = function(result.values[index]) }
    return result
  }
}

extension Alternative {
  /// Without the stage: its input as it is.
  static func without(_ name: String) -> Alternative {
    Alternative("without `\(name)`") { [$0.inputs[0]] }
  }

  /// The usual activations in place of the stage.
  static let activations = UsualActivation.all.map { activation in
    Alternative("with \(activation.name) in its place") { [activation($0.inputs[0])] }
  }

  /// The usual activations before a stage.
  static func preceded(_ stage: any Stage) -> [Alternative] {
    UsualActivation.all.map { activation in
      Alternative("if \(activation.name) stands before it") { computed in
        stage.outputs(
          for: [activation(computed.inputs[0])] + computed.inputs.dropFirst(), weights: computed.weights)
      }
    }
  }

  /// The usual activations behind a stage: what an array holds that was recorded before an activation worked in place.
  static let followed = UsualActivation.all.map { activation in
    Alternative(
      "if \(activation.name) follows: it is missing, or it worked in place on what was recorded (`.clone()` in the hook)"
    ) { $0.outputs.map { activation($0) } }
  }
}
