import CFCNRuntime

extension Picture {
  /// The picture as a PNG file. `palette`: colours as 0xRRGGBB of the indexes that one channel of 8 bits holds.
  public func encodedPNG(palette: [UInt32] = []) throws(RuntimeFailure) -> FileBytes {
    precondition(palette.isEmpty || (channels == 1 && depth == .eight && palette.count <= 256))
    let triples = Picture.triples(palette)
    return try encode { samples, header, bytes, count, message in
      triples.withUnsafeBufferPointer {
        fcn_png_encode(
          samples, header, palette.isEmpty ? nil : $0.baseAddress, Int32(palette.count), bytes, count, message)
      }
    }
  }

  /// The picture, grey or RGB of 8 bits, as a JPEG file of quality 95.
  public func encodedJPEG() throws(RuntimeFailure) -> FileBytes {
    precondition(!hasAlpha && depth == .eight)
    return try encode { fcn_jpeg_encode($0, $1, 95, $2, $3, $4) }
  }

  /// The picture, grey or RGB, as a binary PGM or PPM file.
  public func encodedPNM() throws(RuntimeFailure) -> FileBytes {
    precondition(!hasAlpha)
    let head = Array("\(channels == 1 ? "P5" : "P6")\n\(width) \(height)\n\(maximum)\n".utf8)
    let file = try Memory<UInt8>(count: head.count + memory.count)
    for index in head.indices { file.pointer[index] = head[index] }
    let body = file.pointer + head.count
    if depth == .eight {
      body.update(from: memory.pointer, count: memory.count)
    } else {
      for index in 0..<(memory.count / 2) {
        body[2 * index] = UInt8(truncatingIfNeeded: wide[index] >> 8)
        body[2 * index + 1] = UInt8(truncatingIfNeeded: wide[index])
      }
    }
    return FileBytes(file)
  }

  /// Red, green and blue of colours as 0xRRGGBB.
  static func triples(_ palette: [UInt32]) -> [UInt8] {
    var triples: [UInt8] = []
    for color in palette {
      triples += [
        UInt8(truncatingIfNeeded: color >> 16), UInt8(truncatingIfNeeded: color >> 8), UInt8(truncatingIfNeeded: color),
      ]
    }
    return triples
  }

  private func encode(
    with encoder: (
      UnsafePointer<UInt8>, UnsafePointer<fcn_picture_header>, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
      UnsafeMutablePointer<Int>, UnsafeMutablePointer<CChar>
    ) -> Int32
  ) throws(RuntimeFailure) -> FileBytes {
    var header = fcn_picture_header(
      width: UInt32(width), height: UInt32(height), channels: UInt32(channels), bits: UInt32(8 * depth.bytes))
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let message = try Memory<CChar>(count: FCN_MESSAGE)
    guard encoder(memory.pointer, &header, &bytes, &count, message.pointer) == 0, let bytes else {
      throw RuntimeFailure("cannot encode the picture: \(String(terminated: message.pointer))")
    }
    return FileBytes(Memory(owning: bytes, count: count))
  }
}
