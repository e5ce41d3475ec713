/// A name for content: two 64-bit FNV-1a hashes of the same bytes from different starts. For caches and for binding a
/// weight file to its program, not for security.
public struct ContentHash: Sendable {
  private var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private var second: UInt64 = 0x9ae1_6a3b_2f90_404f

  public init() {}

  public mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = (second ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    // Two strings in a row are not one longer string.
    second = second &* 31 &+ 1
  }

  public mutating func add(_ text: String) { add(text.utf8) }

  /// 32 hexadecimal digits.
  public var text: String {
    func digits(_ value: UInt64) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return digits(first) + digits(second)
  }
}
