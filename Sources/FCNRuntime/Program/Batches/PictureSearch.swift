/// A picture of a command line.
struct FoundPicture {
  var path: String
  /// The folder in which it lies, seen from the folder that was given or stands before the first wildcard; empty for that
  /// folder itself, and for a picture that was given by its own path.
  var folder: String
}

/// Finds the pictures that the arguments of a command line stand for: files; folders, with all pictures in them and below;
/// patterns.
///
/// Hidden files and folders, pipes and devices are passed over. A folder is entered once, even if links lead to it.
struct PictureSearch {
  private(set) var pictures: [FoundPicture] = []
  /// Whether more than one picture may have been meant.
  private(set) var isMany: Bool
  /// Folders below the given ones that could not be read.
  private(set) var failures: [RuntimeFailure] = []
  /// What was passed over and may be missed.
  private(set) var notes: [String] = []

  private let answerFolders: [FileIdentity]
  private var visited: [Visit] = []

  /// A folder that was entered, and where in the pattern.
  private struct Visit: Comparable {
    var folder: FileIdentity
    var state: UInt64

    static func < (a: Visit, b: Visit) -> Bool { a.folder == b.folder ? a.state < b.state : a.folder < b.folder }
  }

  static let endings = [
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pnm", ".pbm", ".pgm", ".ppm", ".npy",
  ]

  /// - Parameter answers: where answers go. The folders that they name are passed over when they lie in a folder that is
  ///   searched: what was written there by a run before is no picture to read.
  /// - Throws: where an argument stands for no picture.
  init(_ arguments: [String], answers: [String]) throws(RuntimeFailure) {
    isMany = arguments.count > 1
    answerFolders = answers.compactMap { path in
      let folder = PictureSearch.fixedFolder(of: path)
      let status = Files.status(of: folder.isEmpty ? "." : folder)
      return status.kind == .folder ? status.identity : nil
    }
    for path in arguments {
      let kind = Files.status(of: path).kind
      if kind == .folder {
        try search(PathPattern(picturesIn: path), path)
      } else if kind == .missing, PathPattern.isPattern(path) {
        try search(PathPattern(path), path)
      } else {
        pictures.append(FoundPicture(path: path, folder: ""))
      }
    }
    guard !pictures.isEmpty else {
      throw RuntimeFailure("no picture was given", help: "NET PICTURE -o OUT; --help tells more")
    }
  }

  /// The folder of a path before its first placeholder.
  private static func fixedFolder(of path: String) -> String { (path.cut(at: 0x7B)?.before ?? path).folder }

  private mutating func search(_ pattern: PathPattern, _ argument: String) throws(RuntimeFailure) {
    isMany = true
    visited = []
    let first = pictures.count
    let base = Files.status(of: pattern.base.isEmpty ? "." : pattern.base)
    if base.kind == .folder { try walk(pattern.base, "", base.identity, pattern, pattern.start) }
    guard pictures.count == first else { return pictures[first...].sort { $0.path.isBefore($1.path) } }
    if let note = notes.last { throw RuntimeFailure("\(argument): no pictures are left: \(note)") }
    guard pattern.needsEnding else { throw RuntimeFailure("\(argument): no file matches the pattern") }
    throw RuntimeFailure(
      "\(argument): the folder holds no pictures",
      help: "files that end in \(listed(PictureSearch.endings)) are taken"
    )
  }

  /// - Parameters:
  ///   - path: of the folder.
  ///   - relative: its path from the base of the pattern.
  private mutating func walk(
    _ path: String, _ relative: String, _ identity: FileIdentity, _ pattern: PathPattern, _ state: UInt64
  ) throws(RuntimeFailure) {
    let visit = Visit(folder: identity, state: state)
    let place = visited.place { $0 < visit }
    if place < visited.count, visited[place] == visit { return }
    visited.insert(visit, at: place)
    for name in try Files.names(in: path.isEmpty ? "." : path) {
      let next = pattern.state(behind: name, from: state)
      guard next != 0 else { continue }
      let inner = path.appending(name: name)
      let isTaken = pattern.accepts(next) && (!pattern.needsEnding || PictureSearch.hasEnding(name))
      guard isTaken || pattern.inside(next) != 0 else { continue }
      let status = Files.status(of: inner)
      switch status.kind {
      case .stream: break
      // A link that leads nowhere is reported when it is read.
      case .file, .missing: if isTaken { pictures.append(FoundPicture(path: inner, folder: relative)) }
      case .folder:
        guard pattern.inside(next) != 0 else { continue }
        if answerFolders.contains(status.identity) {
          notes.append("\(inner) is passed over: answers go there")
          continue
        }
        do throws(RuntimeFailure) {
          try walk(inner, relative.appending(name: name), status.identity, pattern, pattern.inside(next))
        } catch { failures.append(error) }
      }
    }
  }

  private static func hasEnding(_ name: String) -> Bool {
    let name = name.smallLetters
    return endings.contains { name.hasEnd($0) }
  }
}
