import FCNCore

extension Conv: AlternativeStage {
  /// Another border, another padding, another order of the kernel's numbers, no bias.
  public var alternatives: [Alternative] {
    borders + paddings + kernels + biases + Alternative.followed + Alternative.preceded(self)
  }

  private var borders: [Alternative] {
    let words: [(Border, String)] = [(.zero, "zero"), (.replicate, "replicate"), (.reflect, "reflect")]
    return words.filter { $0.0 != border }.map { border, word in
      var other = self
      other.border = border
      return Alternative("with `border: \(word)`", other)
    }
  }

  private var paddings: [Alternative] {
    func centred(_ axis: WindowAxis) -> WindowAxis.Padding {
      .amount(before: (axis.effectiveKernel - 1) / 2, after: axis.effectiveKernel / 2)
    }
    func mirrored(_ axis: WindowAxis) -> WindowAxis.Padding {
      guard case .amount(let before, let after) = axis.padding else { return axis.padding }
      return .amount(before: after, after: before)
    }
    let candidates: [(text: String, rows: WindowAxis.Padding, columns: WindowAxis.Padding)] = [
      ("with `pad: valid`", .amount(before: 0, after: 0), .amount(before: 0, after: 0)),
      ("with the padding of `pad: same`", centred(window.rows), centred(window.columns)),
      ("with `pad: same_tf`", .sameTF, .sameTF),
      ("with the padding before and after exchanged", mirrored(window.rows), mirrored(window.columns)),
    ]
    return candidates.filter { ($0.rows, $0.columns) != (window.rows.padding, window.columns.padding) }.map {
      var other = self
      other.window.rows.padding = $0.rows
      other.window.columns.padding = $0.columns
      return Alternative($0.text, other)
    }
  }

  private var kernels: [Alternative] {
    KernelReading.ofConvolution.map { reading in
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
