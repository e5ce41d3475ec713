import Foundation

/// The folders that a path lies in.
public enum Ancestors {
  /// From the folder of a file up to the root, as absolute paths without a slash at their ends (but `/`). A path that cannot
  /// be made absolute, as in a working folder that was removed, lies in none.
  public static func folders(of path: String) -> [String] {
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    guard absolute.hasPrefix("/") else { return [] }
    let names = absolute.split(separator: "/")
    return names.indices.reversed().map { "/" + names[..<$0].joined(separator: "/") }
  }
}
