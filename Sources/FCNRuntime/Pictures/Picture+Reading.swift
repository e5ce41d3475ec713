import CFCNRuntime

extension Picture {
  /// Decodes a PNG, JPEG, TIFF or PNM file and turns it upright where it says how.
  ///
  /// Fails on files that are broken, cut short, in CMYK colours, or of more than `maximumPixels` pixels, and where there
  /// is not what `choice` names; messages do not name the file.
  /// - Parameter check: is given the height, width and channels of the upright picture before anything is decoded.
  public init(
    decoding file: FileBytes, maximumPixels: Int, choice: ChannelChoice = ChannelChoice(),
    check: Check = { _, _, _ throws(RuntimeFailure) in }
  ) throws(RuntimeFailure) {
    let limit = min(max(maximumPixels, 0), Picture.greatestPixelCount)
    let kind = FileKind(file.pointer, file.count)
    if case .tiff = kind {
      self = try Picture(tiff: file, maximumPixels: limit, choice: choice, check: check)
      return
    }
    _ = try choice.pages(of: 1)
    let checkChosen: Check = { height, width, channels throws(RuntimeFailure) in
      try check(height, width, try choice.samples(of: channels).count)
    }
    let picture = try Picture(kind, file, limit, checkChosen)
    self = choice.samples == nil ? picture : try picture.taking(channels: choice.samples(of: picture.channels))
  }

  /// Decodes a file of one picture whole.
  private init(_ kind: FileKind?, _ file: FileBytes, _ limit: Int, _ check: Check) throws(RuntimeFailure) {
    let orientation = Orientation(exifOf: file)
    let checkUpright: Check = { height, width, channels throws(RuntimeFailure) in
      if orientation.isTransposed { try check(width, height, channels) } else { try check(height, width, channels) }
    }
    switch kind {
    case .png:
      self = try Picture.decode(file, limit, checkUpright, measure: fcn_png_measure, decode: fcn_png_decode)
        .turned(by: orientation)
    case .jpeg:
      self = try Picture.decode(file, limit, checkUpright, measure: fcn_jpeg_measure, decode: fcn_jpeg_decode)
        .turned(by: orientation)
    case .pnm:
      var refusal: RuntimeFailure?
      do throws(RuntimeFailure) {
        self = try Picture(pnm: ByteStream(file), maximumPixels: limit) {
          height, width, channels throws(RuntimeFailure) in
          do throws(RuntimeFailure) { try check(height, width, channels) } catch {
            refusal = error
            throw error
          }
        }
      } catch {
        throw refusal ?? RuntimeFailure(error.message, help: error.help ?? Picture.damageHelp)
      }
    case .tiff, .npy, nil: throw RuntimeFailure("neither a PNG, JPEG, TIFF nor PNM picture")
    }
  }

  /// Throws where a picture of some height, width and number of channels is not wanted.
  public typealias Check = (_ height: Int, _ width: Int, _ channels: Int) throws(RuntimeFailure) -> Void

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
    let channels = Int(header.channels)
    guard header.bits == 8 || header.bits == 16, (1...4).contains(channels) else {
      throw RuntimeFailure("the picture has \(channels) channels of \(header.bits) bits")
    }
    try check(Int(header.height), Int(header.width), channels)
    let picture = try Picture(
      height: Int(header.height), width: Int(header.width), channels: channels,
      depth: header.bits == 8 ? .eight : .sixteen, alpha: channels % 2 == 0 ? Alpha(channel: channels - 1) : nil)
    let result = decode(file.pointer, file.count, &header, picture.memory.pointer, message.pointer)
    guard result == 0 else { throw failure(result, message) }
    return picture
  }

  static func failure(_ code: Int32, _ message: Memory<CChar>) -> RuntimeFailure {
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
