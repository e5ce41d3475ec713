/// A word in braces that may stand in a path for something of each picture.
enum Placeholder: CaseIterable {
  /// The picture's name without folder and ending.
  case stem
  /// The picture's folder below the one that was given.
  case folder
  case channel
  /// The number of a frame of a stream, from 1, in six digits.
  case frame

  var text: String {
    switch self {
    case .stem: "{stem}"
    case .folder: "{folder}"
    case .channel: "{channel}"
    case .frame: "{frame}"
    }
  }

  /// Refuses words in braces that stand for nothing: they would become a part of a file's name.
  static func check(_ path: String, option: String, known: [Placeholder]) throws(RuntimeFailure) {
    for part in Array(path.utf8).split(separator: 0x7B, omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: 0x7D) else { continue }
      let word = String(decoding: part[..<end], as: UTF8.self)
      guard word.isIdentifier else { continue }
      let text = "{" + word + "}"
      if known.contains(where: { $0.text.isSame(as: text) }) { continue }
      let isOther = allCases.contains { $0.text.isSame(as: text) }
      throw RuntimeFailure(
        "\(option) \(path): " + (isOther ? "\(text) has no meaning here" : "\(text) stands for nothing"),
        help: known.isEmpty ? nil : "what may stand in the path is " + listed(known.map { $0.text }))
    }
  }
}

extension FoundPicture {
  /// A path with the picture's name and folder in the place of what stands for them.
  func filled(_ path: String) -> String {
    let parts = path.parts(around: [Placeholder.folder.text + "/", Placeholder.folder.text, Placeholder.stem.text])
    var text = ""
    for part in parts {
      switch part.pattern {
      case 0: text += folder.isEmpty ? "" : folder + "/"
      case 1: text += folder
      case 2: text += self.path.stem
      default: text += part.text
      }
    }
    return text
  }
}

extension String {
  /// The text cut where one of the patterns occurs, the first of them that fits; `pattern` is its index, nil for what
  /// lies between.
  fileprivate func parts(around patterns: [String]) -> [(text: String, pattern: Int?)] {
    let bytes = Array(utf8)
    let patterns = patterns.map { Array($0.utf8) }
    var parts: [(text: String, pattern: Int?)] = []
    var (start, place) = (0, 0)
    while place < bytes.count {
      guard let index = patterns.firstIndex(where: { bytes[place...].starts(with: $0) }) else {
        place += 1
        continue
      }
      parts.append((String(decoding: bytes[start..<place], as: UTF8.self), nil))
      parts.append(("", index))
      place += patterns[index].count
      start = place
    }
    parts.append((String(decoding: bytes[start...], as: UTF8.self), nil))
    return parts
  }
}
