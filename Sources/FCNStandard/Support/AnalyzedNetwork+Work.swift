import FCNCore

extension AnalyzedNetwork {
  /// Multiply-adds of each node for each pixel of a large picture.
  var workPerPixel: [Double] {
    graph.nodes.indices.map { index in
      guard let output = graph.nodes[index].outputs.first else { return 0 }
      let type = graph.values[output].type
      return Double(graph.nodes[index].stage.multiplyAdds(for: inputTypes(index))) * type.height.growth
        * type.width.growth
    }
  }
}
