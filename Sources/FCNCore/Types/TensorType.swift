/// What is known of a value when the program is compiled: its channels, and its size as a function of the input's.
public struct TensorType: Hashable, Sendable {
  /// What the numbers of a value are.
  public enum Element: Hashable, Sendable {
    /// Real numbers (32-bit floating point).
    case real
    /// Indexes of classes, from 0 to `count - 1`, as whole numbers.
    case label(count: Int)
  }

  public var channels: Int
  public var height: Extent
  public var width: Extent
  public var element: Element

  public init(channels: Int, height: Extent, width: Extent, element: Element = .real) {
    self.channels = channels
    self.height = height
    self.width = width
    self.element = element
  }

  /// `[C, 1, 1]`: one number per channel, by declaration.
  public var isPerChannel: Bool { height.isOne && width.isOne }
  /// `[1, H, W]`: one number per pixel.
  public var isPerPixel: Bool { channels == 1 && !isPerChannel }
}
