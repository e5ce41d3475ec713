/// A path with wildcards: a folder, and what the paths in it have to be like.
///
/// Where in the pattern a path has arrived is a set of its components, a bit each: those that the next name may match.
/// `**` stands for any number of folders, so there may be several.
struct PathPattern {
  private enum Component {
    case name(NamePattern)
    case folders
  }

  /// The folder before the first wildcard; empty for the one that the program runs in.
  let base: String
  private let components: [Component]
  /// Whether files need an ending of pictures.
  let needsEnding: Bool

  /// More could not be counted in bits.
  private static let greatestCount = 60

  /// All pictures in a folder and below.
  init(picturesIn folder: String) {
    base = folder
    components = [.folders, .name(NamePattern("*"))]
    needsEnding = true
  }

  init(_ text: String) throws(RuntimeFailure) {
    var base = text.hasStart("/") ? "/" : ""
    var components: [Component] = []
    for part in Array(text.utf8).split(separator: 0x2F) {
      let part = String(decoding: part, as: UTF8.self)
      if components.isEmpty, let name = NamePattern(part).plainName {
        base = base.appending(name: name)
      } else if !part.isSame(as: "**") {
        components.append(.name(NamePattern(part)))
      } else if case .folders = components.last {
        continue
      } else {
        components.append(.folders)
      }
    }
    if case .folders = components.last { components.append(.name(NamePattern("*"))) }
    guard components.count <= PathPattern.greatestCount else {
      throw RuntimeFailure("\(text): the pattern has more than \(PathPattern.greatestCount) parts")
    }
    self.base = base
    self.components = components
    needsEnding = false
  }

  /// Whether a path is a pattern.
  static func isPattern(_ path: String) -> Bool { path.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B } }

  /// Where a path stands that has just left the base.
  var start: UInt64 { extended(1) }

  /// Where the path stands behind one more name; 0 where it cannot lead anywhere.
  func state(behind name: String, from state: UInt64) -> UInt64 {
    var next: UInt64 = 0
    for (index, component) in components.enumerated() where state & 1 << UInt64(index) != 0 {
      switch component {
      case .folders: if !name.hasStart(".") { next |= 1 << UInt64(index) }
      case .name(let pattern): if pattern.matches(name) { next |= 1 << UInt64(index + 1) }
      }
    }
    return extended(next)
  }

  /// Whether a path that stands there is one that the pattern means.
  func accepts(_ state: UInt64) -> Bool { state & 1 << UInt64(components.count) != 0 }

  /// Where the paths in a folder begin that stands there; 0 where none can be meant.
  func inside(_ state: UInt64) -> UInt64 { state & ((1 << UInt64(components.count)) - 1) }

  /// `**` may stand for no folder.
  private func extended(_ state: UInt64) -> UInt64 {
    var state = state
    for (index, component) in components.enumerated() where state & 1 << UInt64(index) != 0 {
      if case .folders = component { state |= 1 << UInt64(index + 1) }
    }
    return state
  }
}
