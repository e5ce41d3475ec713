/// How the shape of a tensor relates to the shape that a stage needs.
enum WeightShape {
  /// True where the tensor holds the weight: the shapes are equal, or a number per channel is stored in one of the
  /// forms that mean the same (`[C]`, `[C, 1, 1]`, `[1, C, 1, 1]`, and `[1]` for one number for all).
  static func fits(_ tensor: [Int], _ requirement: [Int]) -> Bool {
    if tensor == requirement { return true }
    guard requirement.count == 1 else { return false }
    return perChannel(tensor) == requirement[0] || isSingle(tensor)
  }

  /// The tensor in the shape that is needed, nil where it does not fit.
  static func adapt(_ tensor: WeightTensor, to requirement: [Int]) -> WeightTensor? {
    guard fits(tensor.shape, requirement) else { return nil }
    guard tensor.shape != requirement else { return tensor }
    guard tensor.values.count != requirement[0] else { return WeightTensor(shape: requirement, values: tensor.values) }
    return WeightTensor(shape: requirement, values: Array(repeating: tensor.values[0], count: requirement[0]))
  }

  /// The shape with a number per channel written as `[C]`, so that shapes that mean the same are equal.
  static func canonical(_ shape: [Int]) -> [Int] { perChannel(shape).map { [$0] } ?? shape }

  /// What has to be done to a tensor so that it fits, in words, nil where nothing simple helps.
  static func remedy(_ tensor: [Int], _ requirement: [Int]) -> String? {
    let orders = requirement.count == 2 ? [([1, 0], "with rows and columns exchanged")] : kernelOrders
    if tensor.count == requirement.count {
      for (order, words) in orders where order.count == tensor.count && order.map({ tensor[$0] }) == requirement {
        let list = order.map(String.init).joined(separator: ", ")
        return "it is stored \(words) and fits when its axes are transposed by (\(list))"
      }
    }
    // A dense layer applied at one place of a picture is a convolution by 1 x 1.
    guard requirement.count == 4, requirement[2...] == [1, 1], tensor.count == 2 else { return nil }
    let matrix = Array(requirement[..<2])
    if tensor == matrix { return "it is the matrix of a dense layer and fits when it is reshaped to \(requirement)" }
    if tensor == matrix.reversed() {
      return "it is the matrix of a dense layer, transposed, and fits when it is transposed and reshaped to "
        + "\(requirement)"
    }
    return nil
  }

  /// Orders in which kernels are stored elsewhere, and the axes of the tensor that PyTorch's axes are.
  private static let kernelOrders: [(order: [Int], words: String)] = [
    ([3, 2, 0, 1], "as HWIO (TensorFlow's rows, columns, in, out) where OIHW is needed"),
    ([2, 3, 0, 1], "as HWOI (TensorFlow's depthwise or transposed rows, columns, out, in) where OIHW is needed"),
    ([1, 0, 2, 3], "with its in and out channels exchanged (IOHW for OIHW)"),
    ([0, 3, 1, 2], "as OHWI (TensorFlow Lite's out, rows, columns, in) where OIHW is needed"),
    ([0, 1, 3, 2], "with rows and columns exchanged"),
  ]

  private static func perChannel(_ shape: [Int]) -> Int? {
    switch shape.count {
    case 1: shape[0]
    case 3 where shape[1...] == [1, 1]: shape[0]
    case 4 where shape[0] == 1 && shape[2...] == [1, 1]: shape[1]
    default: nil
    }
  }

  private static func isSingle(_ shape: [Int]) -> Bool { shape.isEmpty || perChannel(shape) == 1 }
}
