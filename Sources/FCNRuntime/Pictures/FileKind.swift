/// What a file holds, told by its first bytes; its name says nothing.
public enum FileKind: Sendable {
  case png, jpeg, tiff, pnm, npy

  /// nil where the bytes start like no file that can be read.
  public init?(_ head: UnsafePointer<UInt8>, _ count: Int) {
    func starts(_ bytes: StaticString) -> Bool {
      guard count >= bytes.utf8CodeUnitCount else { return false }
      for index in 0..<bytes.utf8CodeUnitCount where head[index] != bytes.utf8Start[index] { return false }
      return true
    }
    if count >= 3, head[0] == 0xFF, head[1] == 0xD8, head[2] == 0xFF {
      self = .jpeg
    } else if count >= 2, head[0] == 0x89, head[1] == 0x50 {
      self = .png
    } else if count >= 2, head[0] == 0x93, head[1] == 0x4E {
      self = .npy
    } else if starts("II*\0") || starts("MM\0*") || starts("II+\0") || starts("MM\0+") {
      self = .tiff
    } else if starts("P1") || starts("P4") || starts("P2") || starts("P3") || starts("P5") || starts("P6") {
      self = .pnm
    } else {
      return nil
    }
  }

  static func isKnown(_ head: UnsafePointer<UInt8>, _ count: Int) -> Bool { FileKind(head, count) != nil }
}
