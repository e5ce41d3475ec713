import FCNCore
import Foundation

/// Finds network files: those that are named, and those in folders that are named, without what `.gitignore` and the
/// configuration leave out.
public struct NetworkFiles {
  private let endings: [String]
  /// What is left out by the configuration of a folder, given by absolute paths.
  private let isExcluded: (_ path: String, _ isFolder: Bool) throws(Session.Failure) -> Bool
  /// Whether files that are named are left out too.
  private let excludesNamed: Bool

  /// - Parameter endings: the ends of the names of network files, without the dot.
  public init(
    endings: [String], excludesNamed: Bool,
    isExcluded: @escaping (_ path: String, _ isFolder: Bool) throws(Session.Failure) -> Bool
  ) {
    self.endings = endings
    self.excludesNamed = excludesNamed
    self.isExcluded = isExcluded
  }

  /// The files, each once, in the order of the arguments and of their names.
  public func find(_ arguments: [String]) throws(Session.Failure) -> [String] {
    var seen: Set<String> = []
    var files: [String] = []
    for argument in arguments {
      var isFolder: ObjCBool = false
      let exists = argument != "-" && FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
      var found: [String] = []
      if exists && isFolder.boolValue {
        found = try search(argument)
      } else {
        let isLeftOut =
          excludesNamed && argument != "-" ? try isExcluded(absolute(argument), false) : false
        if !isLeftOut { found = [argument] }
      }
      for path in found where seen.insert(absolute(path)).inserted { files.append(path) }
    }
    return files
  }

  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  private func search(_ folder: String) throws(Session.Failure) -> [String] {
    let root = absolute(folder)
    guard root.hasPrefix("/") else {
      throw Session.Failure(
        "the folder `\(folder)` cannot be searched: the working folder is not there any more",
        help: "change to a folder that exists")
    }
    var ignores: [IgnoreFile] = []
    // A repository's files above the folder hold here too.
    for above in [root] + Ancestors.folders(of: root) {
      if let file = IgnoreFile(folder: above) { ignores.insert(file, at: 0) }
      if FileManager.default.fileExists(atPath: above + "/.git") { break }
    }
    return try search(folder, root, ignores)
  }

  private func search(_ shown: String, _ full: String, _ ignores: [IgnoreFile]) throws(Session.Failure) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: full) else {
      throw Session.Failure("the folder `\(shown)` cannot be read")
    }
    var found: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = full == "/" ? "/" + name : full + "/" + name
      let printed = shown == "." ? name : (shown.hasSuffix("/") ? shown : shown + "/") + name
      guard let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType else {
        continue
      }
      let isFolder = type == .typeDirectory
      guard isFolder || endings.contains(where: { name.hasSuffix("." + $0) }) else { continue }
      // The last word counts, as in git.
      var isIgnored = false
      for ignore in ignores { isIgnored = ignore.verdict(path, isFolder: isFolder) ?? isIgnored }
      if isIgnored { continue }
      if try isExcluded(path, isFolder) { continue }
      if isFolder {
        found += try search(printed, path, ignores + (IgnoreFile(folder: path).map { [$0] } ?? []))
      } else {
        found.append(printed)
      }
    }
    return found
  }
}

/// A `.gitignore`.
private struct IgnoreFile {
  private let folder: String
  private let patterns: [(pattern: PathPattern, isNegated: Bool)]

  init?(folder: String) {
    guard let text = try? String(contentsOfFile: folder + "/.gitignore", encoding: .utf8) else { return nil }
    self.folder = folder.hasSuffix("/") ? folder : folder + "/"
    patterns = text.split(whereSeparator: \.isNewline).compactMap { line in
      var line = line
      while line.hasSuffix(" ") && !line.hasSuffix("\\ ") { line = line.dropLast() }
      if line.isEmpty || line.hasPrefix("#") { return nil }
      let isNegated = line.hasPrefix("!")
      return (PathPattern(String(isNegated ? line.dropFirst() : line)), isNegated)
    }
  }

  /// Whether a path is left out; nil where nothing is said of it.
  func verdict(_ path: String, isFolder: Bool) -> Bool? {
    patterns.last { $0.pattern.matches(path, from: folder, isFolder: isFolder) }.map { !$0.isNegated }
  }
}
