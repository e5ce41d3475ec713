import FCNCore

/// Takes a scale and shift per channel (batch norm) into the weights of the stage before it.
public struct FoldChannelAffine: Pass {
  public let name = "fold-channel-affine"
  public let summary = "a batch norm, scale or bias behind a convolution becomes part of its weights"

  public init() {}

  public func run(_ graph: Graph) -> (graph: Graph, remarks: [String]) {
    var result = graph
    var remarks: [String] = []
    let counts = graph.readCounts
    result.nodes = []
    var producers: [Int: Int] = [:]
    for node in graph.nodes {
      if let affine = node.stage as? any ChannelAffineStage, node.inputs.count == 1, node.epilogue == nil,
        counts[node.inputs[0]] == 1, let position = producers[node.inputs[0]],
        let absorber = result.nodes[position].stage as? any AffineAbsorbingStage,
        result.nodes[position].epilogue == nil
      {
        let before = result.nodes[position]
        let channels = graph.values[node.outputs[0]].type.channels
        let (scale, shift) = affine.affine(weights: node.weights, channels: channels)
        let (stage, weights) = absorber.absorbing(scale: scale, shift: shift, weights: before.weights)
        result.nodes[position].stage = stage
        result.nodes[position].weights = weights
        result.nodes[position].outputs = node.outputs
        producers[node.outputs[0]] = position
        remarks.append(
          "`\(type(of: node.stage).signature.name)` of `\(graph.values[node.outputs[0]].name)` is in the weights of "
            + "`\(type(of: before.stage).signature.name)`")
        continue
      }
      result.nodes.append(node)
      for output in node.outputs { producers[output] = result.nodes.count - 1 }
    }
    return (result, remarks)
  }
}
