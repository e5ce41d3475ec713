extension Graph {
  /// The numbers of all weights that the outputs depend on; shared ones count once.
  public var parameterCount: Int {
    var weights: [String: Int] = [:]
    let isLive = liveNodes
    for (index, node) in nodes.enumerated() where isLive[index] {
      for requirement in node.stage.weights(for: node.inputs.map({ values[$0].type })) {
        weights["\(node.weightPath).\(requirement.name)"] = requirement.shape.reduce(1, *)
      }
    }
    return weights.values.reduce(0, +)
  }

  /// The multiply-adds that the outputs need, for every image size.
  public var multiplyAdds: SizePolynomial {
    var sum = SizePolynomial()
    let isLive = liveNodes
    for (index, node) in nodes.enumerated() where isLive[index] {
      guard let type = node.outputs.first.map({ values[$0].type }) else { continue }
      sum.add(
        node.stage.multiplyAdds(for: node.inputs.map { values[$0].type }), height: type.height, width: type.width)
    }
    return sum
  }
}
