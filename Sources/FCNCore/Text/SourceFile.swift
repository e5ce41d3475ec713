/// A text that was read: its path as the user wrote it, its bytes, and where its lines begin.
public final class SourceFile: Sendable {
  /// The path as it is shown in messages.
  public let path: String
  /// The UTF-8 text.
  public let bytes: [UInt8]
  /// The byte offset of the first character of each line.
  public let lineStarts: [Int]
  /// How many characters begin before each block of bytes; without it, each place in a long line would cost a walk
  /// through the line.
  private let charactersBeforeBlock: [Int]
  private static let blockSize = 256

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
    var characters = [0]
    var count = 0
    for (offset, byte) in bytes.enumerated() {
      if byte & 0xC0 != 0x80 { count += 1 }
      if offset % Self.blockSize == Self.blockSize - 1 { characters.append(count) }
    }
    charactersBeforeBlock = characters
  }

  public convenience init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The whole text; bytes that are not UTF-8 are replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The line (from 1) and the column (from 1, in Unicode scalars) of a byte offset.
  public func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineNumber(at: offset)
    let start = lineStarts[line - 1]
    return SourcePosition(line: line, column: characters(before: offset) - characters(before: start) + 1)
  }

  /// The line (from 1) of a byte offset, without the work of counting columns.
  public func lineNumber(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  private func characters(before offset: Int) -> Int {
    let block = offset / Self.blockSize
    var count = charactersBeforeBlock[block]
    for byte in bytes[(block * Self.blockSize)..<offset] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The text of a line (from 1) without its line break.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// A place in a text as people count it: line and column from 1, the column in Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
