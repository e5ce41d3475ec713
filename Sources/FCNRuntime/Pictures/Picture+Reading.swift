import CFCNRuntime

extension Picture {
  /// Decodes a PNG, JPEG or PNM file and turns it upright where its EXIF block says how.
  ///
  /// Fails on files that are broken, cut short, in CMYK colours, or of more than `maximumPixels` pixels; messages do
  /// not name the file.
  public init(decoding file: FileBytes, maximumPixels: Int) throws(RuntimeFailure) {
    let limit = min(max(maximumPixels, 0), Picture.greatestPixelCount)
    switch FileKind(file.pointer, file.count) {
    case .png: self = try Picture.decode(file, limit, measure: fcn_png_measure, decode: fcn_png_decode)
    case .jpeg:
      let upright = try Picture.decode(file, limit, measure: fcn_jpeg_measure, decode: fcn_jpeg_decode)
      self = try upright.turned(by: Orientation(exifOf: file))
    case .pnm: self = try Picture(pnm: file, maximumPixels: limit)
    case .npy, nil: throw RuntimeFailure("neither a PNG, JPEG nor PNM picture")
    }
  }

  private typealias Measure = (
    UnsafePointer<UInt8>, Int, UInt64, UnsafeMutablePointer<fcn_picture_header>, UnsafeMutablePointer<CChar>
  ) -> Int32
  private typealias Decode = (
    UnsafePointer<UInt8>, Int, UnsafePointer<fcn_picture_header>, UnsafeMutablePointer<UInt8>,
    UnsafeMutablePointer<CChar>
  ) -> Int32

  private static func decode(_ file: FileBytes, _ limit: Int, measure: Measure, decode: Decode) throws(RuntimeFailure)
    -> Picture
  {
    var header = fcn_picture_header()
    let message = try Memory<CChar>(count: FCN_MESSAGE)
    guard measure(file.pointer, file.count, UInt64(limit), &header, message.pointer) == 0 else {
      throw RuntimeFailure(String(terminated: message.pointer))
    }
    guard let depth = Depth(rawValue: Int(header.bits)), (1...4).contains(header.channels) else {
      throw RuntimeFailure("the picture has \(header.channels) channels of \(header.bits) bits")
    }
    let picture = try Picture(
      height: Int(header.height), width: Int(header.width), channels: Int(header.channels), depth: depth)
    guard decode(file.pointer, file.count, &header, picture.memory.pointer, message.pointer) == 0 else {
      throw RuntimeFailure(String(terminated: message.pointer))
    }
    return picture
  }
}
