import FCNRuntime

/// A stage at the end of a network that gives an answer in place of a map: numbers, points, regions.
///
/// It is written like every stage and stands as an output's last one. The network gives the maps that are its inputs;
/// the program works the answer out of them, in the pixels of the picture. As a value it counts as its first input, and
/// no other stage can read it.
public protocol AnswerStage: Stage {
  /// How the answer is worked out of the inputs, the first one being the map that is asked about.
  func method(for inputs: [TensorType]) -> AnswerMethod

  /// The inputs that hold the further maps of the method, in its order.
  var furtherMaps: [Int] { get }
}

extension AnswerStage {
  public var furtherMaps: [Int] { [] }

  public var facts: StageFacts { StageFacts(isIdentity: true) }

  public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
    index == 0 ? .pointwise : .unread
  }

  public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { [inputs[0]] }
}
