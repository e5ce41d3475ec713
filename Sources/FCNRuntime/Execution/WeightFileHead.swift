/// The first 64 bytes of a weight file that stands beside its program; the numbers follow as memory has them.
public struct WeightFileHead: Sendable {
  public static let size = 64
  private static let magic: [UInt8] = [0x46, 0x43, 0x4e, 0x43, 0x57, 0x47, 0x54, 0x31]

  /// Numbers in the file.
  public var count: Int
  /// 32 characters that name what the weights must fit.
  public var interface: [UInt8]

  public init(count: Int, interface: [UInt8]) {
    precondition(interface.count == 32, "an interface is named by 32 characters")
    self.count = count
    self.interface = interface
  }

  /// - Returns: nil where the bytes begin no weight file.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= Self.size else { return nil }
    for (index, byte) in Self.magic.enumerated() where bytes[index] != byte { return nil }
    var number = 0
    for shift in 0..<8 { number |= Int(bytes[8 + shift]) << (shift * 8) }
    var name: [UInt8] = []
    for index in 16..<48 { name.append(bytes[index]) }
    self.init(count: number, interface: name)
  }

  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(count)
    var bytes = Self.magic
    bytes += writer.bytes
    bytes += interface
    while bytes.count < Self.size { bytes.append(0) }
    return bytes
  }

  func fits(_ program: ProgramDescription, size: Int) -> Bool {
    guard count == program.parameterCount, size == Self.size + count * 4 else { return false }
    var index = 0
    for byte in program.weightInterface.utf8 {
      if index >= 32 || interface[index] != byte { return false }
      index += 1
    }
    return index == 32
  }
}
