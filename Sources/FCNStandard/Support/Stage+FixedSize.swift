import FCNCore

extension Stage {
  /// A type with the channels of `input` and the same size for every image for which `input` is defined.
  static func fixedSize(_ size: (rows: Int, columns: Int), of input: TensorType) throws(Rejection) -> TensorType {
    var output = input
    try sizes { () throws(Extent.Failure) in
      output.height = try Extent.constant(size.rows).restricted(toDomainOf: input.height)
      output.width = try Extent.constant(size.columns).restricted(toDomainOf: input.width)
    }
    return output
  }

  /// A type of one pixel of real numbers, for the image sizes for which `input` is defined.
  static func singlePixel(_ input: TensorType, channels: Int) throws(Rejection) -> TensorType {
    let pixel = try fixedSize((1, 1), of: input)
    return TensorType(channels: channels, height: pixel.height, width: pixel.width)
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
