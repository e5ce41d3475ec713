import FCNCore

extension Dense: AlternativeStage {
  /// The numbers of a map counted in the other order, the matrix transposed, no bias.
  public var alternatives: [Alternative] {
    var unbiased = self
    unbiased.hasBias = false
    let biases = hasBias ? [Alternative("with `bias: false`", unbiased) { Array($0.prefix(1)) }] : []
    return [
      Alternative("with the numbers of its input counted row, column, channel (TensorFlow)") { computed in
        let map = computed.inputs[0]
        guard
          let order = MapOrder.rowColumnChannel.positions(
            in: MapShape(channels: map.channels, rows: map.height, columns: map.width))
        else { return nil }
        var counted = map.values
        for (index, position) in order.enumerated() { counted[position] = map.values[index] }
        let pixel = Tensor(channels: counted.count, height: 1, width: 1, values: counted)
        return outputs(for: [pixel], weights: computed.weights)
      },
      Alternative("with its matrix transposed", self) { weights in
        let (rows, columns) = (weights[0].shape[0], weights[0].shape[1])
        // A matrix that is not square was transposed in its numbers only: its shape is right.
        var matrix = weights[0]
        for row in 0..<rows {
          for column in 0..<columns {
            matrix.values[row * columns + column] = weights[0].values[column * rows + row]
          }
        }
        return [matrix] + weights.dropFirst()
      },
    ] + biases + Alternative.followed + Alternative.preceded(self)
  }
}
