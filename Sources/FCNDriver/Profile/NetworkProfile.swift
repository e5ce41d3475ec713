import FCNCore
import FCNRuntime

/// What each step of a compiled network does at a picture size: the algorithm, its work, and the time that is predicted
/// and, where it was measured, that it takes.
public struct NetworkProfile: Codable, Sendable {
  public struct Step: Codable, Sendable {
    /// The value that it computes.
    public var name: String
    public var algorithm: String
    /// The other algorithms that would serve, the least predicted cost first.
    public var otherAlgorithms: [String]
    public var channels: Int
    public var height: Int
    public var width: Int
    /// By the definition of the stage, whatever the algorithm does in fact.
    public var multiplyAdds: Double
    /// What it reads, weights included, and writes.
    public var bytes: Double
    /// Seconds, of all threads together over their number.
    public var predicted: Double
    public var measured: Double?
    /// Its part of the time of all steps, which is the measured one if there is one.
    public var share: Double

    /// 10^9 floating-point operations a second, two for each multiply-add; nil without a measured time.
    public var gigaflops: Double? { measured.map { $0 > 0 ? multiplyAdds * 2 / $0 / 1e9 : 0 } }
  }

  public var network: String
  public var target: String
  public var accuracy: String
  public var height: Int
  public var width: Int
  public var threads: Int
  public var steps: [Step]
  /// Seconds of whole runs, where they were measured.
  public var run: Run?

  public struct Run: Codable, Sendable {
    public var count: Int
    public var median: Double
    public var least: Double

    public init(count: Int, median: Double, least: Double) {
      self.count = count
      self.median = median
      self.least = least
    }
  }

  /// - Parameters:
  ///   - height, width: a size that the program accepts.
  ///   - all: steps that are computed on demand only belong to it.
  ///   - seconds: what all threads together spent in each step of the program, where it was measured.
  public init(
    _ lowered: LoweredProgram, accuracy: Accuracy, height: Int, width: Int, threads: Int, all: Bool = false,
    seconds: [Double]? = nil, run: Run? = nil
  ) {
    let program = lowered.description
    network = program.name
    target = lowered.target.name
    self.accuracy = accuracy.rawValue
    (self.height, self.width, self.threads, self.run) = (height, width, threads, run)
    let model = lowered.target.cost
    steps = []
    for (index, (step, facts)) in zip(program.steps, lowered.steps).enumerated() where all || !step.isOnDemand {
      let prediction = lowered.prediction(index, height: height, width: width)
      steps.append(
        Step(
          name: step.name, algorithm: facts.algorithm,
          otherAlgorithms: facts.algorithms.filter { $0 != facts.algorithm },
          channels: program.views[step.outputs[0]].channels, height: prediction.height, width: prediction.width,
          multiplyAdds: Double(facts.multiplyAdds) * prediction.positions, bytes: prediction.numbers * 4,
          predicted: prediction.cycles / model.clock / Double(threads),
          measured: seconds.map { $0[index] / Double(threads) }, share: 0))
    }
    let total = steps.reduce(0) { $0 + ($1.measured ?? $1.predicted) }
    for index in steps.indices where total > 0 {
      steps[index].share = (steps[index].measured ?? steps[index].predicted) / total
    }
  }
}
