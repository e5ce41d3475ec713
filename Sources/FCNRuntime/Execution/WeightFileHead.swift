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

  /// Why a program cannot use a weight file of these bytes, in words that follow its name; nil where it can.
  static func mismatch(of bytes: UnsafeBufferPointer<UInt8>, with program: ProgramDescription) -> String? {
    guard let head = WeightFileHead(bytes) else { return "is damaged: it does not begin as a weight file does" }
    guard head.count == program.parameterCount, head.interface.elementsEqual(program.weightInterface.utf8) else {
      return "belongs to another network"
    }
    // The program's own count is no lie of the file, so this cannot overflow.
    let needed = Self.size + program.parameterCount * 4
    return bytes.count == needed ? nil : "is damaged: it has \(bytes.count) bytes in place of \(needed)"
  }
}
