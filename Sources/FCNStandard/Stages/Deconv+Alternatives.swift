import FCNCore

extension Deconv: AlternativeStage {
  /// Another padding, another order of the kernel's numbers, no bias.
  public var alternatives: [Alternative] {
    paddings + kernels + biases + Alternative.followed + Alternative.preceded(self)
  }

  private var paddings: [Alternative] {
    /// What is cut off so that the output has `stride` times the size, the odd pixel after or before.
    func cut(_ kernel: Int, _ stride: Int) -> (less: Int, more: Int) {
      let total = max(kernel - stride, 0)
      return (total / 2, total - total / 2)
    }
    let rows = cut(kernel.rows, stride.rows)
    let columns = cut(kernel.columns, stride.columns)
    let candidates: [(top: Int, left: Int, bottom: Int, right: Int)] = [
      (0, 0, 0, 0), (rows.less, columns.less, rows.more, columns.more),
      (rows.more, columns.more, rows.less, columns.less), (pad.bottom, pad.right, pad.top, pad.left),
    ]
    return candidates.enumerated().filter { index, sides in
      sides != pad && !candidates[..<index].contains { $0 == sides }
    }.map { _, sides in
      var other = self
      other.pad = sides
      return Alternative("with `pad: [\(sides.top), \(sides.left), \(sides.bottom), \(sides.right)]`", other)
    }
  }

  private var kernels: [Alternative] {
    KernelReading.ofTransposedConvolution.map { reading in
      Alternative(reading.text, self) { weights in reading(weights[0]).map { [$0] + weights.dropFirst() } }
    }
  }

  private var biases: [Alternative] {
    guard hasBias else { return [] }
    var other = self
    other.hasBias = false
    return [Alternative("with `bias: false`", other) { Array($0.prefix(1)) }]
  }
}
