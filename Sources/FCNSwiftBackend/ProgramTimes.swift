import CFCNRuntime
import FCNRuntime

/// The time that a program takes on this machine, in seconds.
public struct ProgramTimes: Sendable {
  /// What all threads together spend in each step: the median of the runs.
  public var steps: [Double]
  /// A whole run, whose steps are not measured: the median and the least.
  public var median: Double
  public var least: Double
}

extension KernelLibrary {
  /// Measures programs on numbers without pattern. They take turns, so that a machine that slows down slows all of them.
  /// - Parameters:
  ///   - indices: the programs.
  ///   - runs: how often each runs, at least 1, after one run that does not count.
  ///   - all: steps that are computed on demand only run too.
  public func measure(
    _ indices: [Int], height: Int, width: Int, threads: Int, runs: Int, all: Bool = false
  ) throws(RuntimeFailure) -> [ProgramTimes] {
    var networks = indices.map { network($0) }
    for index in networks.indices {
      try networks[index].prepare(height: height, width: width, threads: threads)
      networks[index].isConfidenceWanted = all
      networks[index].fillInputs(height: height, width: width)
      networks[index].run()
    }
    var whole = networks.map { _ in [Double]() }
    var steps = networks.map { _ in [[Double]]() }
    for _ in 0..<runs {
      for index in networks.indices {
        let began = fcn_now()
        networks[index].run()
        whole[index].append(fcn_now() - began)
        steps[index].append(networks[index].timedRun())
      }
    }
    return networks.indices.map { index in
      let count = steps[index][0].count
      return ProgramTimes(
        steps: (0..<count).map { step in Self.median(steps[index].map { $0[step] }) },
        median: Self.median(whole[index]), least: whole[index].min() ?? 0)
    }
  }

  private static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
