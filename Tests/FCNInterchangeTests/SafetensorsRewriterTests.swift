import FCNCore
import FCNInterchange
import Foundation
import Testing

/// Safetensors files that are written again with some tensors changed.
@Suite struct SafetensorsRewriterTests {
  /// A file with every kind of content: a half-precision matrix of 2 x 6 numbers, integers that cannot be weights, a
  /// number that is not finite, and metadata.
  static let header =
    #"{"__metadata__":{"format":"pt","note":"a \"quoted\" one"},"count":{"dtype":"I32","shape":[],"data_offsets":[24,28]},"#
    + #""fc.weight":{"dtype":"F16","shape":[2,6],"data_offsets":[0,24]},"#
    + #""nan":{"dtype":"F32","shape":[1],"data_offsets":[28,32]},"empty":{"dtype":"BF16","shape":[0,3],"data_offsets":[32,32]}}"#
  /// The numbers are their positions: 0, 1, ... as 16 bits each; what they mean as floats does not matter.
  static let matrix: [UInt8] = (0..<12).flatMap { [UInt8($0), 0x3C] }
  static let rest: [UInt8] = [7, 0, 0, 0, 0, 0, 0xC0, 0x7F]

  private func rewritten(_ changes: [String: TensorChange]) throws -> [UInt8] {
    let file = TemporaryFile(SafetensorsTests.file(Self.header, Self.matrix + Self.rest))
    let output = TemporaryFile()
    try SafetensorsRewriter.rewrite(file.path, to: output.path, changing: changes)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: output.path)))
  }

  private func expected(_ shape: String, _ numbers: [UInt8]) -> [UInt8] {
    var header =
      #"{"__metadata__":{"format":"pt","note":"a \"quoted\" one"},"fc.weight":{"dtype":"F16","shape":[\#(shape)],"#
      + #""data_offsets":[0,24]},"count":{"dtype":"I32","shape":[],"data_offsets":[24,28]},"#
      + #""nan":{"dtype":"F32","shape":[1],"data_offsets":[28,32]},"empty":{"dtype":"BF16","shape":[0,3],"data_offsets":[32,32]}}"#
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    return SafetensorsTests.file(header, numbers + Self.rest)
  }

  @Test func shapesChangeAndEverythingElseStays() throws {
    let result = try rewritten(["fc.weight": TensorChange(shape: [2, 3, 1, 2])])
    #expect(result == expected("2,3,1,2", Self.matrix))
  }

  /// Rows of six numbers: three channels of 1 x 2 pixels, which stood channel last.
  @Test func numbersAreReorderedRowByRow() throws {
    let change = TensorChange(shape: [2, 3, 1, 2], positions: [0, 3, 1, 4, 2, 5])
    let order: [UInt8] = [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]
    #expect(try rewritten(["fc.weight": change]) == expected("2,3,1,2", order.flatMap { [$0, 0x3C] }))
  }

  @Test func nothingChangesWithoutChanges() throws {
    #expect(try rewritten([:]) == expected("2,6", Self.matrix))
  }

  @Test func changesThatDoNotFitAreRefused() throws {
    let wrong: [(String, TensorChange, String)] = [
      ("fc.weigth", TensorChange(shape: [2, 6]), "there is no tensor `fc.weigth`"),
      ("fc.weight", TensorChange(shape: [2, 5]), "tensor `fc.weight` of shape [2, 6] cannot become [2, 5]"),
      (
        "fc.weight", TensorChange(shape: [2, 6], positions: [0, 1, 2, 3, 4]),
        "tensor `fc.weight` of shape [2, 6] cannot become [2, 6]"
      ),
      (
        "fc.weight", TensorChange(shape: [2, 6], positions: [0, 1, 1]),
        "tensor `fc.weight` of shape [2, 6] cannot become [2, 6]"
      ),
    ]
    for (name, change, message) in wrong {
      #expect(failure { _ = try rewritten([name: change]) } == message)
    }
  }
}
