import FCNCore
import FCNStandard
import Testing

@Suite struct OptimizerTests {
  @Test func thePassesStandInTheirOrder() {
    #expect(
      Optimizer.passes.map(\.name) == [
        "remove-dead-nodes", "drop-identities", "fold-channel-affine", "fuse-epilogues",
      ])
  }

  /// A residual block as people write it: the batch norms are in the weights, the rest is in two kernels.
  @Test func aResidualBlockIsTwoKernels() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(8, kernel: 1) -> dropout(0.1)
      b = a -> conv(8, kernel: 3, pad: same, bias: false) -> batchnorm(eps: 1e-5) -> dropout -> relu
      c = b -> conv(8, kernel: 3, pad: same, bias: false) -> batchnorm(eps: 1e-5)
      unused = c -> softmax
      d = add(c, a)
      output y = d -> relu
      """, RemoveDeadNodes(), DropIdentities(), FoldChannelAffine(), FuseEpilogues())
    let whole = Optimizer.optimize(item.before)
    #expect(item.after.nodes.map(\.outputs) == whole.graph.nodes.map(\.outputs))
    let stages = item.after.nodes.map { type(of: $0.stage).signature.name }
    #expect(stages == ["conv", "conv", "conv"])
    #expect(item.nodes.last?.hasPrefix("y = conv(b; ") == true, "\(item.nodes)")
    #expect(
      whole.remarks.map(\.pass) == [
        "remove-dead-nodes", "drop-identities", "drop-identities", "fold-channel-affine", "fold-channel-affine",
        "fuse-epilogues", "fuse-epilogues", "fuse-epilogues",
      ])
    try item.expectSameNumbers()
  }
}
