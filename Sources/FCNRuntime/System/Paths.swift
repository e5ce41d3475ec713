extension String {
  /// What stands before the last slash of a path; empty where there is none, `/` for what lies in the root.
  var folder: String {
    let bytes = Array(utf8)
    guard let slash = bytes.lastIndex(of: 0x2F) else { return "" }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// The name of a file without folder and ending.
  var stem: String {
    var bytes = Array(utf8)
    if let slash = bytes.lastIndex(of: 0x2F) { bytes.removeFirst(slash + 1) }
    if let dot = bytes.lastIndex(of: 0x2E), dot > 0 { bytes.removeLast(bytes.count - dot) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The path of a name in the folder with this path; the empty path is the folder that the program runs in.
  func appending(name: String) -> String { isEmpty || hasEnd("/") ? self + name : self + "/" + name }

  /// The path without what leads nowhere: `.` and doubled slashes.
  var normalised: String {
    var text = hasStart("/") ? "/" : ""
    for part in Array(utf8).split(separator: 0x2F) where !(part.count == 1 && part.first == 0x2E) {
      text = text.appending(name: String(decoding: part, as: UTF8.self))
    }
    return text
  }
}
