import CZlib
import FCNCore

/// The directory of a zip archive (PKWARE's APPNOTE 6.3), with every entry checked to lie in the file by itself.
///
/// Stored and deflated entries are read, also beyond 4 GB (zip64). Archives in several parts or encrypted are refused.
struct ZipArchive: Sendable {
  struct Entry: Sendable {
    var name: String
    /// The bytes as they stand in the file.
    var range: Range<Int>
    var isDeflated: Bool
    /// Bytes once inflated.
    var size: Int
    var checksum: UInt32
  }

  /// The largest entry that is unpacked, in bytes.
  static let entryLimit = 1 << 30

  let entries: [Entry]
  private let file: MappedFile

  init(_ file: MappedFile) throws(WeightFileError) {
    self.file = file
    do throws(Problem) {
      entries = try Directory(file.bytes).entries()
    } catch {
      throw WeightFileError(path: file.path, message: error.message, help: error.help)
    }
  }

  /// The first bytes of an entry, at most `limit`; all of it, checked against its checksum, where it is no longer.
  /// - Throws: where the compressed data are damaged or not as long as the directory says.
  func contents(of entry: Entry, limit: Int = .max) throws(WeightFileError) -> [UInt8] {
    try file.checkUnchanged()
    let packed = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    let count = min(limit, entry.size)
    let bytes: [UInt8]
    do throws(Problem) {
      bytes = entry.isDeflated ? try Self.inflate(packed, count: count, of: entry) : Array(packed.prefix(count))
      if count == entry.size {
        try bytes.withUnsafeBufferPointer { bytes throws(Problem) in
          try Self.check(UnsafeRawBufferPointer(bytes), against: entry)
        }
      }
    } catch {
      throw WeightFileError(path: file.path, message: error.message, help: error.help)
    }
    return bytes
  }

  /// Gives an entry to `body`: where it is stored as it lies in the file, without a copy.
  /// - Parameter isChecked: false where the entry is known to agree with its checksum, or has none.
  /// - Throws: where the file was changed, the entry is damaged, or `body` throws.
  func withContents<Result>(
    of entry: Entry, isChecked: Bool = true, _ body: (UnsafeRawBufferPointer) throws(WeightFileError) -> Result
  ) throws(WeightFileError) -> Result {
    guard !entry.isDeflated else {
      let contents = try contents(of: entry)
      return try contents.withUnsafeBufferPointer { bytes throws(WeightFileError) in
        try body(UnsafeRawBufferPointer(bytes))
      }
    }
    try file.checkUnchanged()
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    if isChecked {
      do throws(Problem) { try Self.check(bytes, against: entry) } catch {
        throw WeightFileError(path: file.path, message: error.message, help: error.help)
      }
    }
    return try body(bytes)
  }

  fileprivate struct Problem: Error {
    var message: String
    var help: String?
  }

  private static func check(_ bytes: UnsafeRawBufferPointer, against entry: Entry) throws(Problem) {
    let checksum = crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    // Without bytes there is no address, and the library then answers with its initial value, which is also 0.
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw Problem(message: "entry `\(entry.name)` is damaged: its checksum differs", help: "copy the file again")
    }
  }

  /// The first `count` bytes that `packed` inflates to.
  private static func inflate(
    _ packed: UnsafeRawBufferPointer, count: Int, of entry: Entry
  ) throws(Problem) -> [UInt8] {
    var stream = z_stream()
    // Negative: bare deflate data, without a header of zlib's own.
    let prepared = inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard prepared == Z_OK else { throw Problem(message: "no memory to unpack entry `\(entry.name)`") }
    defer { inflateEnd(&stream) }
    var status = Z_OK
    var spare: UInt8 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 1)) { output, initialized in
      stream.next_in = UnsafeMutablePointer(mutating: packed.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = UInt32(packed.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(count)
      status = CZlib.inflate(&stream, Z_NO_FLUSH)
      initialized = count - Int(stream.avail_out)
      // One byte of room more than declared shows whether the data end where they should.
      if status == Z_OK || status == Z_BUF_ERROR, initialized == count, count == entry.size {
        status = withUnsafeMutablePointer(to: &spare) { room in
          stream.next_out = room
          stream.avail_out = 1
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        if stream.avail_out == 0 { status = Z_DATA_ERROR }
      }
    }
    let isWhole = status == Z_STREAM_END && stream.avail_in == 0
    guard bytes.count == count, count < entry.size ? status == Z_OK || status == Z_STREAM_END : isWhole else {
      throw Problem(
        message: "entry `\(entry.name)` is damaged: it does not unpack to \(entry.size) bytes",
        help: "copy the file again")
    }
    return bytes
  }

  // MARK: The directory

  /// Reads the records at the end of the file.
  private struct Directory {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func entries() throws(Problem) -> [Entry] {
      let (count, start, end) = try place()
      var entries: [Entry] = []
      var names: Set<String> = []
      var headers: [Range<Int>] = []
      var offset = start
      for _ in 0..<count {
        let (entry, extent, next) = try entry(at: offset, before: end, directory: start)
        guard names.insert(entry.name).inserted else {
          throw Problem(message: "the archive has two entries `\(entry.name)`")
        }
        entries.append(entry)
        headers.append(extent)
        offset = next
      }
      guard offset == end else { throw Problem(message: "the archive's directory has a wrong length") }
      try checkApart(headers, entries)
      return entries
    }

    /// How many entries there are, where their records begin, and where they end.
    private func place() throws(Problem) -> (count: Int, start: Int, end: Int) {
      let record = try endRecord()
      let isWide = record >= 20 && long(record - 20) == 0x0706_4B50
      let parts: [Int]
      let (count, size, start, end): (Int, Int, Int, Int)
      if isWide {
        end = try wide(record - 12)
        guard end <= record - 76, long(end) == 0x0606_4B50, try wide(end + 4) == record - 32 - end else {
          throw Self.damaged
        }
        (count, size, start) = (try wide(end + 32), try wide(end + 40), try wide(end + 48))
        parts = [long(end + 16), long(end + 20), try wide(end + 24) - count]
      } else {
        end = record
        (count, size, start) = (short(record + 10), long(record + 12), long(record + 16))
        parts = [short(record + 4), short(record + 6), short(record + 8) - count]
      }
      guard parts == [0, 0, 0] else {
        throw Problem(message: "the archive is in several parts", help: "join the parts first")
      }
      guard start <= end, end - start == size else {
        throw Problem(message: "the archive's directory does not lie where it is said to", help: "copy the file again")
      }
      return (count, start, end)
    }

    /// Where the record begins that ends the archive; it is followed by a comment of at most 65535 bytes.
    private func endRecord() throws(Problem) -> Int {
      var offset = bytes.count - 22
      let least = max(0, offset - 0xFFFF)
      while offset >= least {
        if long(offset) == 0x0605_4B50, offset + 22 + short(offset + 20) == bytes.count { return offset }
        offset -= 1
      }
      throw Problem(
        message: "no directory of a zip archive at the end of the file",
        help: "the file was cut off, or it is of another kind than its name says")
    }

    private func entry(
      at offset: Int, before end: Int, directory: Int
    ) throws(Problem) -> (entry: Entry, extent: Range<Int>, next: Int) {
      guard offset + 46 <= end, long(offset) == 0x0201_4B50 else { throw Self.damaged }
      let nameLength = short(offset + 28)
      let next = offset + 46 + nameLength + short(offset + 30) + short(offset + 32)
      guard next <= end else { throw Self.damaged }
      let nameBytes = bytes[offset + 46..<offset + 46 + nameLength]
      guard let name = String(validating: nameBytes, as: UTF8.self) else {
        throw Problem(message: "the archive has an entry whose name is not UTF-8")
      }
      guard short(offset + 8) & 1 == 0 else {
        throw Problem(message: "entry `\(name)` is encrypted", help: "save the archive without a password")
      }
      let method = short(offset + 10)
      guard method == 0 || method == 8 else {
        throw Problem(
          message: "entry `\(name)` is compressed by method \(method)",
          help: "only stored and deflated entries can be read; save with `numpy.savez`")
      }
      let (size, packedSize, local) = try numbers(at: offset, of: name)
      guard local <= directory - 30, long(local) == 0x0403_4B50, short(local + 8) == method else { throw Self.damaged }
      let begin = local + 30 + short(local + 26) + short(local + 28)
      guard begin <= directory, packedSize <= directory - begin, short(local + 26) == nameLength,
        bytes[local + 30..<local + 30 + nameLength].elementsEqual(nameBytes)
      else { throw Self.damaged }
      try checkSizes(name, packed: packedSize, size: size, isDeflated: method == 8)
      let entry = Entry(
        name: name, range: begin..<begin + packedSize, isDeflated: method == 8, size: size,
        checksum: UInt32(long(offset + 16)))
      return (entry, local..<begin + packedSize, next)
    }

    /// The size of an entry, unpacked and as it stands, and where its own record begins. What does not fit 32 bits stands
    /// behind the name, in an extra field of kind 1.
    private func numbers(
      at offset: Int, of name: String
    ) throws(Problem) -> (size: Int, packedSize: Int, local: Int) {
      var numbers = [long(offset + 24), long(offset + 20), long(offset + 42)]
      guard numbers.contains(0xFFFF_FFFF) else { return (numbers[0], numbers[1], numbers[2]) }
      var field = offset + 46 + short(offset + 28)
      let end = field + short(offset + 30)
      while field + 4 <= end, short(field) != 1 { field += 4 + short(field + 2) }
      guard field + 4 <= end, field + 4 + short(field + 2) <= end else {
        throw Problem(message: "entry `\(name)` lacks the sizes of a zip64 archive", help: "copy the file again")
      }
      var place = field + 4
      for index in numbers.indices where numbers[index] == 0xFFFF_FFFF {
        guard place + 8 <= field + 4 + short(field + 2) else { throw Self.damaged }
        numbers[index] = try wide(place)
        place += 8
      }
      return (numbers[0], numbers[1], numbers[2])
    }

    private func checkSizes(_ name: String, packed: Int, size: Int, isDeflated: Bool) throws(Problem) {
      guard size <= ZipArchive.entryLimit || !isDeflated else {
        throw Problem(
          message: "entry `\(name)` has \(size) bytes, compressed; \(ZipArchive.entryLimit) is the limit",
          help: "save such weights without compression")
      }
      // Deflate makes at most 258 bytes out of two bits.
      guard isDeflated ? size <= packed * 1032 && packed <= 2 * ZipArchive.entryLimit : size == packed else {
        throw Problem(message: "entry `\(name)`: \(packed) bytes cannot hold the \(size) bytes that they are said to")
      }
    }

    /// Entries that share bytes are how a small archive is made to unpack to an endless amount.
    private func checkApart(_ extents: [Range<Int>], _ entries: [Entry]) throws(Problem) {
      let order = extents.indices.sorted { extents[$0].lowerBound < extents[$1].lowerBound }
      for (first, second) in zip(order, order.dropFirst())
      where extents[second].lowerBound < extents[first].upperBound {
        throw Problem(message: "the entries `\(entries[first].name)` and `\(entries[second].name)` overlap")
      }
    }

    private static let damaged = Problem(message: "the archive's directory is damaged", help: "copy the file again")

    private func short(_ offset: Int) -> Int {
      Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }

    private func long(_ offset: Int) -> Int {
      Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    private func wide(_ offset: Int) throws(Problem) -> Int {
      guard let value = Int(exactly: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      else { throw Self.damaged }
      return value
    }
  }
}
