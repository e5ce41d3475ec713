extension Extent {
  /// The size of an input that has `size` pixels along an axis and never another number of them.
  public static func fixed(_ size: Int) -> Extent { .constant(size) }
}
