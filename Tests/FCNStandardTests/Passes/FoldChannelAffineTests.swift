import FCNCore
import FCNStandard
import Testing

@Suite struct FoldChannelAffineTests {
  @Test(arguments: [
    "conv(6, kernel: 3, pad: same)", "conv(6, kernel: 3, pad: same, bias: false)",
    "conv(6, kernel: 3, pad: 1, border: reflect, groups: 2)", "conv(8, kernel: 3, pad: same, groups: 4)",
    "deconv(6, kernel: 4, stride: 2, pad: 1)", "deconv(6, kernel: 3, stride: 2, pad: 1, groups: 2, bias: false)",
  ])
  func aChainBehindAConvolutionIsInItsWeights(convolution: String) throws {
    let item = try PassCase(
      """
      input x[4]
      a = x -> \(convolution)
      b = a -> batchnorm(eps: 1e-3)
      c = b -> scale
      d = c -> bias
      output y = d -> relu
      """, FoldChannelAffine())
    let name = convolution.prefix { $0 != "(" }
    #expect(item.nodes == ["d = \(name)(x)", "y = relu(d)"])
    #expect(
      item.remarks == [
        "`batchnorm` of `b` is in the weights of `\(name)`", "`scale` of `c` is in the weights of `\(name)`",
        "`bias` of `d` is in the weights of `\(name)`",
      ])
    let folded = try #require(item.after.nodes.first)
    #expect(folded.weights.map(\.shape.count) == [4, 1], "it has a bias now")
    try item.expectSameNumbers(sizes: [(3, 2), (6, 9), (13, 4)])
  }

  @Test func anotherReaderKeepsTheConvolutionAsItIs() throws {
    let item = try PassCase(
      """
      input x[4]
      a = x -> conv(6, kernel: 1)
      b = a -> batchnorm(eps: 1e-3)
      output y = add(a, b)
      """, FoldChannelAffine())
    #expect(item.nodes == ["a = conv(x)", "b = batchnorm(a)", "y = add(a, b)"])
    #expect(item.remarks.isEmpty)
    try item.expectSameNumbers()
  }

  @Test func anOutputKeepsTheConvolutionAsItIs() throws {
    let item = try PassCase(
      "input x[4]\na = x -> conv(6, kernel: 1)\noutput raw = a\noutput y = a -> batchnorm(eps: 1e-3)\n",
      FoldChannelAffine())
    #expect(item.nodes == ["a = conv(x)", "y = batchnorm(a)"])
    try item.expectSameNumbers()
  }

  @Test func whatStandsBetweenOrNothingBeforeKeepsIt() throws {
    let item = try PassCase(
      """
      input x[4]
      a = x -> batchnorm(eps: 1e-3)
      b = a -> conv(6, kernel: 3, pad: same)
      c = b -> relu
      d = c -> batchnorm(eps: 1e-3)
      output y = d -> maxpool(1) -> scale
      """, FoldChannelAffine())
    #expect(item.after.nodes.count == 6 && item.remarks.isEmpty)
    try item.expectSameNumbers()
  }

  /// Two uses of one set of weights: what is folded into the first must not reach the second.
  @Test func sharedWeightsAreFoldedForOneUseAlone() throws {
    let item = try PassCase(
      """
      input x[4]
      a = x -> conv(4, kernel: 1) @/shared
      b = a -> batchnorm(eps: 1e-3)
      output y = b -> conv(4, kernel: 1) @/shared
      """, FoldChannelAffine())
    #expect(item.nodes == ["b = conv(x)", "y = conv(b)"])
    try item.expectSameNumbers()
  }
}
