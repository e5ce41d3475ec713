import CFCNRuntime
import FCNCore
import FCNRuntime
import Foundation

/// An object file that holds read-only bytes under a name.
///
/// An assembler would take twice their size in memory. Source: Executable and Linkable Format (ELF), Tool Interface
/// Standard, 1995; 64 bits, least significant byte first.
struct ObjectFile {
  /// The name of the first byte.
  var symbol: String
  var size: Int
  var isArm: Bool

  private static let headerSize = 64
  private static let alignment = 64

  /// What stands before the bytes: they begin at a multiple of 64.
  var head: [UInt8] {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    append(1, 2, &bytes)  // relocatable
    append(isArm ? 183 : 62, 2, &bytes)
    append(1, 4, &bytes)
    append(0, 8, &bytes)
    append(0, 8, &bytes)
    append(sectionStart, 8, &bytes)
    append(0, 4, &bytes)
    for number in [Self.headerSize, 0, 0, 64, 6, 5] { append(number, 2, &bytes) }
    return bytes
  }

  /// What stands behind the bytes.
  var tail: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: symbolStart - (Self.headerSize + size))
    bytes += [UInt8](repeating: 0, count: 24)
    append(1, 4, &bytes)
    bytes += [0x11, 0]  // global, data
    append(1, 2, &bytes)
    append(0, 8, &bytes)
    append(size, 8, &bytes)
    bytes += names + sectionNames
    bytes += [UInt8](repeating: 0, count: sectionStart - symbolStart - 48 - names.count - sectionNames.count)
    bytes += [UInt8](repeating: 0, count: 64)
    // Name, kind, flags, offset, size, linked section, information, alignment, size of an entry; no address.
    let namesStart = symbolStart + 48
    for section in [
      [1, 1, 2, Self.headerSize, size, 0, 0, Self.alignment, 0], [9, 1, 0, Self.headerSize, 0, 0, 0, 1, 0],
      [25, 2, 0, symbolStart, 48, 4, 1, 8, 24], [33, 3, 0, namesStart, names.count, 0, 0, 1, 0],
      [41, 3, 0, namesStart + names.count, sectionNames.count, 0, 0, 1, 0],
    ] {
      append(section[0], 4, &bytes)
      append(section[1], 4, &bytes)
      for number in [section[2], 0, section[3], section[4]] { append(number, 8, &bytes) }
      append(section[5], 4, &bytes)
      append(section[6], 4, &bytes)
      append(section[7], 8, &bytes)
      append(section[8], 8, &bytes)
    }
    return bytes
  }

  private var names: [UInt8] { [0] + Array(symbol.utf8) + [0] }
  private var sectionNames: [UInt8] {
    Array("\0.rodata\0.note.GNU-stack\0.symtab\0.strtab\0.shstrtab\0".utf8)
  }
  private var symbolStart: Int { (Self.headerSize + size + 7) / 8 * 8 }
  private var sectionStart: Int { (symbolStart + 48 + names.count + sectionNames.count + 7) / 8 * 8 }

  private func append(_ number: Int, _ count: Int, _ bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
