import Foundation
import Testing

/// The numbers of a `.npy` file: channels, rows, columns.
struct Numbers: Equatable {
  var channels: Int
  var height: Int
  var width: Int
  var values: [Float]

  subscript(channel: Int, row: Int, column: Int) -> Float { values[(channel * height + row) * width + column] }

  init(channels: Int, height: Int, width: Int, _ value: (Int, Int, Int) -> Float) {
    (self.channels, self.height, self.width) = (channels, height, width)
    values = []
    for channel in 0..<channels {
      for row in 0..<height {
        for column in 0..<width { values.append(value(channel, row, column)) }
      }
    }
  }

  /// Reads float32 of version 1.
  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    let header = String(decoding: data[10..<start], as: UTF8.self)
    let match = try #require(header.firstMatch(of: /\((\d+), (\d+), (\d+)\)/))
    channels = try #require(Int(match.1))
    height = try #require(Int(match.2))
    width = try #require(Int(match.3))
    values = data[start...].withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    try #require(values.count == channels * height * width)
  }

  func write(_ path: String) throws {
    try Samples.npy(shape: [channels, height, width], numbers: values).write(to: URL(fileURLWithPath: path))
  }

  /// Some neighbouring rows and columns.
  func part(_ rows: Range<Int>, _ columns: Range<Int>) -> Numbers {
    Numbers(channels: channels, height: rows.count, width: columns.count) {
      self[$0, rows.lowerBound + $1, columns.lowerBound + $2]
    }
  }

  /// The largest difference as a part of the largest number; infinite where the shapes differ or something is NaN.
  func difference(to other: Numbers) -> Float {
    guard [channels, height, width] == [other.channels, other.height, other.width] else { return .infinity }
    var difference: Float = 0
    for (a, b) in zip(values, other.values) {
      let distance = abs(a - b)
      if !(distance <= difference) { difference = distance.isNaN ? .infinity : distance }
    }
    return difference / max(1e-3, other.values.map(abs).max() ?? 0)
  }
}
