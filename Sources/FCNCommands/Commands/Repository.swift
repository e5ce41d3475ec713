import FCNDriver
import Foundation

/// Where the working folder lies in its git repository.
enum Repository {
  /// The absolute path of the repository's root with a slash, and the way from there to the working folder; nil outside.
  static var place: (root: String?, prefix: String?) {
    let here = FileManager.default.currentDirectoryPath
    for folder in Ancestors.folders(of: here + "/file") {
      guard FileManager.default.fileExists(atPath: folder + "/.git") else { continue }
      let root = folder == "/" ? "/" : folder + "/"
      return (root, here == folder ? "" : String(here.dropFirst(root.count)) + "/")
    }
    return (nil, nil)
  }
}
