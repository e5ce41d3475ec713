import FCNCore
import FCNDriver
import FCNSwiftBackend
import Foundation

/// Finds the fastest algorithms for the steps of a network by measuring those that come near by the cost model.
struct Tuner {
  let graph: Graph
  let accuracy: Accuracy
  let size: (height: Int, width: Int)
  let threads: Int
  let runs: Int
  let toolchain: Toolchain
  let cache: String

  /// Algorithms of a step that are measured, the least predicted cost first.
  private static let candidates = 4
  /// Another algorithm is taken only where it needs less than this part of the time of the first.
  private static let gain = 0.97

  struct Result {
    var tuning: Tuning
    /// What was found, for people.
    var summary: String
  }

  func tune(progress: (String) -> Void) throws -> Result {
    let usual = try Profiler(graph, target: .native, accuracy: accuracy).program
    let count = min(Self.candidates, usual.steps.map(\.algorithms.count).max() ?? 0)
    var tuning = Tuning(network: graph.name, target: .native, accuracy: accuracy)
    guard count > 1 else { return Result(tuning: tuning, summary: "no step has another algorithm") }
    // Variant i has the i-th algorithm of every step that has so many.
    let variants = try (0..<count).map { rank in try program(of: usual) { $0.count > rank ? $0[rank] : nil } }
    let times = try measure(variants, progress)
    var changes: [String] = []
    for (index, step) in usual.description.steps.enumerated() {
      let first = times[0].steps[index]
      let best = (0..<count).min { times[$0].steps[index] < times[$1].steps[index] } ?? 0
      let (before, after) = (usual.steps[index].algorithm, variants[best].steps[index].algorithm)
      guard before != after, times[best].steps[index] < first * Self.gain else { continue }
      tuning.algorithms[step.name] = after
      changes.append("\(step.name): \(after) in place of \(before), \(Self.ratio(first, times[best].steps[index]))")
    }
    guard !changes.isEmpty else { return Result(tuning: tuning, summary: "no other algorithm is faster") }
    // Steps that run in bands together change each other's time: the whole decides.
    let tuned = try program(tuning.algorithms)
    let whole = try measure([usual, tuned], progress)
    guard whole[1].median < whole[0].median else {
      tuning.algorithms = [:]
      return Result(tuning: tuning, summary: "some steps have a faster algorithm, but together they are not faster")
    }
    let total = "the whole: \(Self.ratio(whole[0].median, whole[1].median))"
    return Result(tuning: tuning, summary: (changes + [total]).joined(separator: "\n"))
  }

  private func program(
    of usual: LoweredProgram, _ choose: ([String]) -> String?
  ) throws(Session.Failure) -> LoweredProgram {
    var algorithms: [String: String] = [:]
    for (step, facts) in zip(usual.description.steps, usual.steps) { algorithms[step.name] = choose(facts.algorithms) }
    return try program(algorithms)
  }

  private func program(_ algorithms: [String: String]) throws(Session.Failure) -> LoweredProgram {
    try Profiler(graph, target: .native, accuracy: accuracy, algorithms: algorithms).program
  }

  private func measure(_ programs: [LoweredProgram], _ progress: (String) -> Void) throws -> [ProgramTimes] {
    let library = try KernelLibrary(programs, toolchain: toolchain, cache: cache, progress: progress)
    return try library.measure(
      Array(programs.indices), height: size.height, width: size.width, threads: threads, runs: runs)
  }

  private static func ratio(_ before: Double, _ after: Double) -> String {
    String(format: "%.2f ms in place of %.2f ms", after * 1e3, before * 1e3)
  }
}
