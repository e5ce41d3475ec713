import FCNCore

extension Pad {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    var number: Float = 0
    if case .constant(let value) = border { number = value }
    let kernel = GatherKernel(border: number, blocks: site.inputStorage[0].blocks, target: site.target)
    let access = access(toInput: 0, of: site.inputs)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access, usesColumnTable: true)])
  }
}
