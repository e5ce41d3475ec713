import FCNCore

extension GlobalMean {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let kernel = MeanOfParts(rows: 1, columns: 1, blocks: site.inputStorage[0].blocks)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))])
  }
}
