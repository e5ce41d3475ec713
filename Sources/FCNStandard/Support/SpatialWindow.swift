import FCNCore

/// A window that slides over rows and columns.
struct SpatialWindow: Hashable, Sendable {
  var rows: WindowAxis
  var columns: WindowAxis

  /// The size of the output for an input of this type.
  func output(of type: TensorType) throws(Extent.Failure) -> (height: Extent, width: Extent) {
    (try rows.output(of: type.height), try columns.output(of: type.width))
  }

  func access(_ type: TensorType, border: Border) -> SpatialAccess {
    SpatialAccess(rows: rows.access(type.height), columns: columns.access(type.width), border: border)
  }

  /// An input with its border around it, exactly as large as the windows reach, and the number of windows.
  func bordered(_ input: Tensor, _ border: Border) -> (planes: Tensor, height: Int, width: Int) {
    let vertical = rows.layout(input.height)
    let horizontal = columns.layout(input.width)
    let planes = input.bordered(
      top: vertical.before, left: horizontal.before,
      height: (vertical.count - 1) * rows.stride + rows.effectiveKernel,
      width: (horizontal.count - 1) * columns.stride + columns.effectiveKernel, border)
    return (planes, vertical.count, horizontal.count)
  }
}
