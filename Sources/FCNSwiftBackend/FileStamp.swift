import Foundation

/// What tells that a file is still the one it was, without reading it: its path, size and time of change.
public struct FileStamp: Hashable, Sendable {
  public let text: String

  /// A file that is not there has a stamp too.
  public init(_ path: String) {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard let attributes, let date = attributes[.modificationDate] as? Date else {
      text = "\(path) absent"
      return
    }
    text = "\(path) \(attributes[.size] ?? 0) \(date.timeIntervalSinceReferenceDate)"
  }
}
