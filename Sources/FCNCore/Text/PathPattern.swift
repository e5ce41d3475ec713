/// A pattern for paths, as in a `.gitignore`: `*` and `?` within a name, `**` across folders, `[a-z]`; a slash at the
/// beginning or in the middle binds it to the folder that it is relative to, one at the end to folders.
public struct PathPattern: Hashable, Sendable {
  public let text: String
  private let parts: [[Character]]
  private let isBound: Bool
  private let isForFolders: Bool

  public init(_ text: String) {
    self.text = text
    var body = Substring(text)
    isForFolders = body.hasSuffix("/")
    if isForFolders { body = body.dropLast() }
    isBound = body.contains("/")
    parts = body.split(separator: "/").map(Array.init)
  }

  /// Whether an absolute path, or a folder that it lies in, is meant.
  /// - Parameter folder: what the pattern is relative to, an absolute path that ends with a slash.
  public func matches(_ path: String, from folder: String, isFolder: Bool = false) -> Bool {
    guard path.hasPrefix(folder) else { return false }
    let names = path.dropFirst(folder.count).split(separator: "/").map(Array.init)
    for count in stride(from: 1, through: names.count, by: 1) {
      if isForFolders, count == names.count, !isFolder { return false }
      if matches(names.prefix(count)) { return true }
    }
    return false
  }

  /// Whether the path with exactly these names is meant.
  public func matches(_ names: ArraySlice<[Character]>) -> Bool {
    guard !parts.isEmpty, let last = names.last else { return false }
    if !isBound { return Self.matches(parts[0][...], last[...]) }
    return Self.matches(parts[...], names)
  }

  private static func matches(_ parts: ArraySlice<[Character]>, _ names: ArraySlice<[Character]>) -> Bool {
    // Where the last `**` was met, to go on from one name later.
    var (parts, names) = (parts, names)
    var retry: (parts: ArraySlice<[Character]>, names: ArraySlice<[Character]>)?
    while !names.isEmpty {
      if parts.first == ["*", "*"] {
        if parts.count == 1 { return true }
        retry = (parts.dropFirst(), names)
        parts = parts.dropFirst()
      } else if let part = parts.first, let name = names.first, matches(part[...], name[...]) {
        parts = parts.dropFirst()
        names = names.dropFirst()
      } else if let again = retry {
        retry?.names = again.names.dropFirst()
        (parts, names) = (again.parts, again.names.dropFirst())
      } else {
        return false
      }
    }
    return parts.isEmpty
  }

  /// A pattern within one name.
  private static func matches(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
    var (pattern, name) = (pattern, name)
    var retry: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
    while !name.isEmpty {
      if pattern.first == "*" {
        pattern = pattern.drop { $0 == "*" }
        if pattern.isEmpty { return true }
        retry = (pattern, name)
      } else if let rest = matchesOne(pattern, name.first ?? " ") {
        pattern = rest
        name = name.dropFirst()
      } else if let again = retry {
        retry?.name = again.name.dropFirst()
        (pattern, name) = (again.pattern, again.name.dropFirst())
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }

  /// What follows the first sign of a pattern where that stands for a letter; nil where it does not.
  private static func matchesOne(_ pattern: ArraySlice<Character>, _ letter: Character) -> ArraySlice<Character>? {
    guard let first = pattern.first else { return nil }
    switch first {
    case "?": return pattern.dropFirst()
    case "\\": return pattern.dropFirst().first == letter ? pattern.dropFirst(2) : nil
    case "[":
      guard let end = pattern.dropFirst(2).firstIndex(of: "]") else {
        return first == letter ? pattern.dropFirst() : nil
      }
      var members = pattern[pattern.index(after: pattern.startIndex)..<end]
      let isNegated = members.first == "!" || members.first == "^"
      if isNegated { members = members.dropFirst() }
      var isMember = false
      while let low = members.first {
        members = members.dropFirst()
        if members.first == "-", let high = members.dropFirst().first {
          members = members.dropFirst(2)
          isMember = isMember || low <= letter && letter <= high
        } else {
          isMember = isMember || low == letter
        }
      }
      return isMember != isNegated ? pattern[pattern.index(after: end)...] : nil
    default: return first == letter ? pattern.dropFirst() : nil
    }
  }
}
