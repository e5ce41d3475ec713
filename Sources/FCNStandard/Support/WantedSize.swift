import FCNCore

/// The size that a stage is told to give.
public enum WantedSize: Hashable, Sendable {
  /// That of an input, by its position.
  case like(Int)
  /// The same for every image.
  case fixed(rows: Int, columns: Int)

  /// The size that the arguments `like` or `size` give; nil where neither does.
  init?(_ arguments: Arguments) {
    if let like = arguments.input("like") {
      self = .like(like)
    } else if arguments.contains("size") {
      let size = arguments.window("size")
      self = .fixed(rows: size.rows, columns: size.columns)
    } else {
      return nil
    }
  }

  /// The parameter `size` with its manual text.
  static func parameter(_ otherwise: String) -> Parameter {
    Parameter(
      "size", .window(1...65536), default: .optional(otherwise),
      "Rows and columns of the output, the same for every image.")
  }

  /// Why a stage that gives this size makes a network fixed.
  var fixesSize: String? {
    switch self {
    case .like: nil
    case .fixed: "its output has the same size for every image"
    }
  }

  func height(of inputs: [TensorType]) -> Extent {
    switch self {
    case .like(let index): inputs[index].height
    case .fixed(let rows, _): .constant(rows)
    }
  }

  func width(of inputs: [TensorType]) -> Extent {
    switch self {
    case .like(let index): inputs[index].width
    case .fixed(_, let columns): .constant(columns)
    }
  }

  /// The size for given inputs.
  func size(of inputs: [Tensor]) -> (height: Int, width: Int) {
    switch self {
    case .like(let index): (inputs[index].height, inputs[index].width)
    case .fixed(let rows, let columns): (rows, columns)
    }
  }
}
