import FCNCore

extension Deconv {
  /// One small convolution per phase of the stride: the taps that meet output positions of that phase.
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let perOutput = channels / groups
    let perInput = site.inputs[0].channels / groups
    let (kernel, stride) = (kernel, stride)
    let weights = site.weights[0].values
    let form = ConvolutionForm(
      groups: groups, inputChannels: site.inputs[0].channels, outputChannels: channels,
      rows: (kernel.rows + stride.rows - 1) / stride.rows,
      columns: (kernel.columns + stride.columns - 1) / stride.columns, columnStep: -1, phaseRows: stride.rows,
      phaseColumns: stride.columns,
      tapRows: (0..<stride.rows).map { (kernel.rows - $0 + stride.rows - 1) / stride.rows },
      tapColumns: (0..<stride.columns).map { (kernel.columns - $0 + stride.columns - 1) / stride.columns },
      rowShift: pad.top, lead: pad.left % stride.columns,
      bias: hasBias ? site.weights[1].values : Array(repeating: 0, count: channels),
      weight: { o, i, phaseRow, phaseColumn, row, column in
        let tap = (row: phaseRow + row * stride.rows, column: phaseColumn + column * stride.columns)
        guard tap.row < kernel.rows, tap.column < kernel.columns else { return 0 }
        let plane = (o / perOutput * perInput + i) * perOutput + o % perOutput
        return weights[(plane * kernel.rows + tap.row) * kernel.columns + tap.column]
      }, access: access(toInput: 0, of: site.inputs))
    return try form.lowering(site)
  }
}
