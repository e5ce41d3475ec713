import FCNCore
import Foundation

/// One case of `Fixtures/stages.json`, which `Tests/Scripts/stage_goldens.py` writes.
struct GoldenCase: Decodable, Sendable {
  struct Numbers: Decodable, Sendable {
    var shape: [Int]
    var values: [Float]

    var tensor: Tensor { Tensor(channels: shape[0], height: shape[1], width: shape[2], values: values) }
    var weight: WeightTensor { WeightTensor(shape: shape, values: values) }
  }

  enum Value: Decodable, Sendable {
    case argument(Argument)

    private enum Key: String, CodingKey { case size, input }

    init(from decoder: any Decoder) throws {
      if let keyed = try? decoder.container(keyedBy: Key.self) {
        if let input = try keyed.decodeIfPresent(Int.self, forKey: .input) {
          self = .argument(.input(input))
        } else {
          let size = try keyed.decode([Int].self, forKey: .size)
          self = .argument(.size(rows: size[0], columns: size[1]))
        }
        return
      }
      let single = try decoder.singleValueContainer()
      if let flag = try? single.decode(Bool.self) {
        self = .argument(.flag(flag))
      } else if let integer = try? single.decode(Int.self) {
        self = .argument(.integer(integer))
      } else if let decimal = try? single.decode(Double.self) {
        self = .argument(.decimal(decimal))
      } else if let word = try? single.decode(String.self) {
        self = .argument(.word(word))
      } else {
        self = .argument(.list(try single.decode([Int].self).map { .integer($0) }))
      }
    }

    var argument: Argument {
      switch self {
      case .argument(let argument): argument
      }
    }
  }

  var stage: String
  var arguments: [String: Value]
  var inputs: [Numbers]
  var weights: [Numbers]
  var output: Numbers

  static func all() throws -> [GoldenCase] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/stages.json"))
    return try JSONDecoder().decode([GoldenCase].self, from: data)
  }

  func make() throws -> any Stage { try makeStage(stage, arguments.mapValues(\.argument)) }

  /// The types of the inputs, of constant size.
  var types: [TensorType] {
    inputs.map { TensorType(channels: $0.shape[0], height: .constant($0.shape[1]), width: .constant($0.shape[2])) }
  }
}
