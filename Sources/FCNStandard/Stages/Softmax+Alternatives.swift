import FCNCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Softmax: AlternativeStage {
  /// None, its logarithm, or another activation.
  public var alternatives: [Alternative] {
    [
      .without(Self.signature.name),
      Alternative("with its logarithm (log-softmax)") { computed in
        guard var output = computed.outputs.first else { return nil }
        for index in output.values.indices { output.values[index] = log(output.values[index]) }
        return [output]
      },
    ] + Alternative.activations
  }
}
