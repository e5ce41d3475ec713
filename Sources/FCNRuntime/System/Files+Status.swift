import CFCNRuntime

extension Files {
  /// What is at a path, links followed.
  struct Status {
    enum Kind {
      case missing, file, folder
      /// A pipe, a device or a socket: reading it might never end.
      case stream
    }

    var kind: Kind
    var identity: FileIdentity
    /// When it was written last, in nanoseconds.
    var modified: Int
  }

  static func status(of path: String) -> Status {
    var status = fcn_status()
    fcn_path_status(path, &status)
    let kind: Status.Kind =
      switch Int(status.kind) {
      case FCN_PATH_FILE: .file
      case FCN_PATH_FOLDER: .folder
      case FCN_PATH_STREAM: .stream
      default: .missing
      }
    return Status(
      kind: kind, identity: FileIdentity(device: status.device, file: status.file), modified: Int(status.modified))
  }
}

/// What all paths of one existing file have in common: its device and its number there.
struct FileIdentity: Comparable {
  var device: UInt64
  var file: UInt64

  static func < (a: FileIdentity, b: FileIdentity) -> Bool { (a.device, a.file) < (b.device, b.file) }
}

extension Array {
  /// Where an element is or would be in a sorted array: the first place whose element is not before it.
  func place(where isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
