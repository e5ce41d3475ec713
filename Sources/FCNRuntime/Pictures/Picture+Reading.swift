import CFCNRuntime

extension Picture {
  /// Decodes a PNG, JPEG or PNM file and turns it upright where its EXIF block says how.
  ///
  /// Fails on files that are broken, cut short, in CMYK colours, or of more than `maximumPixels` pixels; messages do
  /// not name the file.
  /// - Parameter check: is given the height and width of the upright picture before anything is decoded.
  public init(
    decoding file: FileBytes, maximumPixels: Int, check: Check = { _, _ throws(RuntimeFailure) in }
  ) throws(RuntimeFailure) {
    let limit = min(max(maximumPixels, 0), Picture.greatestPixelCount)
    switch FileKind(file.pointer, file.count) {
    case .png: self = try Picture.decode(file, limit, check, measure: fcn_png_measure, decode: fcn_png_decode)
    case .jpeg:
      let orientation = Orientation(exifOf: file)
      let checkUpright: Check = { height, width throws(RuntimeFailure) in
        if orientation.isTransposed { try check(width, height) } else { try check(height, width) }
      }
      self = try Picture.decode(file, limit, checkUpright, measure: fcn_jpeg_measure, decode: fcn_jpeg_decode)
        .turned(by: orientation)
    case .pnm:
      var refusal: RuntimeFailure?
      do throws(RuntimeFailure) {
        self = try Picture(pnm: ByteStream(file), maximumPixels: limit) { height, width throws(RuntimeFailure) in
          do throws(RuntimeFailure) { try check(height, width) } catch {
            refusal = error
            throw error
          }
        }
      } catch {
        throw refusal ?? RuntimeFailure(error.message, help: error.help ?? Picture.damageHelp)
      }
    case .npy, nil: throw RuntimeFailure("neither a PNG, JPEG nor PNM picture")
    }
  }

  /// Throws where a picture of some height and width is not wanted.
  public typealias Check = (_ height: Int, _ width: Int) throws(RuntimeFailure) -> Void

  private typealias Measure = (
    UnsafePointer<UInt8>, Int, UInt64, UnsafeMutablePointer<fcn_picture_header>, UnsafeMutablePointer<CChar>
  ) -> Int32
  private typealias Decode = (
    UnsafePointer<UInt8>, Int, UnsafePointer<fcn_picture_header>, UnsafeMutablePointer<UInt8>,
    UnsafeMutablePointer<CChar>
  ) -> Int32

  private static func decode(
    _ file: FileBytes, _ limit: Int, _ check: Check, measure: Measure, decode: Decode
  ) throws(RuntimeFailure) -> Picture {
    var header = fcn_picture_header()
    let message = try Memory<CChar>(count: FCN_MESSAGE)
    let code = measure(file.pointer, file.count, UInt64(limit), &header, message.pointer)
    guard code == 0 else { throw failure(code, message) }
    guard let depth = Depth(rawValue: Int(header.bits)), (1...4).contains(header.channels) else {
      throw RuntimeFailure("the picture has \(header.channels) channels of \(header.bits) bits")
    }
    try check(Int(header.height), Int(header.width))
    let picture = try Picture(
      height: Int(header.height), width: Int(header.width), channels: Int(header.channels), depth: depth)
    let result = decode(file.pointer, file.count, &header, picture.memory.pointer, message.pointer)
    guard result == 0 else { throw failure(result, message) }
    return picture
  }

  private static func failure(_ code: Int32, _ message: Memory<CChar>) -> RuntimeFailure {
    let text = String(terminated: message.pointer)
    switch code {
    case Int32(FCN_TOO_MANY_PIXELS): return RuntimeFailure(text, help: limitHelp)
    case Int32(FCN_NOT_TAKEN): return RuntimeFailure(text)
    default: return RuntimeFailure(text, help: damageHelp)
    }
  }

  static let limitHelp = "--max-pixels N raises the limit"
  private static let damageHelp = "copy the file again, or save it anew from a picture editor"
}
