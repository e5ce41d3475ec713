import FCNRuntime
import Foundation

/// The files that Tests/Scripts/pictures.py wrote.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

  static func path(_ name: String) -> String { folder + "/" + name }

  static func bytes(_ name: String) throws -> [UInt8] { try bytes(at: path(name)) }

  static func bytes(at path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  static func picture(_ name: String, maximumPixels: Int = 1_000_000) throws -> Picture {
    try Picture(decoding: FileBytes(bytes(name)), maximumPixels: maximumPixels)
  }

  static func array(_ name: String) throws -> PlanarArray { try PlanarArray(npy: FileBytes(bytes(name + ".npy"))) }
}

/// The greatest difference between two arrays; nil if their shapes differ.
func greatestDifference(_ first: PlanarArray, _ second: PlanarArray) -> Float? {
  guard first.channels == second.channels, first.height == second.height, first.width == second.width else {
    return nil
  }
  var greatest: Float = 0
  for channel in 0..<first.channels {
    for row in 0..<first.height {
      for column in 0..<first.width {
        greatest = max(greatest, abs(first[channel, row, column] - second[channel, row, column]))
      }
    }
  }
  return greatest
}

/// The samples of a picture as numbers.
func samples(_ picture: Picture) throws -> PlanarArray {
  let array = try PlanarArray(channels: picture.channels, height: picture.height, width: picture.width)
  for channel in 0..<picture.channels {
    for row in 0..<picture.height {
      for column in 0..<picture.width { array[channel, row, column] = Float(picture[row, column, channel]) }
    }
  }
  return array
}

/// A new folder that is removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/fcn-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// Pseudo-random numbers from a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
