/// One of the two axes of an image.
public enum Axis: String, Hashable, Sendable, CaseIterable {
  case rows, columns

  /// The letter for the size of the image along the axis.
  public var variable: String { self == .rows ? "H" : "W" }
  /// The word for the size along the axis.
  public var sizeName: String { self == .rows ? "height" : "width" }

  /// The size along the axis of a value of a type.
  public var extent: KeyPath<TensorType, Extent> & Sendable { self == .rows ? \.height : \.width }

  /// The part of an access along the axis.
  public func access(_ access: SpatialAccess) -> AxisAccess { self == .rows ? access.rows : access.columns }
}
