import FCNCore
import FCNStandard
import Testing

@Suite struct FuseEpiloguesTests {
  @Test func aChainOfPointwiseStagesJoinsTheKernelBefore() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(8, kernel: 3, pad: same)
      b = a -> prelu
      c = b -> mul(by: 0.5)
      output y = c -> sigmoid
      """, FuseEpilogues())
    #expect(item.nodes == ["y = conv(x; )"])
    #expect(
      item.remarks == [
        "`prelu` of `b` is done by the kernel of `conv`", "`mul` of `c` is done by the kernel of `conv`",
        "`sigmoid` of `y` is done by the kernel of `conv`",
      ])
    try item.expectSameNumbers()
  }

  @Test func aResidualAdditionReadsTheOtherBranchInTheKernel() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(8, kernel: 1)
      b = a -> conv(8, kernel: 3, pad: same)
      c = sub(a, b)
      output y = c -> relu
      """, FuseEpilogues())
    #expect(item.nodes == ["a = conv(x)", "y = conv(a; a)"])
    try item.expectSameNumbers()
  }

  @Test func ofTwoKernelsTheLaterOneTakesTheJoin() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(8, kernel: 3, pad: same) -> relu
      b = x -> conv(8, kernel: 1) -> prelu
      c = div(a, b -> sigmoid -> add(by: 1))
      output y = c -> tanh
      """, FuseEpilogues())
    #expect(item.nodes.count == 2 && item.nodes.last == "y = conv(x; a)", "\(item.nodes)")
    try item.expectSameNumbers()
  }

  @Test func aValueThatOneStageReadsTwiceIsFused() throws {
    let item = try PassCase("input x[3]\na = x -> conv(4, kernel: 1)\noutput y = mul(a, a)\n", FuseEpilogues())
    #expect(item.nodes == ["y = conv(x; )"])
    try item.expectSameNumbers()
  }

  @Test func aValueWithAnotherReaderStays() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(4, kernel: 1)
      b = a -> relu
      output y = a -> maxpool(1)
      output z = b
      """, FuseEpilogues())
    #expect(item.nodes == ["a = conv(x)", "b = relu(a)", "y = maxpool(a)"])
    #expect(item.remarks.isEmpty)
    try item.expectSameNumbers()
  }

  @Test func anOutputStays() throws {
    let item = try PassCase(
      "input x[3]\na = x -> conv(4, kernel: 1)\noutput y = a\noutput z = a -> relu\n", FuseEpilogues())
    #expect(item.nodes == ["a = conv(x)", "z = relu(a)"])
    try item.expectSameNumbers()
  }

  /// A network input lies in planes, a convolution's result in blocks of channels.
  @Test func anInputOfTheNetworkIsNotReadBesideAKernel() throws {
    let item = try PassCase(
      "input x[4]\na = x -> conv(4, kernel: 3, pad: same)\noutput y = add(a, x)\n", FuseEpilogues())
    #expect(item.nodes == ["a = conv(x)", "y = add(a, x)"])
    try item.expectSameNumbers()
  }

  @Test func gatesAreReadInTheKernelOfTheValueThatTheyGate() throws {
    let item = try PassCase(
      """
      input x[3]
      s = x -> global_mean -> conv(6, kernel: 1)
      m = x -> conv(1, kernel: 3, pad: same)
      a = x -> conv(6, kernel: 3, pad: same)
      b = mul(s, a)
      output y = mul(b, m)
      """, FuseEpilogues())
    #expect(item.nodes.last == "y = conv(x; s, m)", "\(item.nodes)")
    #expect(item.after.nodes.count == 4)
    try item.expectSameNumbers()
  }

  /// The gate is computed after the value that it gates, so the kernel moves behind it.
  @Test func aKernelMovesBehindWhatItReads() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(6, kernel: 3, pad: same)
      s = x -> global_mean -> conv(6, kernel: 1)
      output y = mul(a, s)
      """, FuseEpilogues())
    #expect(item.nodes.last == "y = conv(x; s)", "\(item.nodes)")
    try item.expectSameNumbers()
  }

  @Test func pointwiseStagesWithoutAKernelBeforeJoinEachOther() throws {
    let item = try PassCase(
      "input x[3]\ninput g[3]\na = add(x, g)\nb = a -> relu\noutput y = mul(b, g)\n", FuseEpilogues())
    #expect(item.nodes == ["y = add(x, g; g)"])
    try item.expectSameNumbers()
  }

  /// A formula grows by what is put into it, and one that reads itself twice doubles.
  @Test func aFormulaHasALimit() throws {
    var text = "input x[2]\na0 = x -> conv(4, kernel: 1)\n"
    for index in 1...12 { text += "a\(index) = max(a\(index - 1), mul(a\(index - 1), a\(index - 1)))\n" }
    let item = try PassCase(text + "output y = a12 -> tanh\n", FuseEpilogues())
    #expect(item.after.nodes.allSatisfy { ($0.epilogue?.expression.size ?? 0) <= 64 })
    #expect(item.after.nodes.contains { $0.epilogue != nil })
    try item.expectSameNumbers(sizes: [(1, 3), (4, 5)])
  }
}
