import FCNCore
import FCNStandard
import Testing

@Suite struct DropIdentitiesTests {
  @Test func readersReadWhatStandsBeforeAChain() throws {
    let item = try PassCase(
      """
      input x[3]
      a = x -> conv(4, kernel: 1)
      b = a -> identity
      c = b -> dropout(0.3)
      d = add(c, b)
      output y = d -> relu
      """, DropIdentities())
    #expect(item.nodes == ["a = conv(x)", "d = add(a, a)", "y = relu(d)"])
    #expect(item.remarks == ["`b` is `a`", "`c` is `a`"])
    try item.expectSameNumbers()
  }

  @Test func anOutputCanBeAnInput() throws {
    let item = try PassCase(
      "input x[3]\noutput y = x -> dropout\noutput z = x -> identity -> dropout\n", DropIdentities())
    #expect(item.nodes.isEmpty)
    #expect(item.outputs == ["x", "x"])
    #expect(item.after.outputs.map(\.description.name) == ["y", "z"])
    try item.expectSameNumbers()
  }

  @Test func aStageThatOnlyLooksLikeAnIdentityStays() throws {
    let item = try PassCase("input x[3]\noutput y = x -> crop(0) -> add(by: 0) -> mul(by: 1)\n", DropIdentities())
    #expect(item.after.nodes.count == 3 && item.remarks.isEmpty)
    try item.expectSameNumbers()
  }
}
