import Foundation

/// Where the working folder lies in its git repository.
enum Repository {
  /// The absolute path of the repository's root with a slash, and the way from there to the working folder; nil outside.
  static var place: (root: String?, prefix: String?) {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).standardizedFileURL
    var folder = here
    while true {
      if FileManager.default.fileExists(atPath: folder.appendingPathComponent(".git").path) {
        let root = folder.path == "/" ? "/" : folder.path + "/"
        let way = here.path == folder.path ? "" : String(here.path.dropFirst(root.count)) + "/"
        return (root, way)
      }
      let parent = folder.deletingLastPathComponent()
      if parent.path == folder.path { return (nil, nil) }
      folder = parent
    }
  }
}
