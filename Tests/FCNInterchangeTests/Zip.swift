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

    static let deflated = Entry(contents: Zip.deflate(Zip.array), method: 8, size: Zip.array.count)
  }

  var entries = [Entry()]
  var count: Int?
  var disk = 0
  var directoryOffset: Int?
  var directorySize: Int?
  var comment: [UInt8] = []

  var bytes: [UInt8] { parts.records + parts.directory }

  /// What stands before the directory.
  var localRecords: [UInt8] { parts.records }

  private var parts: (records: [UInt8], directory: [UInt8]) {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = entry.offset ?? file.count
      let checksum = entry.checksum ?? Self.checksum(Self.array)
      let size = entry.size ?? entry.contents.count
      let packedSize = entry.packedSize ?? entry.contents.count
      let local = entry.localName ?? entry.name
      file += Self.long(0x0403_4B50) + Self.short(20) + Self.short(entry.flags) + Self.short(entry.method)
      file += Self.long(0) + Self.long(Int(checksum)) + Self.long(packedSize) + Self.long(size)
      file += Self.short(entry.localNameLength ?? local.utf8.count) + Self.short(0) + Array(local.utf8)
      file += entry.contents
      directory += Self.long(0x0201_4B50) + Self.short(20) + Self.short(20) + Self.short(entry.flags)
      directory += Self.short(entry.directoryMethod ?? entry.method) + Self.long(0) + Self.long(Int(checksum))
      directory += Self.long(packedSize) + Self.long(size)
      directory += Self.short(entry.nameLength ?? entry.name.utf8.count) + Self.short(0) + Self.short(0)
      directory += Self.short(0) + Self.short(0) + Self.long(0) + Self.long(offset) + Array(entry.name.utf8)
    }
    let count = count ?? entries.count
    var end = Self.long(0x0605_4B50) + Self.short(disk) + Self.short(0) + Self.short(count) + Self.short(count)
    end += Self.long(directorySize ?? directory.count) + Self.long(directoryOffset ?? file.count)
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
  private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
}
