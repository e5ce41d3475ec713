/// Takes one frame after the other from a stream of PNM pictures or of Y4M, whichever it is. What it holds at a time is one
/// frame.
struct FrameReader {
  private let stream: ByteStream
  /// The header of a Y4M stream; nil: PNM pictures.
  let video: Y4MHeader?
  private let matrix: VideoColors.Matrix?
  /// The bytes of a frame of a Y4M stream.
  private var frame: Memory<UInt8>?

  /// Looks at the begin of the stream.
  /// - Parameters:
  ///   - file: the descriptor of the open file.
  ///   - matrix: the colours of Y4M; nil: by the size of its pictures.
  init(_ file: Int32, matrix: VideoColors.Matrix?) throws(RuntimeFailure) {
    stream = try ByteStream(file: file)
    self.matrix = matrix
    do throws(RuntimeFailure) {
      switch try stream.peek() {
      case 0x50: video = nil
      case 0x59: video = try Y4MHeader(try FrameReader.line(stream, "YUV4MPEG2", "the header"))
      case nil: throw RuntimeFailure("there is no frame", help: "look what the program before the pipe says")
      default:
        throw RuntimeFailure(
          "this is no stream of PNM pictures (P2, P3, P5, P6) or Y4M",
          help:
            "make one: ffmpeg -i VIDEO -pix_fmt yuv420p -f yuv4mpegpipe -; a single picture of another kind is read "
            + "from /dev/stdin")
      }
    } catch {
      throw FrameReader.named(error)
    }
  }

  private static func named(_ failure: RuntimeFailure) -> RuntimeFailure {
    RuntimeFailure(failure.messages.map { "standard input: " + $0 }, help: failure.help)
  }

  var form: FrameForm { video == nil ? .pnm : .y4m }

  /// The next frame; nil at the end.
  /// - Parameter check: is given the height and width before anything is decoded.
  mutating func next(maximumPixels: Int, check: Picture.Check) throws(RuntimeFailure) -> Picture? {
    guard let video else {
      // Some programs end a picture with a line feed.
      while let byte = try stream.peek(), byte == 0x0A || byte == 0x0D || byte == 0x20 { stream.skip() }
      guard try stream.peek() != nil else { return nil }
      return try Picture(pnm: stream, maximumPixels: maximumPixels, check: check)
    }
    guard video.width <= maximumPixels / video.height else {
      throw RuntimeFailure(
        "the picture has \(video.height)x\(video.width) pixels, more than the limit of \(maximumPixels)",
        help: Picture.limitHelp)
    }
    try check(video.height, video.width, 3)
    guard try stream.peek() != nil else { return nil }
    _ = try FrameReader.line(stream, "FRAME", "the line before the frame")
    let frame: Memory<UInt8>
    if let held = self.frame { frame = held } else { frame = try Memory(count: video.frameSize) }
    self.frame = frame
    let count = try stream.read(into: frame.pointer, count: frame.count)
    guard count == frame.count else {
      throw RuntimeFailure("the stream ends behind \(count) of the frame's \(frame.count) bytes")
    }
    let matrix = matrix ?? VideoColors.Matrix(height: video.height, width: video.width)
    return try Picture(y4m: frame.pointer, video, VideoColors(matrix, isFull: video.isFull))
  }

  /// A line without its end, which has to begin with a word.
  private static func line(
    _ stream: ByteStream, _ start: String, _ what: StaticString
  ) throws(RuntimeFailure) -> String {
    var bytes: [UInt8] = []
    let word = Array(start.utf8)
    while let byte = try stream.next(), byte != 0x0A {
      bytes.append(byte)
      let isStart = bytes.count > word.count || bytes[bytes.count - 1] == word[bytes.count - 1]
      guard isStart, bytes.count <= word.count || bytes[word.count] == 0x20 else {
        throw RuntimeFailure("\(what) does not begin with \(start)")
      }
      guard bytes.count < Y4MHeader.greatestLength else {
        throw RuntimeFailure("\(what) is longer than \(Y4MHeader.greatestLength) bytes")
      }
    }
    guard bytes.count >= word.count else { throw RuntimeFailure("the stream ends in \(what)") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
