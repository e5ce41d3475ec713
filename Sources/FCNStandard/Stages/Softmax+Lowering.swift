import FCNCore

extension Softmax {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let storage = site.inputStorage[0]
    let parameters =
      storage.spread(Array(repeating: 0, count: storage.channels), filler: -.infinity)
      + storage.spread(Array(repeating: 1, count: storage.channels))
    return Lowering(
      kernel: SoftmaxKernel(blocks: storage.blocks), operands: [.init(input: 0, access: .pointwise)],
      parameters: parameters)
  }
}
