import FCNCore
import Foundation

/// What a program was built from, kept in the cache: where nothing of it has changed, and nobody has touched the program,
/// there is nothing to do.
public struct BuildRecord: Sendable {
  private var hash = ContentHash()
  private let outputs: [String]
  private let path: String

  /// - Parameters:
  ///   - outputs: the files that are written.
  ///   - cache: where the record is kept.
  public init(of outputs: [String], toolchain: Toolchain, cache: String) {
    self.outputs = outputs.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    var name = ContentHash()
    for output in self.outputs { name.add(output) }
    path = "\(cache)/built-\(name.text)"
    hash.add(toolchain.identity)
    hash.add(RuntimeSources.identity)
    hash.add(FileStamp(Bundle.main.executablePath ?? CommandLine.arguments[0]).text)
  }

  /// A part of what decides what is built: an option, or the text of a file.
  public mutating func add(_ part: String) { hash.add(part) }
  public mutating func add(_ part: [UInt8]) { hash.add(part) }

  /// A file that is too large to be read for this.
  public mutating func add(file path: String) { hash.add(FileStamp(path).text) }

  /// True where the outputs are those that were built from the same.
  public var isCurrent: Bool {
    guard outputs.allSatisfy(FileManager.default.fileExists) else { return false }
    return (try? String(contentsOfFile: path, encoding: .utf8)) == text
  }

  /// Remembers the outputs as they are now. Where that cannot be written, the next build does its work again.
  public func store() { try? text.write(toFile: path, atomically: true, encoding: .utf8) }

  private var text: String { ([hash.text] + outputs.map { FileStamp($0).text }).joined(separator: "\n") + "\n" }
}
