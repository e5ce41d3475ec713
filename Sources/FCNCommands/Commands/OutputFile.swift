import FCNCore
import FCNDriver
import FCNRuntime
import Foundation

/// What commands write.
enum OutputFile {
  /// Writes a text file under a temporary name and renames it.
  static func write(_ text: String, to path: String) throws(Session.Failure) {
    do { try Files.write(FileBytes(Array(text.utf8)), to: path) } catch {
      throw Session.Failure(error.message, help: error.help)
    }
  }

  /// Refuses to write over a file that is read, by whatever name: a slip of the hand would lose it.
  static func check(_ output: String, isNoneOf inputs: [String]) throws(Session.Failure) {
    guard let written = identity(output) else { return }
    for input in inputs where identity(input) == written {
      throw Session.Failure(
        "`\(output)` is read by this command and would be lost", help: "choose another name for what is written")
    }
  }

  /// The files that a network file includes itself.
  static func includes(of tree: NetworkSyntax, at path: String) -> [String] {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    return tree.items.compactMap { item in
      guard case .include(let syntax) = item else { return nil }
      return syntax.path.hasPrefix("/") ? syntax.path : folder.appendingPathComponent(syntax.path).path
    }
  }

  private static func identity(_ path: String) -> [Int]? {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
      let device = attributes[.systemNumber] as? Int, let file = attributes[.systemFileNumber] as? Int
    else { return nil }
    return [device, file]
  }
}
