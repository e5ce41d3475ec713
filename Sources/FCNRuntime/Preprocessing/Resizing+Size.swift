extension Resizing {
  /// The size that a picture of this size is brought to: sides in proportion are rounded down, and at least 1.
  /// nil where it has more than 2^31 pixels.
  public func size(height: Int, width: Int) -> (height: Int, width: Int)? {
    let result: (height: Int?, width: Int?) =
      switch size {
      case .exact(let height, let width): (height, width)
      case .shortSide(let side):
        height <= width
          ? (side, Resizing.scaled(width, side, height)) : (Resizing.scaled(height, side, width), side)
      case .longSide(let side):
        height >= width
          ? (side, Resizing.scaled(width, side, height)) : (Resizing.scaled(height, side, width), side)
      case .factor(let numerator, let denominator):
        (Resizing.scaled(height, numerator, denominator), Resizing.scaled(width, numerator, denominator))
      }
    guard let height = result.height, let width = result.width else { return nil }
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    return height < 1 || width < 1 || overflow || pixels > Picture.greatestPixelCount ? nil : (height, width)
  }

  private static func scaled(_ side: Int, _ numerator: Int, _ denominator: Int) -> Int? {
    let (product, overflow) = side.multipliedReportingOverflow(by: numerator)
    return overflow || denominator < 1 ? nil : max(product / denominator, 1)
  }
}
