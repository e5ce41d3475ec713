extension Picture {
  /// Decodes what stands behind the first two bytes of P1 (text) and P4 (binary) pictures; 1 is black, and becomes 0 of 255.
  init(pbm reader: PNMReader, isText: Bool, maximumPixels: Int, check: Check) throws(RuntimeFailure) {
    let stream = reader.stream
    let width = try reader.number("width")
    let height = try reader.number("height")
    guard width > 0, height > 0 else { throw RuntimeFailure("the picture has no pixels") }
    guard width <= maximumPixels / height else {
      throw RuntimeFailure(
        "the picture has \(height)x\(width) pixels, more than the limit of \(maximumPixels)", help: Picture.limitHelp)
    }
    let stride = (width + 7) / 8
    if !isText { stream.skip() }
    let isShort = RuntimeFailure(
      "the \(stream.name) is too short for the \(height)x\(width) pixels that its header names")
    if let remaining = stream.remaining, remaining < (isText ? width : stride) * height { throw isShort }
    try check(height, width, 1)
    let picture = try Picture(height: height, width: width, channels: 1)
    let line = try Memory<UInt8>(count: stride)
    for row in 0..<height {
      let samples = picture.row(row)
      if !isText {
        guard try stream.read(into: line.pointer, count: stride) == stride else { throw isShort }
      }
      for column in 0..<width {
        let isBlack = isText ? try reader.bit() : line[column / 8] >> UInt8(7 - column % 8) & 1 == 1
        samples[column] = isBlack ? 0 : 255
      }
    }
    self = picture
  }
}

extension PNMReader {
  /// A digit 0 or 1; no white space is needed between digits.
  fileprivate func bit() throws(RuntimeFailure) -> Bool {
    try passGap()
    guard let digit = try stream.next() else {
      throw RuntimeFailure("the \(stream.name) ends too early, at a sample")
    }
    guard digit == 0x30 || digit == 0x31 else {
      throw RuntimeFailure("byte \(stream.position - 1) of the \(stream.name) does not belong to a sample")
    }
    return digit == 0x31
  }
}
