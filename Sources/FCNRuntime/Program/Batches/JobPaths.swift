/// Looks at the paths of all jobs before any work.
enum JobPaths {
  /// - Parameter report: the file of the report, if there is one.
  static func check(_ jobs: [Job], report: String?) throws(RuntimeFailure) {
    var read: [FileIdentity] = []
    for job in jobs {
      for path in [job.picture] + job.furtherInputs + job.joined.flatMap({ $0 }) {
        let status = Files.status(of: path)
        if status.kind == .file { read.append(status.identity) }
      }
    }
    read.sort { $0 < $1 }
    var folder: String?
    var written: [(path: String, picture: String)] = []
    for job in jobs {
      let answers = job.answers.filter { !$0.isFrame }.map { ($0.path, $0.makesFolder) }
      for (path, makesFolder) in answers + job.taps.map({ ($0.path, $0.makesFolder) }) {
        try check(path, isNotIn: read)
        let own = path.folder
        if !makesFolder, !(folder.map { $0.isSame(as: own) } ?? false) {
          try checkFolder(of: path)
          folder = own
        }
        written.append((path.normalised, job.picture))
      }
    }
    if let report, !report.isSame(as: "-") {
      try check(report, isNotIn: read)
      try checkFolder(of: report)
      written.append((report.normalised, "the report"))
    }
    try checkOnce(&written)
  }

  private static func check(_ path: String, isNotIn read: [FileIdentity]) throws(RuntimeFailure) {
    let status = Files.status(of: path)
    guard status.kind == .file else { return }
    let place = read.place { $0 < status.identity }
    guard place == read.count || read[place] != status.identity else {
      throw RuntimeFailure("\(path) is read and would be overwritten", help: "write to another file")
    }
  }

  /// Refuses a folder that is not there; where each picture has a folder of its own they are made.
  static func checkFolder(of path: String) throws(RuntimeFailure) {
    let folder = path.folder
    guard !folder.isEmpty, Files.status(of: folder).kind != .folder else { return }
    throw RuntimeFailure("\(path): there is no folder \(folder)", help: "make the folder \(folder) first")
  }

  private static func checkOnce(_ written: inout [(path: String, picture: String)]) throws(RuntimeFailure) {
    written.sort { $0.path.isBefore($1.path) }
    for index in written.indices.dropFirst() where written[index].path.isSame(as: written[index - 1].path) {
      let pictures = [written[index - 1].picture, written[index].picture]
      let isOne = pictures[0].isSame(as: pictures[1])
      throw RuntimeFailure(
        "two answers would be written to \(written[index].path), of "
          + (isOne ? pictures[0] : "\(pictures[0]) and \(pictures[1])"),
        help: isOne || pictures[1].isSame(as: "the report")
          ? "give each its own file"
          : "give each its own file: {folder} in the path stands for a picture's folder, as in 'out/{folder}/{stem}.png'"
      )
    }
  }
}
