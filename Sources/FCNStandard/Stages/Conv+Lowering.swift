import FCNCore

extension Conv {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let depth = site.inputs[0].channels / groups
    let (rows, columns) = kernel
    let weights = site.weights[0].values
    let form = ConvolutionForm(
      groups: groups, inputChannels: site.inputs[0].channels, outputChannels: channels, rows: rows, columns: columns,
      columnStep: dilation.columns, columnMultiply: stride.columns, tapRows: [rows], tapColumns: [columns],
      bias: hasBias ? site.weights[1].values : Array(repeating: 0, count: channels),
      weight: { o, i, _, _, row, column in weights[((o * depth + i) * rows + row) * columns + column] },
      access: access(toInput: 0, of: site.inputs))
    return try form.lowering(site)
  }
}
