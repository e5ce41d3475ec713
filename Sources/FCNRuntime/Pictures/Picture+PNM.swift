extension Picture {
  /// Decodes P1, P2, P3 (text), P4, P5 and P6 (binary) files; a greatest sample other than 255 or 65535 is brought to it.
  init(pnm file: FileBytes, maximumPixels: Int, check: Check) throws(RuntimeFailure) {
    if file[1] == 0x31 || file[1] == 0x34 {
      self = try Picture(pbm: file, maximumPixels: maximumPixels, check: check)
      return
    }
    var reader = PNMReader(file: file)
    let isText = file[1] < 0x35
    let channels = file[1] == 0x33 || file[1] == 0x36 ? 3 : 1
    let width = try reader.number("width")
    let height = try reader.number("height")
    let greatest = try reader.number("greatest sample")
    guard width > 0, height > 0 else { throw RuntimeFailure("the picture has no pixels") }
    guard (1...65535).contains(greatest) else {
      throw RuntimeFailure("the greatest sample must be in 1...65535, not \(greatest)")
    }
    guard width <= maximumPixels / height else {
      throw RuntimeFailure(
        "the picture has \(height)x\(width) pixels, more than the limit of \(maximumPixels)", help: Picture.limitHelp)
    }
    let samples = width * height * channels
    let bytes = greatest > 255 ? 2 : 1
    if !isText { reader.position += 1 }
    // Text spends at least a digit and a space on each sample, the last space excepted.
    let needed = isText ? samples * 2 - 1 : samples * bytes
    guard reader.position <= file.count, needed <= file.count - reader.position else {
      throw RuntimeFailure("the file is too short for the \(height)x\(width) pixels that its header names")
    }
    try check(height, width, channels)
    let picture = try Picture(height: height, width: width, channels: channels, depth: bytes == 2 ? .sixteen : .eight)
    let full = picture.maximum
    for index in 0..<samples {
      let sample: Int
      if isText {
        sample = try reader.number("sample")
      } else if bytes == 1 {
        sample = Int(file.pointer[reader.position + index])
      } else {
        let place = reader.position + 2 * index
        sample = Int(file.pointer[place]) << 8 | Int(file.pointer[place + 1])
      }
      guard sample <= greatest else {
        throw RuntimeFailure("sample \(index) is \(sample), above the greatest sample \(greatest) of the header")
      }
      let value = greatest == full ? sample : (sample * full + greatest / 2) / greatest
      if bytes == 1 {
        picture.memory.pointer[index] = UInt8(truncatingIfNeeded: value)
      } else {
        picture.wide[index] = UInt16(truncatingIfNeeded: value)
      }
    }
    self = picture
  }
}

/// Numbers in decimal digits between white space and comments.
struct PNMReader {
  let file: FileBytes
  var position = 2

  init(file: FileBytes) { self.file = file }

  /// Goes past white space and comments.
  mutating func skipSpace() {
    while position < file.count {
      if file[position] == 0x23 {
        while position < file.count, file[position] != 0x0A { position += 1 }
      } else if file[position] == 0x20 || (0x09...0x0D).contains(file[position]) {
        position += 1
      } else {
        break
      }
    }
  }

  mutating func number(_ what: StaticString) throws(RuntimeFailure) -> Int {
    skipSpace()
    guard position < file.count else { throw RuntimeFailure("the file ends too early, at a \(what)") }
    var value = 0
    let start = position
    while position < file.count, (0x30...0x39).contains(file[position]), value < 1 << 40 {
      value = value * 10 + Int(file[position]) - 0x30
      position += 1
    }
    guard position > start, value < 1 << 40 else {
      throw RuntimeFailure("byte \(position) of the file does not belong to a \(what)")
    }
    return value
  }
}
