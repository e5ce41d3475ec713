import FCNCore

extension Dense {
  /// On a value of one pixel it is a convolution with a kernel of 1.
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let count = site.inputs[0].channels
    guard site.inputs[0].isPerChannel else {
      throw Rejection(
        "`dense` on a map has no kernel, since \(facts.fixesSize ?? "it fixes the size")", .stage,
        help: "let `fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` write it as a convolution, or take the "
          + "mean first: `global_mean -> dense(\(units))`")
    }
    let weights = site.weights[0].values
    let form = ConvolutionForm(
      groups: 1, inputChannels: count, outputChannels: units, rows: 1, columns: 1, columnStep: 1, columnMultiply: 1,
      tapRows: [1],
      tapColumns: [1],
      bias: hasBias ? site.weights[1].values : Array(repeating: 0, count: units),
      weight: { output, input, _, _, _, _ in weights[output * count + input] }, access: .pointwise)
    return try form.lowering(site)
  }
}
