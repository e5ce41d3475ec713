import Foundation

/// Messages with the header of the base protocol: `Content-Length: 12`, an empty line, and so many bytes of JSON.
public struct MessageStream {
  /// The largest message that is taken, in bytes.
  private static let limit = 64 << 20

  private let input: FileHandle
  private let output: FileHandle
  private var buffer = Data()

  public init(input: FileHandle, output: FileHandle) {
    self.input = input
    self.output = output
  }

  enum Failure: Error {
    /// The header cannot be read, so neither can anything behind it.
    case header
    case json
  }

  /// The next message; nil at the end of the input.
  mutating func read() throws(Failure) -> JSON? {
    var length: Int?
    while true {
      guard let line = try readLine() else { return nil }
      if line.isEmpty {
        if length != nil { break }
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { throw .header }
      if parts[0].lowercased() == "content-length" {
        guard let value = Int(parts[1]), (0...Self.limit).contains(value) else { throw .header }
        length = value
      }
    }
    let count = length ?? 0
    while buffer.count < count {
      guard fill() else { return nil }
    }
    let body = buffer.prefix(count)
    buffer = Data(buffer.dropFirst(count))
    guard let message = try? JSONDecoder().decode(JSON.self, from: body) else { throw .json }
    return message
  }

  private mutating func readLine() throws(Failure) -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self)
        buffer = Data(buffer[buffer.index(after: end)...])
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
      }
      guard buffer.count < 4096 else { throw .header }
      guard fill() else { return nil }
    }
  }

  private mutating func fill() -> Bool {
    let data = input.availableData
    buffer.append(data)
    return !data.isEmpty
  }

  func write(_ message: JSON) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(message) else { return }
    try? output.write(contentsOf: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }
}
