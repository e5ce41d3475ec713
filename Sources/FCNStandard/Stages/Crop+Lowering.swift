import FCNCore

extension Crop {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let kernel = GatherKernel(border: 0, blocks: site.inputStorage[0].blocks, target: site.target)
    let access = access(toInput: 0, of: site.inputs)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access, usesColumnTable: true)])
  }
}
