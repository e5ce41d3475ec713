/// A zip archive written by hand, in which every field may lie.
struct Zip: Sendable {
  /// The array of the one number 1.0.
  static let array = NPYTests.array("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")

  struct Entry: Sendable {
    var name = "x.npy"
    var contents = Zip.array
    var directoryMethod: Int?
    var method = 0
    var flags = 0
    var packedSize: Int?
    var size: Int?
    var checksum: UInt32?
    var offset: Int?
    var localName: String?
    var localNameLength: Int?
    var nameLength: Int?
    /// Zeros behind the contents that the archive is said to hold and `bytes` does not: a hole of the file.
    var hole = 0

    static let deflated = Entry(contents: Zip.deflate(Zip.array), method: 8, size: Zip.array.count)
  }

  var entries = [Entry()]
  var count: Int?
  var disk = 0
  var directoryOffset: Int?
  var directorySize: Int?
  var comment: [UInt8] = []
  /// Sizes and places are written as those of an archive beyond 4 GB (APPNOTE 4.3.14, 4.3.15 and 4.5.3).
  var isWide = false
  /// Bytes of the extra fields that hold them, for each entry.
  var wideSize = 24

  var bytes: [UInt8] { parts.records + parts.directory }

  /// What stands before the directory.
  var localRecords: [UInt8] { parts.records }

  private var parts: (records: [UInt8], directory: [UInt8]) {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    var holes = 0
    for entry in entries {
      let offset = entry.offset ?? file.count + holes
      let checksum = entry.checksum ?? Self.checksum(Self.array)
      let size = entry.size ?? entry.contents.count + entry.hole
      let packedSize = entry.packedSize ?? entry.contents.count + entry.hole
      let local = entry.localName ?? entry.name
      let numbers = [size, packedSize, offset]
      let extra =
        isWide ? Self.short(1) + Self.short(wideSize) + numbers.flatMap(Self.wide).prefix(wideSize) : []
      let shown = isWide ? Array(repeating: 0xFFFF_FFFF, count: 3) : numbers
      file += Self.long(0x0403_4B50) + Self.short(20) + Self.short(entry.flags) + Self.short(entry.method)
      file += Self.long(0) + Self.long(Int(checksum)) + Self.long(packedSize) + Self.long(size)
      file += Self.short(entry.localNameLength ?? local.utf8.count) + Self.short(0) + Array(local.utf8)
      file += entry.contents
      holes += entry.hole
      directory += Self.long(0x0201_4B50) + Self.short(20) + Self.short(20) + Self.short(entry.flags)
      directory += Self.short(entry.directoryMethod ?? entry.method) + Self.long(0) + Self.long(Int(checksum))
      directory += Self.long(shown[1]) + Self.long(shown[0])
      directory += Self.short(entry.nameLength ?? entry.name.utf8.count) + Self.short(extra.count) + Self.short(0)
      directory += Self.short(0) + Self.short(0) + Self.long(0) + Self.long(shown[2]) + Array(entry.name.utf8)
      directory += extra
    }
    let count = count ?? entries.count
    let (size, start) = (directorySize ?? directory.count, directoryOffset ?? file.count + holes)
    var end: [UInt8] = []
    if isWide {
      let record = file.count + holes + directory.count
      end = Self.long(0x0606_4B50) + Self.wide(44) + Self.short(45) + Self.short(45) + Self.long(disk) + Self.long(0)
      end += Self.wide(count) + Self.wide(count) + Self.wide(size) + Self.wide(start)
      end += Self.long(0x0706_4B50) + Self.long(0) + Self.wide(record) + Self.long(1)
    }
    end += Self.long(0x0605_4B50) + Self.short(disk) + Self.short(0)
    end += isWide ? Self.short(0xFFFF) + Self.short(0xFFFF) : Self.short(count) + Self.short(count)
    end += isWide ? Self.long(0xFFFF_FFFF) + Self.long(0xFFFF_FFFF) : Self.long(size) + Self.long(start)
    end += Self.short(comment.count) + comment
    return (file, directory + end)
  }

  /// Deflate without compression: one stored block (RFC 1951, 3.2.4).
  static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    [1] + short(bytes.count) + short(~bytes.count & 0xFFFF) + bytes
  }

  /// CRC-32 bit by bit.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { state, byte in
      (0..<8).reduce(state ^ UInt32(byte)) { state, _ in state >> 1 ^ (state & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  private static func short(_ value: Int) -> [UInt8] { (0..<2).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
  private static func wide(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
  private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
}

extension Zip {
  /// An archive without compression, as PyTorch and NumPy write it, to be written again with changes.
  init(reading bytes: [UInt8]) {
    func number(_ offset: Int, _ size: Int) -> Int { (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) } }
    let end = bytes.count - 22
    var offset = number(end + 16, 4)
    entries = (0..<number(end + 10, 2)).map { _ in
      let local = number(offset + 42, 4)
      let name = offset + 46..<offset + 46 + number(offset + 28, 2)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      let contents = Array(bytes[start..<start + number(offset + 24, 4)])
      offset = name.upperBound + number(offset + 30, 2) + number(offset + 32, 2)
      return Entry(
        name: String(decoding: bytes[name], as: UTF8.self), contents: contents, checksum: Zip.checksum(contents))
    }
  }
}
