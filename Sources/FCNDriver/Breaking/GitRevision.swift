import FCNCore
import Foundation

/// The files of a git repository as they were at a revision.
public struct GitRevision: Sendable {
  public let revision: String
  /// The folder of the repository, or one in it.
  private let folder: String
  /// The absolute path of the repository's root, ending with a slash.
  private let root: String

  /// - Parameters:
  ///   - revision: a branch, a tag or a commit.
  ///   - folder: a folder of the repository.
  /// - Throws: where there is no git, no repository or no such revision.
  public init(_ revision: String, in folder: String) throws(Session.Failure) {
    self.revision = revision
    self.folder = folder
    let top = try Self.git(["rev-parse", "--show-toplevel"], in: folder)
    guard top.status == 0 else {
      throw Session.Failure(
        "`\(folder)` lies in no git repository", help: "`--against` also takes a file or a folder")
    }
    root = String(decoding: top.output, as: UTF8.self).trimmingCharacters(in: .newlines) + "/"
    let commit = try Self.git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], in: folder)
    guard commit.status == 0 else {
      throw Session.Failure(
        "there is no revision `\(revision)` in this repository",
        help: "name a branch, a tag or a commit that was fetched")
    }
  }

  /// A file by its path today; nil where there was none.
  public func read(_ path: String) throws(Session.Failure) -> [UInt8]? {
    guard let way = way(to: path) else { return nil }
    let found = try Self.git(["show", "\(revision):\(way)"], in: folder)
    guard found.status == 0 else { return nil }
    guard found.output.count <= Session.sizeLimit else {
      throw Session.Failure("`\(path)` was larger than \(Session.sizeLimit >> 20) MB at `\(revision)`")
    }
    return Array(found.output)
  }

  /// The files of a folder by their ways from there, without those whose names or folders begin with a dot.
  /// - Parameter path: of the folder today.
  public func files(in path: String) throws(Session.Failure) -> [String] {
    guard let way = way(to: path) else { return [] }
    let tree = way.isEmpty ? revision : "\(revision):\(way)"
    let listed = try Self.git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree], in: folder)
    guard listed.status == 0 else { return [] }
    return listed.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.filter { file in
      !file.split(separator: "/").contains { $0.hasPrefix(".") }
    }
  }

  /// The way to a file or folder from the root of the repository; empty for the root, nil for what lies outside.
  private func way(to path: String) -> String? {
    let full = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    let base = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    if full == base { return "" }
    return full.hasPrefix(base + "/") ? String(full.dropFirst(base.count + 1)) : nil
  }

  private static func git(
    _ arguments: [String], in folder: String
  ) throws(Session.Failure) -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Session.Failure("git cannot be started", help: "`--against` also takes a file or a folder")
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus == 127 {
      throw Session.Failure("there is no git on this machine", help: "`--against` also takes a file or a folder")
    }
    return (process.terminationStatus, output)
  }
}
