import FCNCore
import Foundation

/// One configuration of a stage from `Fixtures/stage_sizes.json`, which `Tests/Scripts/stage_sizes.py` writes.
struct SizeCase: Decodable, Sendable {
  var stage: String
  var arguments: [String: GoldenCase.Value]
  /// The size of each input as [p, c, q, m, d]: m * floor((p * n + c) / q) + d; nil for one input of the image's size.
  var inputs: [[Int]]?
  /// The frameworks that gave the sizes.
  var source: String
  /// The output's size for images of 1, 2, ... pixels; the columns' behind the rows' where they have another rule.
  var sizes: [[Int?]]
  /// The same as this language has them, where it differs on purpose.
  var ours: [[Int?]]?
  /// Why it does.
  var reason: String?

  static func all() throws -> [SizeCase] { try table.get() }

  private static let table = Result {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/stage_sizes.json"))
    return try JSONDecoder().decode([SizeCase].self, from: data)
  }

  /// The image sizes for which the stage's rule, worked out once for all of them, gives another size than expected.
  func differences() throws -> [String] {
    let expected = ours ?? sizes
    let (rows, columns) = try ruled()
    return Self.differences(of: rows, from: expected[0], "rows")
      + Self.differences(of: columns, from: expected[expected.count - 1], "columns")
  }

  /// The rows and the columns that the stage's rule gives for images of 1, 2, ... pixels.
  private func ruled() throws -> (rows: [Int?], columns: [Int?]) {
    let images = 1...sizes[0].count
    do {
      let type = try makeStage(stage, arguments.mapValues(\.argument)).outputTypes(for: types())[0]
      return (images.map { type.height($0) }, images.map { type.width($0) })
    } catch is Rejection {
      let nothing = images.map { _ -> Int? in nil }
      return (nothing, nothing)
    }
  }

  /// The types of the inputs. Their channels can be divided by the square of every factor of the table.
  private func types() throws -> [TensorType] {
    try (inputs ?? [[1, 0, 1, 1, 0]]).map { form in
      let size = try Extent.input.multiplied(by: form[0]).adding(form[1]).dividedDown(by: form[2])
        .multiplied(by: form[3]).adding(form[4]).requiring(atLeast: 1)
      return TensorType(channels: ["reshape", "threshold"].contains(stage) ? 1 : 3600, height: size, width: size)
    }
  }

  private static func differences(of ruled: [Int?], from expected: [Int?], _ axis: String) -> [String] {
    func text(_ size: Int?) -> String { size.map(String.init) ?? "no" }
    return expected.indices.filter { ruled[$0] != expected[$0] }.map { index in
      "\(text(ruled[index])) instead of \(text(expected[index])) \(axis) for \(index + 1)"
    }
  }
}
