import FCNCore
import FCNStandard
import Testing

@testable import FCNRuntime

/// Which positions have seen an edge: worked out by hand.
@Suite struct BorderInfluenceTests {
  private func influence(_ stages: String, size: Int) throws -> BorderInfluence {
    let result = Elaborated(
      "network n\ninput image[3]\noutput y: raw = image -> \(stages)\n", plugin: StandardPlugin.self)
    let graph = try #require(result.graph, "\(result.diagnostics.map(\.message))")
    return try BorderInfluence(graph, of: graph.outputs[0].value, .rows, size: size)
  }

  @Test func everyConvolutionWidensTheBand() throws {
    let one = try influence("conv(3, kernel: 3, pad: same)", size: 9)
    #expect(one.nodes.map(\.count) == [1, 0, 0, 0, 0, 0, 0, 0, 1])
    // Position 0 sees an edge in both, position 1 sees what the first made of it.
    let two = try influence("conv(3, kernel: 3, pad: same) -> relu -> conv(3, kernel: 3, pad: same)", size: 9)
    #expect(two.nodes.map(\.count) == [2, 1, 0, 0, 0, 0, 0, 1, 2])
    #expect(two.band ?? (0, 0) == (2, 2) && two.depth == 2)
  }

  @Test func validConvolutionsSeeNoEdge() throws {
    let influence = try influence("conv(3, kernel: 5, pad: valid) -> maxpool(2)", size: 20)
    #expect(influence.depth == 0 && influence.band ?? (9, 9) == (0, 0))
  }

  /// A stride of 2 with a padding of 1 looks beyond the first edge always, beyond the last for odd sizes only.
  @Test func stridesSeeTheLastEdgeForOddSizes() throws {
    #expect(try influence("conv(3, kernel: 3, stride: 2, pad: 1)", size: 8).nodes.map(\.count) == [1, 0, 0, 0])
    #expect(try influence("conv(3, kernel: 3, stride: 2, pad: 1)", size: 9).nodes.map(\.count) == [1, 0, 0, 0, 1])
  }

  /// Where one bilinear neighbour lies beyond the edge, the edge pixel stands for it; nearest needs none.
  @Test func enlargingByHalfPixelsSeesEdges() throws {
    let bilinear = try influence("upsample(2, mode: bilinear, grid: half_pixel)", size: 3)
    #expect(bilinear.nodes.map(\.count) == [1, 0, 0, 0, 0, 1])
    #expect(try influence("upsample(2, mode: nearest, grid: half_pixel)", size: 3).depth == 0)
  }

  @Test func behindAGlobalMeanAllPositionsHaveSeenTheEdges() throws {
    let result = Elaborated(
      "network n\ninput image[3]\nx = image -> conv(3, kernel: 3, pad: same)\noutput y: raw = x * (x -> global_mean)\n",
      plugin: StandardPlugin.self)
    let graph = try #require(result.graph)
    let influence = try BorderInfluence(graph, of: graph.outputs[0].value, .rows, size: 16)
    #expect(influence.band == nil && influence.nodes.allSatisfy { $0.count == 1 })
  }

  /// What programs carry, a table by the remainder of the size, says the same as looking at every position of every size.
  @Test(arguments: [
    "conv(3, kernel: 3, pad: same) -> relu -> conv(3, kernel: 5, pad: same)",
    "conv(4, kernel: 3, stride: 2, pad: 1) -> conv(4, kernel: 3, stride: 2, pad: 1)",
    "conv(3, kernel: 5, pad: valid) -> maxpool(2)",
    "maxpool(3, stride: 2, pad: 1, round: ceil) -> conv(3, kernel: 3, dilation: 2, pad: 2)",
    "conv(4, kernel: 3, stride: 3, pad: 1) -> deconv(3, kernel: 4, stride: 2, pad: 1)",
    "upsample(2, mode: bilinear, grid: half_pixel) -> conv(3, kernel: 3, pad: same, border: reflect)",
    "avgpool(4) -> upsample(3, mode: nearest, grid: asymmetric)", "pad(3, mode: replicate) -> crop([1, 0, 4, 2])",
    "identity",
  ])
  func tablesAgreeWithEveryPosition(stages: String) throws {
    let result = Elaborated(
      "network n\ninput image[3]\noutput y: raw = image -> \(stages)\n", plugin: StandardPlugin.self)
    let graph = try #require(result.graph, "\(result.diagnostics.map(\.message))")
    let rules = try SizeRules(of: graph)
    let value = graph.outputs[0].value
    for size in 1...70 {
      for (axis, output) in [(Axis.rows, rules.rows.outputs[0]), (.columns, rules.columns.outputs[0])] {
        guard let count = graph.values[value].type[keyPath: axis.extent](size) else { continue }
        let influence = try BorderInfluence(graph, of: value, axis, size: size)
        // From the first to the last position that no edge has touched.
        let band = influence.band
        let expected = (0..<count).map { index in
          band.map { index >= $0.before && index < count - $0.after } ?? false
        }
        let found = output.edges.isUntouched(
          count: count, places: output.places, axis: FittedAxis(given: size, size: size, start: 0))
        #expect(found == expected, "\(stages), \(axis), size \(size)")
      }
    }
  }

  @Test func whatIsNotLocalIsTouchedAsAWhole() throws {
    let result = Elaborated(
      "network n\ninput image[3]\nx = image -> conv(3, kernel: 3, pad: same)\noutput y: raw = x * (x -> global_mean)\n",
      plugin: StandardPlugin.self)
    let rules = try SizeRules(of: #require(result.graph))
    #expect(rules.rows.outputs[0].edges.bands == [.all] && rules.rows.outputs[0].edges.reach == nil)
  }
}
