import Foundation

/// A file that is removed when nothing refers to it any more.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8] = [], extension: String = "bin") {
    path = NSTemporaryDirectory() + "/fcn-test-\(UUID().uuidString).\(`extension`)"
    let isCreated = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    precondition(isCreated, "the folder for temporary files can be written")
  }

  deinit { unlink(path) }
}

/// Published networks beside the package, or in the folder that FCNC_MODELS names.
enum Models {
  static let folder: String = {
    if let folder = ProcessInfo.processInfo.environment["FCNC_MODELS"] { return folder }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/models").path
  }()

  /// The path of a file; nil, and a printed line, where it is not there.
  static func path(_ name: String) -> String? {
    let path = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: \(name) is not in \(folder)")
      return nil
    }
    return path
  }
}

/// A seeded source of randomness (xorshift64*), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// Changes a file as accidents and attackers do: bits, bytes, stretches cut out, doubled, or cut off.
func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
  var result = bytes
  for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
    let place = Int.random(in: 0..<result.count, using: &generator)
    let end = min(result.count, place + Int.random(in: 1...16, using: &generator))
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: result[place] = UInt8.random(in: 0...255, using: &generator)
    case 2: result[place] = [0, 0xFF, 0x7F, 0x80, 0x30, 0x39, 0x2C].randomElement(using: &generator)!
    case 3: result.removeSubrange(place..<end)
    case 4: result.insert(contentsOf: result[place..<end], at: place)
    case 5: result.removeSubrange(place...)
    default: for index in place..<end { result[index] = 0xFF }
    }
  }
  return result
}
