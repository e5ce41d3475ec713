import Foundation

/// A zip archive of entries that are not compressed, as `numpy.savez` writes it (APPNOTE 6.3.10, sections 4.3.7,
/// 4.3.12 and 4.3.16).
enum StoredZip {
  static func archive(_ entries: [(name: String, contents: Data)]) -> [UInt8] {
    var records: [UInt8] = []
    var directory: [UInt8] = []
    for (name, contents) in entries {
      let sizes = long(checksum(contents)) + long(UInt32(contents.count)) + long(UInt32(contents.count))
      let length = short(UInt16(name.utf8.count))
      directory += long(0x0201_4B50) + short(20) + short(20) + short(0) + short(0) + long(0) + sizes + length
      directory += short(0) + short(0) + short(0) + short(0) + long(0) + long(UInt32(records.count)) + Array(name.utf8)
      records += long(0x0403_4B50) + short(20) + short(0) + short(0) + long(0) + sizes + length + short(0)
      records += Array(name.utf8) + Array(contents)
    }
    let count = short(UInt16(entries.count))
    let end =
      long(0x0605_4B50) + short(0) + short(0) + count + count + long(UInt32(directory.count))
      + long(UInt32(records.count)) + short(0)
    return records + directory + end
  }

  private static func checksum(_ bytes: Data) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { state, byte in
      (0..<8).reduce(state ^ UInt32(byte)) { state, _ in state >> 1 ^ (state & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  private static func short(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
  private static func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}
