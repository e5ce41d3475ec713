extension Picture {
  /// Decodes a picture of the kinds P1, P2, P3 (text), P4, P5 and P6 (binary), and leaves in the stream what stands behind
  /// it; a greatest sample other than 255 or 65535 is brought to it.
  init(pnm stream: ByteStream, maximumPixels: Int, check: Check) throws(RuntimeFailure) {
    stream.startCounting()
    guard try stream.next() == 0x50, let kind = try stream.next(), (0x31...0x36).contains(kind) else {
      throw RuntimeFailure("this is no PNM picture of the kinds P1 to P6")
    }
    let reader = PNMReader(stream: stream)
    if kind == 0x31 || kind == 0x34 {
      self = try Picture(pbm: reader, isText: kind == 0x31, maximumPixels: maximumPixels, check: check)
      return
    }
    let isText = kind < 0x35
    let channels = kind == 0x33 || kind == 0x36 ? 3 : 1
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
    if !isText { stream.skip() }
    let isShort = RuntimeFailure(
      "the \(stream.name) is too short for the \(height)x\(width) pixels that its header names")
    // Text spends at least a digit and a space on each sample, the last space excepted.
    let needed = isText ? samples * 2 - 1 : samples * bytes
    if let remaining = stream.remaining, remaining < needed { throw isShort }
    try check(height, width, channels)
    let picture = try Picture(height: height, width: width, channels: channels, depth: bytes == 2 ? .sixteen : .eight)
    if isText {
      for index in 0..<samples {
        let sample = try reader.number("sample")
        guard sample <= greatest else { throw Picture.tooGreat(sample, index, greatest) }
        picture.setSample(index, sample)
      }
    } else {
      guard try stream.read(into: picture.memory.pointer, count: needed) == needed else { throw isShort }
      if bytes == 2 { for index in 0..<samples { picture.wide[index] = UInt16(bigEndian: picture.wide[index]) } }
    }
    try picture.stretch(from: greatest)
    self = picture
  }

  private func setSample(_ index: Int, _ sample: Int) {
    if depth == .eight {
      memory.pointer[index] = UInt8(truncatingIfNeeded: sample)
    } else {
      wide[index] = UInt16(truncatingIfNeeded: sample)
    }
  }

  /// Brings samples of 0...`greatest` to 0...`maximum`.
  private func stretch(from greatest: Int) throws(RuntimeFailure) {
    let full = maximum
    guard greatest != full else { return }
    for index in 0..<(width * height * channels) {
      let sample = depth == .eight ? Int(memory.pointer[index]) : Int(wide[index])
      guard sample <= greatest else { throw Picture.tooGreat(sample, index, greatest) }
      setSample(index, (sample * full + greatest / 2) / greatest)
    }
  }

  private static func tooGreat(_ sample: Int, _ index: Int, _ greatest: Int) -> RuntimeFailure {
    RuntimeFailure("sample \(index) is \(sample), above the greatest sample \(greatest) of the header")
  }
}

/// Numbers in decimal digits between white space and comments.
struct PNMReader {
  let stream: ByteStream

  /// No number has more digits, and no more stands between two of them: a stream might go on like that for ever.
  private static let greatestLength = 12
  private static let greatestGap = 1 << 20

  func number(_ what: StaticString) throws(RuntimeFailure) -> Int {
    try passGap()
    guard try stream.peek() != nil else { throw RuntimeFailure("the \(stream.name) ends too early, at a \(what)") }
    var value = 0
    var length = 0
    while let byte = try stream.peek(), (0x30...0x39).contains(byte), length < PNMReader.greatestLength {
      value = value * 10 + Int(byte) - 0x30
      length += 1
      stream.skip()
    }
    guard length > 0, length < PNMReader.greatestLength else {
      throw RuntimeFailure("byte \(stream.position) of the \(stream.name) does not belong to a \(what)")
    }
    return value
  }

  /// Goes past white space and comments.
  func passGap() throws(RuntimeFailure) {
    let start = stream.position
    var isComment = false
    while let byte = try stream.peek() {
      if isComment {
        isComment = byte != 0x0A
      } else if byte == 0x23 {
        isComment = true
      } else if byte != 0x20, !(0x09...0x0D).contains(byte) {
        return
      }
      guard stream.position - start < PNMReader.greatestGap else {
        throw RuntimeFailure("more than \(PNMReader.greatestGap) bytes of white space and comments stand in a row")
      }
      stream.skip()
    }
  }
}
