/// How a picture has to be turned to stand upright: the Orientation tag of EXIF (tag 0x0112, CIPA DC-008), 1...8.
public struct Orientation: Sendable {
  /// 1: as it is; 2: mirrored left to right; 3: half a turn; 4: mirrored top to bottom; 5: transposed; 6: a quarter
  /// turn clockwise; 7: transposed along the other diagonal; 8: a quarter turn counter-clockwise.
  public let code: Int

  /// Upright for codes outside 1...8.
  public init(code: Int) { self.code = (1...8).contains(code) ? code : 1 }

  /// The orientation in the EXIF block of a JPEG or PNG file; upright where there is none or it is broken.
  public init(exifOf file: FileBytes) {
    let isPNG = file.has([0x89, 0x50])
    self.init(code: (isPNG ? Orientation.findChunk(file) : Orientation.findBlock(file)) ?? 1)
  }

  /// Whether height and width change places.
  public var isTransposed: Bool { code >= 5 }

  /// The place in a picture of this size that goes to (row, column) of the upright picture, both counted from the middle
  /// of the first pixel.
  func source(row: Double, column: Double, height: Int, width: Int) -> (row: Double, column: Double) {
    let (last, right) = (Double(height - 1), Double(width - 1))
    switch code {
    case 2: return (row, right - column)
    case 3: return (last - row, right - column)
    case 4: return (last - row, column)
    case 5: return (column, row)
    case 6: return (last - column, row)
    case 7: return (last - column, right - row)
    case 8: return (column, right - row)
    default: return (row, column)
    }
  }

  /// The pixel of a picture of this size that goes to (row, column) of the upright picture.
  func source(row: Int, column: Int, height: Int, width: Int) -> (row: Int, column: Int) {
    switch code {
    case 2: (row, width - 1 - column)
    case 3: (height - 1 - row, width - 1 - column)
    case 4: (height - 1 - row, column)
    case 5: (column, row)
    case 6: (height - 1 - column, row)
    case 7: (height - 1 - column, width - 1 - row)
    case 8: (column, width - 1 - row)
    default: (row, column)
    }
  }

  private static func findBlock(_ file: FileBytes) -> Int? {
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF {
      let marker = file[place + 1]
      if marker == 0xFF {
        place += 1
        continue
      }
      // The scan: EXIF stands before it.
      guard marker != 0xDA, marker != 0xD9 else { return nil }
      let length = Int(file[place + 2]) << 8 | Int(file[place + 3])
      let end = place + 2 + length
      guard length >= 2, end <= file.count else { return nil }
      if marker == 0xE1, file.has([0x45, 0x78, 0x69, 0x66, 0, 0], at: place + 4) {
        return tag(in: file, from: place + 10, to: end)
      }
      place = end
    }
    return nil
  }

  /// The tag in the eXIf chunk of a PNG file.
  private static func findChunk(_ file: FileBytes) -> Int? {
    var place = 8
    while place + 12 <= file.count {
      var length = 0
      for index in 0..<4 { length = length << 8 | Int(file[place + index]) }
      let end = place + 8 + length
      guard end + 4 <= file.count else { return nil }
      if file.has([0x65, 0x58, 0x49, 0x66], at: place + 4) { return tag(in: file, from: place + 8, to: end) }
      place = end + 4
    }
    return nil
  }

  /// The tag in the first directory of a TIFF block.
  private static func tag(in file: FileBytes, from start: Int, to end: Int) -> Int? {
    guard start + 8 <= end else { return nil }
    let isLittle = file[start] == 0x49
    func number(_ place: Int, bytes: Int) -> Int? {
      guard place >= start, place + bytes <= end else { return nil }
      var value = 0
      for index in 0..<bytes {
        value = value << 8 | Int(file[place + (isLittle ? bytes - 1 - index : index)])
      }
      return value
    }
    guard number(start + 2, bytes: 2) == 42, let offset = number(start + 4, bytes: 4),
      let count = number(start + offset, bytes: 2)
    else { return nil }
    for entry in 0..<count {
      let place = start + offset + 2 + 12 * entry
      guard let name = number(place, bytes: 2) else { return nil }
      if name == 0x0112 { return number(place + 8, bytes: 2) }
    }
    return nil
  }
}

extension Picture {
  /// The picture turned upright.
  func turned(by orientation: Orientation) throws(RuntimeFailure) -> Picture {
    guard orientation.code != 1 else { return self }
    var result = try Picture(
      height: orientation.isTransposed ? width : height, width: orientation.isTransposed ? height : width,
      channels: channels, depth: depth, alpha: alpha)
    result.scales = scales
    result.registration = registration
    result.orientation = orientation
    let size = channels * depth.bytes
    for row in 0..<result.height {
      for column in 0..<result.width {
        let from = orientation.source(row: row, column: column, height: height, width: width)
        (result.memory.pointer + (row * result.width + column) * size)
          .update(from: memory.pointer + (from.row * width + from.column) * size, count: size)
      }
    }
    return result
  }
}
