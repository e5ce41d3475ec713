import ArgumentParser
import FCNCore
import FCNDriver
import FCNStandard
import FCNSwiftBackend
import Foundation

/// Says what the steps of a network take: by the cost model, or measured on this machine.
struct Profiler {
  let program: LoweredProgram
  private let accuracy: Accuracy

  /// - Parameters:
  ///   - graph: has its weights.
  ///   - algorithms: those that are wanted for some steps, by the step's name.
  init(
    _ graph: Graph, target: Target, accuracy: Accuracy = .normal, algorithms: [String: String] = [:]
  ) throws(Session.Failure) {
    var program = try Session.lower(
      Optimizer.optimize(graph).graph, target: target, accuracy: accuracy, algorithms: algorithms)
    program.description.sizes = try Session.sizeRules(of: graph)
    self.program = program
    self.accuracy = accuracy
  }

  func predicted(_ size: (height: Int, width: Int), threads: Int) -> NetworkProfile {
    NetworkProfile(program, accuracy: accuracy, height: size.height, width: size.width, threads: threads)
  }

  /// - Parameters:
  ///   - runs: how often each size runs.
  ///   - all: steps that are computed on demand only run too.
  func measured(
    _ sizes: [(height: Int, width: Int)], threads: Int, runs: Int, all: Bool = false, cache: String,
    progress: (String) -> Void
  ) throws -> [NetworkProfile] {
    try Self.checkRuns(program.target)
    let library = try KernelLibrary([program], toolchain: try Toolchain.find(), cache: cache, progress: progress)
    return try sizes.map { size in
      let found = try library.measure(
        [0], height: size.height, width: size.width, threads: threads, runs: runs, all: all)[0]
      return NetworkProfile(
        program, accuracy: accuracy, height: size.height, width: size.width, threads: threads, all: all,
        seconds: found.steps, run: .init(count: runs, median: found.median, least: found.least))
    }
  }

  /// - Throws: where kernels for a target cannot run on this machine.
  static func checkRuns(_ target: Target) throws(Session.Failure) {
    guard target.canRunHere else {
      throw Session.Failure(
        "kernels for \(target.name) do not run on this machine, so they cannot be measured on it",
        help: "leave `--target` out")
    }
  }
}

/// How tables and their like are printed.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown

  func print(_ profiles: [NetworkProfile]) throws {
    switch self {
    case .text: Swift.print(profiles.map(ProfileText.plain).joined(separator: "\n"), terminator: "")
    case .markdown: Swift.print(profiles.map(ProfileText.markdown).joined(separator: "\n"), terminator: "")
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      Swift.print(String(decoding: try encoder.encode(profiles), as: UTF8.self))
    }
  }
}
