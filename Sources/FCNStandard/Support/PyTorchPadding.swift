import FCNCore

/// How the padding of a window is written in PyTorch.
enum PyTorchPadding {
  /// The same amount on both sides, which PyTorch's modules and functions take themselves.
  case symmetric(rows: Int, columns: Int)
  /// `F.pad` with these amounts goes before.
  case sides(top: Int, left: Int, bottom: Int, right: Int)
  /// TensorFlow's SAME: the amounts depend on the size.
  case same

  /// The amounts as `F.pad` takes them.
  static func amounts(_ sides: (top: Int, left: Int, bottom: Int, right: Int)) -> String {
    PythonText.list([sides.left, sides.right, sides.top, sides.bottom])
  }
}

extension SpatialWindow {
  var pytorchPadding: PyTorchPadding {
    guard let (top, bottom) = rows.fixedPadding, let (left, right) = columns.fixedPadding else { return .same }
    return top == bottom && left == right
      ? .symmetric(rows: top, columns: left) : .sides(top: top, left: left, bottom: bottom, right: right)
  }

  /// Kernel and stride as pairs of pixels from the first tap to the last, both included, and pixels between windows.
  var pytorchReach: String {
    "(\(rows.effectiveKernel), \(columns.effectiveKernel)), (\(rows.stride), \(columns.stride))"
  }
}

extension WindowAxis {
  /// The pixels before and after, nil where they depend on the size. With a stride of 1, SAME does not.
  fileprivate var fixedPadding: (before: Int, after: Int)? {
    switch padding {
    case .amount(let before, let after): (before, after)
    case .sameTF: stride == 1 ? ((effectiveKernel - 1) / 2, effectiveKernel / 2) : nil
    }
  }
}

extension Border {
  /// The `mode` or `value` of `F.pad`, with the comma before it; nothing for zeros.
  var pytorchPadArguments: String {
    switch self {
    case .zero, .constant(0): ""
    case .negativeInfinity: #", value=float("-inf")"#
    case .replicate: #", mode="replicate""#
    case .reflect: #", mode="reflect""#
    case .constant(let number): ", value=\(PythonText.of(number))"
    }
  }

  /// The `padding_mode` of PyTorch's convolutions.
  var pytorchPaddingMode: String {
    switch self {
    case .replicate: #""replicate""#
    case .reflect: #""reflect""#
    default: #""zeros""#
    }
  }
}

extension PythonDefinition {
  static let padSame = PythonDefinition(
    "pad_same",
    """
    def pad_same(x, kernel, stride, **fill):
        \"""TensorFlow's SAME padding, the odd pixel after; `kernel`: from the first tap to the last.\"""
        amounts = []
        for size, k, s in zip(x.shape[:1:-1], kernel[::-1], stride[::-1]):
            total = max((-(-size // s) - 1) * s + k - size, 0)
            amounts += [total // 2, total - total // 2]
        return F.pad(x, amounts, **fill)
    """)
}
