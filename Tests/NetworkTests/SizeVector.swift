import Foundation
import Testing

/// One line of `Tests/Proof/vectors.json`, which `Tests/Scripts/proof_vectors.py` writes and explains: a published
/// network, the sizes on which it is defined, what comes out, and how much of the image it sees.
struct SizeVector: Decodable, Sendable, CustomTestStringConvertible {
  /// One axis: where every output is defined, and its size.
  struct Axis: Decodable, Sendable {
    enum Rounding: String, Decodable, Sendable { case floor, ceil }

    var residues: Set<Int>
    var modulus: Int
    var least: Int
    /// The same in words.
    var domain: String
    var times: Int
    var divisor: Int
    var round: Rounding
    var add: Int

    /// The size of the outputs for an input of `size` pixels, nil where they are undefined.
    func callAsFunction(_ size: Int) -> Int? {
      guard size >= least, residues.contains(size % modulus) else { return nil }
      let quotient = round == .floor ? size / divisor : (size + divisor - 1) / divisor
      return times * quotient + add
    }
  }

  /// How much of the image one output position sees, along an axis.
  struct ReceptiveField: Decodable, Sendable {
    /// Input positions, from the first to the last, that one output position sees at most.
    var largest: Int
    /// Input positions from one output position to the next: `32`, `1/2`.
    var stride: String
    /// The first input position that output position 0 stands for.
    var offset: Int
    /// Input positions before and after those that a tile of the output stands for, wherever it begins and ends.
    var halo: [Int]
    /// The same for tiles that begin and end on whole periods.
    var aligned: [Int]
    /// Input positions after which `windows` repeat.
    var period: Int
    /// The first and the last input position that the outputs of one period see.
    var windows: [[Int]]
  }

  private enum CodingKeys: String, CodingKey {
    case name, file, settings, rows, columns
    case receptiveField = "receptive_field"
  }

  var name: String
  /// The network's text, from the root of the repository on.
  var file: String
  /// The network's parameters.
  var settings: [String: String]
  var rows: Axis
  var columns: Axis
  /// nil where an output sees the whole image, or a grid that depends on its size.
  var receptiveField: ReceptiveField?

  var testDescription: String { name }

  static let all: [SizeVector] = {
    let file = Repository.root.appending(path: "Tests/Proof/vectors.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([SizeVector].self, from: data)) ?? []
  }()

  func network() throws -> Network {
    let url = Repository.root.appending(path: file)
    return try Network(text: String(contentsOf: url, encoding: .utf8), path: url.path, settings: settings)
  }
}
