import FCNCore

extension Stage {
  /// A type of one pixel, for the image sizes for which `input` is defined.
  static func singlePixel(_ input: TensorType, channels: Int) throws(Rejection) -> TensorType {
    try sizes { () throws(Extent.Failure) in
      TensorType(
        channels: channels, height: try Extent.constant(1).restricted(toDomainOf: input.height),
        width: try Extent.constant(1).restricted(toDomainOf: input.width))
    }
  }
}

extension TensorType {
  /// The numbers of this value for every image; nil where the image's size decides.
  var constantCount: Int? {
    guard let height = height.constantValue, let width = width.constantValue else { return nil }
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    let (count, overflowChannels) = channels.multipliedReportingOverflow(by: pixels)
    return overflow || overflowChannels ? nil : count
  }
}
