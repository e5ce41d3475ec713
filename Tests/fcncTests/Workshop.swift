import Foundation

/// A folder with compiled programs, made once for the tests that run them wrongly.
final class Workshop: Sendable {
  let path: String

  static let shared = Result { try Workshop() }

  private init() throws {
    let folder = try Folder()
    path = folder.path
    for name in ["edges.fcn", "edges.safetensors"] {
      try FileManager.default.copyItem(atPath: "\(Tool.repository)/Networks/edges/\(name)", toPath: "\(path)/\(name)")
    }
    try write(Data(Samples.network.utf8), "sample.fcn")
    let edges = ["edges.fcn", "--weights", "edges.safetensors"]
    try build(edges + ["-o", "edges"])
    try build(["sample.fcn", "--random-weights", "1", "-o", "sample"])
    try build(edges + ["--weights-storage", "file", "-o", "stored"])
    try build(["sample.fcn", "--random-weights", "1", "--weights-storage", "file", "-o", "other"])
  }

  private struct NotBuilt: Error { var errors: String }

  private func build(_ arguments: [String]) throws {
    let result = try Tool.fcnc.run(["build", "--quiet"] + arguments, in: path)
    guard result.status == 0 else { throw NotBuilt(errors: result.errors) }
  }

  func write(_ data: Data, _ name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// A program in a folder of its own, with these bytes as its weight file.
  func install(_ program: String, in folder: String, weights: Data?) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    let copy = "\(path)/\(folder)/\(program)"
    if !FileManager.default.fileExists(atPath: copy) {
      try FileManager.default.copyItem(atPath: "\(path)/\(program)", toPath: copy)
    }
    if let weights { try write(weights, "\(folder)/\(program).weights") }
  }

  func contents(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

  /// Every file below the folder and its bytes.
  func snapshot() throws -> [String: Data] {
    var result: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      result[name] = attributes[.type] as? FileAttributeType == .typeRegular ? try contents(name) : Data()
    }
    return result
  }
}
