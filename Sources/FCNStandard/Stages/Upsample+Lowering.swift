import FCNCore

extension Upsample {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let storage = site.inputStorage[0]
    let kernel: any Kernel =
      switch resample.interpolation {
      case .nearest: GatherKernel(border: 0, blocks: storage.blocks, target: site.target)
      case .bilinear: BilinearKernel(input: storage, isPlanar: site.outputStorage[0].isPlanar, target: site.target)
      }
    let access = access(toInput: 0, of: site.inputs)
    return Lowering(kernel: kernel, operands: [.init(input: 0, access: access, usesColumnTable: true)])
  }
}
