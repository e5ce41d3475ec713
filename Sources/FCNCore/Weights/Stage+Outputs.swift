extension Stage {
  /// The outputs for inputs and weights that need not fit: nil where the shape rule refuses the inputs, or they need other
  /// weights, or the outputs are not what the shape rule says.
  public func outputs(for inputs: [Tensor], weights: [WeightTensor]) -> [Tensor]? {
    let types = inputs.map {
      TensorType(channels: $0.channels, height: .constant($0.height), width: .constant($0.width))
    }
    guard !types.isEmpty, let declared = try? outputTypes(for: types),
      self.weights(for: types).map(\.shape) == weights.map(\.shape)
    else { return nil }
    let shapes = declared.map { [$0.channels, $0.height.constantValue ?? 0, $0.width.constantValue ?? 0] }
    let areComputable = shapes.allSatisfy { shape in
      let count = shape.reduce(1.0) { $0 * Double($1) }
      return count >= 1 && count <= Double(Interpreter.sizeLimit)
    }
    guard areComputable else { return nil }
    let outputs = evaluate(inputs, weights: weights)
    return outputs.map { [$0.channels, $0.height, $0.width] } == shapes ? outputs : nil
  }
}
