import FCNCore
import Foundation

/// The algorithms that were found to be the fastest for the steps of a network on some machine: a JSON file.
public struct Tuning: Codable, Sendable {
  public var network: String
  public var target: String
  public var accuracy: String
  /// By the step's name, where another one is faster than that of the cost model.
  public var algorithms: [String: String]
  private var path: String?

  private enum CodingKeys: CodingKey { case network, target, accuracy, algorithms }

  public init(network: String, target: Target, accuracy: Accuracy, algorithms: [String: String] = [:]) {
    self.network = network
    self.target = target.name
    self.accuracy = accuracy.rawValue
    self.algorithms = algorithms
  }

  /// The largest file that is read, in bytes.
  private static let sizeLimit = 1 << 20

  /// Reads what was found for a network; nothing is wanted where there is no file.
  /// - Throws: where the file is not one of these, or is about something else.
  public static func read(
    _ path: String?, for network: String, target: Target, accuracy: Accuracy
  ) throws(Session.Failure) -> Tuning {
    let expected = Tuning(network: network, target: target, accuracy: accuracy)
    guard let path else { return expected }
    let help = "`fcnc tune NET -o \(path)` writes one"
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw Session.Failure("there is no file `\(path)`", help: help)
    }
    guard let data = FileManager.default.contents(atPath: path), data.count <= sizeLimit,
      var tuning = try? JSONDecoder().decode(Tuning.self, from: data)
    else { throw Session.Failure("`\(path)` does not hold the findings of `fcnc tune`", help: help) }
    for (what, found, wanted) in [
      ("network", tuning.network, expected.network), ("target", tuning.target, expected.target),
      ("accuracy", tuning.accuracy, expected.accuracy),
    ] where found != wanted {
      throw Session.Failure(
        "`\(path)` was made for the \(what) `\(found)`, and this is for `\(wanted)`", help: "run `fcnc tune` for it")
    }
    tuning.path = path
    return tuning
  }

  /// - Throws: where a program has not taken what is wanted: the network was changed since.
  public func check(_ program: LoweredProgram) throws(Session.Failure) {
    var taken: [String: String] = [:]
    for (step, facts) in zip(program.description.steps, program.steps) { taken[step.name] = facts.algorithm }
    for (step, algorithm) in algorithms.sorted(by: { $0.key < $1.key }) where taken[step] != algorithm {
      let cause =
        taken[step] == nil ? "the network has no step `\(step)`" : "`\(algorithm)` does not serve for `\(step)`"
      throw Session.Failure(
        "`\(path ?? "the tuning")` does not fit the network: \(cause)",
        help: "run `fcnc tune` again, or leave `--tuning` out")
    }
  }

  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }
}
