/// How the further inputs of a fused node are read: their memory form and whether they broadcast.
public struct EpilogueOperand: Sendable {
  public enum Form: Sendable {
    /// A number per channel and pixel, in blocks like the output.
    case full
    /// `[C, 1, 1]`, in blocks.
    case perChannel
    /// `[1, H, W]`; `lanes` apart.
    case perPixel(lanes: Int)
    /// `[1, 1, 1]`
    case scalar
  }

  public var form: Form

  /// - Returns: nil where the form cannot be read beside blocks of the output.
  public init?(type: TensorType, storage: Storage, output: Storage, outputType: TensorType) {
    if type.isPerChannel && type.channels == 1 {
      form = .scalar
    } else if type.channels == 1 && outputType.channels > 1 {
      form = .perPixel(lanes: storage.lanes)
    } else if storage == output && !storage.isPlanar {
      form = type.isPerChannel ? .perChannel : .full
    } else {
      return nil
    }
  }

  /// The rows and columns that the planner's table gives for it.
  public func access(_ type: TensorType) -> SpatialAccess {
    let window = AxisAccess.window(type.isPerChannel ? .broadcast : .identity)
    return SpatialAccess(rows: window, columns: window)
  }

  /// Loads its vector for pixel `x` (a name or number) of the block that lies `blockOffset` floats into the row.
  public func load(
    row: String, blockOffset: String, x: String, target: Target, into writer: inout SwiftWriter
  ) -> String {
    let n = target.suffix
    switch form {
    case .full:
      let pixel = writer.product(x, "\(target.lanes)")
      let offset = writer.sum(blockOffset, pixel)
      return writer.define("e", target.vector, "fcn_load\(n)(\(row) + \(offset))")
    case .perChannel:
      return writer.define("e", target.vector, "fcn_load\(n)(\(row) + \(blockOffset))")
    case .perPixel(let lanes):
      let pixel = writer.product(x, "\(lanes)")
      return writer.define("e", target.vector, "fcn_broadcast\(n)(\(row) + \(pixel))")
    case .scalar:
      return writer.define("e", target.vector, "fcn_broadcast\(n)(\(row))")
    }
  }
}
