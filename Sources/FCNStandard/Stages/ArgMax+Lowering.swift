import FCNCore

extension ArgMax {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let pixels = SeparatedPixels(storage: site.inputStorage[0], target: site.target)
    return Lowering(
      kernel: ArgMaxKernel(pixels: pixels, output: site.outputStorage[0]),
      operands: [.init(input: 0, access: .pointwise)])
  }
}
