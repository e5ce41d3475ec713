import CFCNRuntime

/// Bytes in the order in which they come: those of a file in memory, or of an open file such as a pipe, of which only a
/// part is held.
final class ByteStream {
  /// How messages call it.
  let name: StaticString
  private let file: Int32?
  private let buffer: Memory<UInt8>
  private var start = 0
  private var end: Int
  /// The bytes that were taken.
  private(set) var position = 0

  init(_ bytes: FileBytes) {
    name = "file"
    file = nil
    buffer = bytes.memory
    end = bytes.count
  }

  /// - Parameter file: the descriptor of an open file, which stays open.
  init(file: Int32) throws(RuntimeFailure) {
    name = "stream"
    self.file = file
    buffer = try Memory(count: 1 << 16)
    end = 0
  }

  /// How many bytes are yet to come; nil where nobody knows.
  var remaining: Int? { file == nil ? end - start : nil }

  /// Counts `position` from here on.
  func startCounting() { position = 0 }

  /// The next byte, which stays; nil at the end.
  func peek() throws(RuntimeFailure) -> UInt8? {
    if start == end { try fill() }
    return start < end ? buffer.pointer[start] : nil
  }

  /// Takes the next byte; nil at the end.
  func next() throws(RuntimeFailure) -> UInt8? {
    let byte = try peek()
    skip()
    return byte
  }

  /// Passes over the byte that was looked at.
  func skip() {
    guard start < end else { return }
    start += 1
    position += 1
  }

  /// Takes `count` bytes.
  /// - Returns: how many there were; fewer at the end.
  func read(into bytes: UnsafeMutablePointer<UInt8>, count: Int) throws(RuntimeFailure) -> Int {
    var done = 0
    while done < count {
      if start == end { try fill() }
      guard start < end else { break }
      let part = min(count - done, end - start)
      (bytes + done).update(from: buffer.pointer + start, count: part)
      start += part
      position += part
      done += part
    }
    return done
  }

  private func fill() throws(RuntimeFailure) {
    guard let file else { return }
    (start, end) = (0, 0)
    let code = fcn_read(file, buffer.pointer, buffer.count, &end)
    guard code == 0 else { throw RuntimeFailure("cannot read: \(String(terminated: fcn_error_text(code)))") }
  }
}
