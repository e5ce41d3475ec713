/// The first line of a YUV4MPEG2 stream (the format of mjpegtools): the measures of its frames and how colours are kept.
struct Y4MHeader {
  /// How chroma is kept, as the parameter C says.
  enum Chroma: CaseIterable {
    case mono
    /// One sample for 2x2 pixels: in their middle (as in JPEG and MPEG-1), in the middle of the left ones (MPEG-2), or on
    /// the first of them (DV).
    case c420jpeg, c420mpeg2, c420paldv
    /// One sample for two pixels side by side, on the first of them.
    case c422
    case c444

    var word: String {
      switch self {
      case .mono: "mono"
      case .c420jpeg: "420jpeg"
      case .c420mpeg2: "420mpeg2"
      case .c420paldv: "420paldv"
      case .c422: "422"
      case .c444: "444"
      }
    }

    func rows(_ height: Int) -> ChromaAxis {
      let isHalved = self == .c420jpeg || self == .c420mpeg2 || self == .c420paldv
      return ChromaAxis(size: height, step: isHalved ? 2 : 1, isCentred: self != .c420paldv)
    }

    func columns(_ width: Int) -> ChromaAxis {
      ChromaAxis(size: width, step: self == .c444 ? 1 : 2, isCentred: self == .c420jpeg)
    }
  }

  var height: Int
  var width: Int
  /// Frames a second, as numerator:denominator.
  var rate = "25:1"
  /// The measures of a pixel, width:height; nil where nothing is said.
  var aspect: String?
  var chroma = Chroma.c420jpeg
  /// Whether samples go from 0 to 255.
  var isFull = false

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// No header and no line before a frame is longer.
  static let greatestLength = 4096

  /// Reads the words of the line behind `YUV4MPEG2`.
  init(_ line: String) throws(RuntimeFailure) {
    self.init(height: 0, width: 0)
    for word in Array(line.utf8).split(separator: 0x20).dropFirst() {
      let value = String(decoding: word.dropFirst(), as: UTF8.self)
      switch word.first {
      case 0x57: width = value.naturalNumber ?? 0
      case 0x48: height = value.naturalNumber ?? 0
      case 0x46: rate = value
      case 0x41: aspect = value
      case 0x49: try Y4MHeader.checkInterlacing(value)
      case 0x43: chroma = try Y4MHeader.chroma(value)
      case 0x58: if value.isSame(as: "COLORRANGE=FULL") { isFull = true }
      default: break
      }
    }
    guard height > 0, width > 0, height <= Picture.greatestPixelCount, width <= Picture.greatestPixelCount else {
      throw RuntimeFailure("the header of the Y4M stream names no size that a picture can have: \(line)")
    }
  }

  private static func checkInterlacing(_ value: String) throws(RuntimeFailure) {
    guard value.isSame(as: "p") || value.isSame(as: "?") else {
      throw RuntimeFailure(
        "the Y4M stream is interlaced (I\(value)): its frames are two half pictures each",
        help: "make whole ones of them: ffmpeg -i VIDEO -vf yadif -f yuv4mpegpipe -")
    }
  }

  private static func chroma(_ value: String) throws(RuntimeFailure) -> Chroma {
    if value.isSame(as: "420") { return .c420jpeg }
    for chroma in Chroma.allCases where value.isSame(as: chroma.word) { return chroma }
    throw RuntimeFailure(
      "the Y4M stream is of the kind C\(value), which is not taken",
      help: "take one of 8 bits (\(listed(Chroma.allCases.map { "C" + $0.word }))): ffmpeg -i VIDEO -pix_fmt yuv420p "
        + "-f yuv4mpegpipe -")
  }

  var text: String {
    "YUV4MPEG2 W\(width) H\(height) F\(rate) Ip" + (aspect.map { " A" + $0 } ?? "") + " C" + chroma.word
      + " XCOLORRANGE=" + (isFull ? "FULL" : "LIMITED")
  }

  var chromaCount: Int { chroma == .mono ? 0 : chroma.rows(height).count * chroma.columns(width).count }

  /// The bytes of a frame: luma, and twice the chroma.
  var frameSize: Int { height * width + 2 * chromaCount }
}
