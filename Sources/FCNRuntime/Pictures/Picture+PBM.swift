extension Picture {
  /// Decodes P1 (text) and P4 (binary) files; 1 is black, and becomes 0 of 255.
  init(pbm file: FileBytes, maximumPixels: Int, check: Check) throws(RuntimeFailure) {
    var reader = PNMReader(file: file)
    let isText = file[1] == 0x31
    let width = try reader.number("width")
    let height = try reader.number("height")
    guard width > 0, height > 0 else { throw RuntimeFailure("the picture has no pixels") }
    guard width <= maximumPixels / height else {
      throw RuntimeFailure(
        "the picture has \(height)x\(width) pixels, more than the limit of \(maximumPixels)", help: Picture.limitHelp)
    }
    let stride = (width + 7) / 8
    if !isText { reader.position += 1 }
    guard reader.position <= file.count, (isText ? width : stride) * height <= file.count - reader.position else {
      throw RuntimeFailure("the file is too short for the \(height)x\(width) pixels that its header names")
    }
    try check(height, width, 1)
    let picture = try Picture(height: height, width: width, channels: 1)
    for row in 0..<height {
      let samples = picture.row(row)
      for column in 0..<width {
        let isBlack: Bool
        if isText {
          isBlack = try reader.bit()
        } else {
          isBlack = file[reader.position + row * stride + column / 8] >> UInt8(7 - column % 8) & 1 == 1
        }
        samples[column] = isBlack ? 0 : 255
      }
    }
    self = picture
  }
}

extension PNMReader {
  /// A digit 0 or 1; no white space is needed between digits.
  fileprivate mutating func bit() throws(RuntimeFailure) -> Bool {
    skipSpace()
    guard position < file.count else { throw RuntimeFailure("the file ends too early, at a sample") }
    let digit = file[position]
    guard digit == 0x30 || digit == 0x31 else {
      throw RuntimeFailure("byte \(position) of the file does not belong to a sample")
    }
    position += 1
    return digit == 0x31
  }
}
