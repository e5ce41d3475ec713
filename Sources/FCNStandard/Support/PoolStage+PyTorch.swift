import FCNCore

extension SpatialWindow {
  /// Kernel and stride as PyTorch's pooling functions take them.
  var pytorchPoolArguments: String {
    let kernel = (rows: rows.kernel, columns: columns.kernel)
    let stride = (rows: rows.stride, columns: columns.stride)
    return PythonText.pair(kernel) + (stride == kernel ? "" : ", stride=\(PythonText.pair(stride))")
  }

  /// The padding and rounding as PyTorch's pooling functions take them, with the comma before them; nil where they do
  /// not: they pad both sides alike, and by at most half a window.
  var pytorchPoolPadding: String? {
    guard case .symmetric(let top, let left) = pytorchPadding, 2 * top <= rows.kernel, 2 * left <= columns.kernel else {
      return nil
    }
    let padding = (top, left) == (0, 0) ? "" : ", padding=\(PythonText.pair((top, left)))"
    // Caffe's rounding differs only where a window would lie wholly beyond the image, which is not accepted.
    return padding + (rows.rounding.reachesBeyond ? ", ceil_mode=True" : "")
  }

  /// A tensor with its border, so large that every window is filled.
  func pytorchFilled(_ x: String, border: Border) -> String {
    switch pytorchPadding {
    case .same: "pad_same(\(x), \(pytorchReach)\(border.pytorchPadArguments))"
    case .sides, .symmetric:
      rows.rounding.reachesBeyond
        ? "pad_to_ceil(\(x), \(pytorchReach), \(PyTorchPadding.amounts(sides))\(border.pytorchPadArguments))"
        : "F.pad(\(x), \(PyTorchPadding.amounts(sides))\(border.pytorchPadArguments))"
    }
  }

  /// What `pytorchFilled` calls.
  var pytorchFillDefinitions: [PythonDefinition] {
    if case .same = pytorchPadding { return [.padSame] }
    return rows.rounding.reachesBeyond ? [.padToCeil] : []
  }

  /// The padding of the four sides; zeros where it depends on the size.
  var sides: (top: Int, left: Int, bottom: Int, right: Int) {
    switch pytorchPadding {
    case .same: (0, 0, 0, 0)
    case .sides(let top, let left, let bottom, let right): (top, left, bottom, right)
    case .symmetric(let top, let left): (top, left, top, left)
    }
  }
}

extension PythonDefinition {
  static let padToCeil = PythonDefinition(
    "pad_to_ceil",
    """
    def pad_to_ceil(x, kernel, stride, pad, **fill):
        \"""`x` with `pad` (left, right, top, bottom), and as much more behind it as fills the last windows.

        A last window that would start in the padding is none.
        \"""
        amounts = list(pad)
        for axis, (size, k, s) in enumerate(zip(x.shape[:1:-1], kernel[::-1], stride[::-1])):
            before, after = pad[2 * axis : 2 * axis + 2]
            count = -(-(size + before + after - k) // s) + 1
            if (count - 1) * s >= size + before:
                count -= 1
            amounts[2 * axis + 1] = (count - 1) * s + k - size - before
        return F.pad(x, amounts, **fill)
    """)
}
