/// Writes one frame after the other to standard output, each at once and as a whole.
final class FrameWriter {
  private let console: Console
  private let form: FrameForm
  private let matrix: VideoColors.Matrix?
  /// The stream that is answered.
  private let original: Y4MHeader?
  /// The header of what is written, once it is.
  private var header: Y4MHeader?

  /// - Parameters:
  ///   - original: the Y4M stream that is answered: the answer has its rate and keeps colours the same way.
  ///   - matrix: the colours of Y4M; nil: by the size of the pictures.
  init(_ console: Console, _ form: FrameForm, like original: Y4MHeader? = nil, matrix: VideoColors.Matrix?) {
    self.console = console
    self.form = form
    self.original = original
    self.matrix = matrix
  }

  /// - Throws: where the picture does not belong into the stream, of which nothing is written then.
  func write(_ picture: Picture) throws(RuntimeFailure) {
    switch form {
    case .pnm: write(try picture.encodedPNM().memory)
    case .y4m: try writeVideo(picture)
    }
  }

  private func writeVideo(_ picture: Picture) throws(RuntimeFailure) {
    let header = self.header ?? self.header(for: picture)
    guard header.height == picture.height, header.width == picture.width else {
      throw RuntimeFailure(
        "the answer has \(picture.height)x\(picture.width) pixels, and the frames before it had "
          + "\(header.height)x\(header.width): a Y4M stream keeps to one size", help: "write PNM: -o pnm:-")
    }
    let head = Array(((self.header == nil ? header.text + "\n" : "") + "FRAME\n").utf8)
    let bytes = try Memory<UInt8>(count: head.count + header.frameSize)
    for index in head.indices { bytes[index] = head[index] }
    let matrix = matrix ?? VideoColors.Matrix(height: header.height, width: header.width)
    try picture.writeY4M(bytes.pointer + head.count, header, VideoColors(matrix, isFull: header.isFull))
    write(bytes)
    self.header = header
  }

  private func header(for picture: Picture) -> Y4MHeader {
    var header = original ?? Y4MHeader(height: 0, width: 0)
    (header.height, header.width) = (picture.height, picture.width)
    // Colours of a stream in grey have no chroma whose form they could take.
    if header.chroma == .mono, picture.channels == 3 { header.chroma = .c444 }
    return header
  }

  private func write(_ bytes: Memory<UInt8>) {
    console.write(UnsafeBufferPointer(start: bytes.pointer, count: bytes.count))
  }
}
