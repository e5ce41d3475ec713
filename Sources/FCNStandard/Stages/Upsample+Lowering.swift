import FCNCore

extension Upsample {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let blocks = site.inputStorage[0].blocks
    let kernel: any Kernel =
      switch resample.interpolation {
      case .nearest: GatherKernel(border: 0, blocks: blocks, target: site.target)
      case .bilinear: BilinearKernel(blocks: blocks, target: site.target)
      }
    let access = access(toInput: 0, of: site.inputs)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access, usesColumnTable: true)])
  }
}
