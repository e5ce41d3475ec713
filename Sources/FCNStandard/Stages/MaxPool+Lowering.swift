import FCNCore

extension MaxPool {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let kernel = WindowReduction(
      reduction: .maximum, rows: window.rows.kernel, columns: window.columns.kernel,
      columnMultiply: window.columns.stride, blocks: site.inputStorage[0].blocks, target: site.target)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))])
  }
}
