import Foundation

/// Where the networks and goldens stand.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Published networks with their weights and goldens; not part of the repository, so it may be absent.
  static let models = root.deletingLastPathComponent().appending(path: "shared/models")

  /// The folders of `Networks`, without the one of shared definitions.
  static let networks: [String] = {
    let folders = try? FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Networks"), includingPropertiesForKeys: [.isDirectoryKey])
    return (folders ?? []).map(\.lastPathComponent).filter { FileManager.default.fileExists(atPath: path(of: $0)) }
      .sorted()
  }()

  static func path(of network: String) -> String {
    root.appending(path: "Networks/\(network)/\(network).fcn").path
  }

  static func golden(_ network: String, _ file: String) -> URL {
    root.appending(path: "Tests/Golden/\(network)/\(file)")
  }

  /// The networks that have a golden computed by `Tests/Scripts/network_goldens.py`.
  static let networksWithGolden = networks.filter {
    FileManager.default.fileExists(atPath: golden($0, "golden.npz").path)
  }

  /// The networks of which that script wrote the sizes.
  static let networksWithSizes = networks.filter {
    FileManager.default.fileExists(atPath: golden($0, "sizes.txt").path)
  }
}
