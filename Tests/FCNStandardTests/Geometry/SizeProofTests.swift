import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// The proved sizes and domains of random networks against evaluation, size by size.
///
/// `FCNC_ORACLE_CASES` and `FCNC_ORACLE_SEED` make a longer or another run.
@Suite struct SizeProofTests {
  static let sizes = 1...300

  @Test func provedSizesAreThoseOfEveryImage() throws {
    var statistics = Statistics()
    for item in ProvedNetwork.all {
      guard let graph = item.graph else {
        statistics.rejected += 1
        if Self.rejectionTrouble(item.network) != nil {
          let small = item.network.shrunk { Self.rejectionTrouble($0) != nil }
          Issue.record("seed \(item.seed): \(Self.rejectionTrouble(small) ?? "")\n\(small.text)")
        }
        continue
      }
      statistics.count(item)
      if Self.trouble(item.network, graph) != nil {
        let isTrouble = { (network: RandomNetwork) in
          network.elaborated().graph.flatMap { Self.trouble(network, $0) }
        }
        let small = item.network.shrunk { isTrouble($0) != nil }
        Issue.record("seed \(item.seed): \(isTrouble(small) ?? "")\n\(small.text)")
      }
    }
    print(statistics)
    #expect(statistics.accepted >= 200)
    #expect(statistics.bounded >= 80)
    #expect(statistics.residues >= 80)
    #expect(statistics.joined >= 60)
    #expect(statistics.resized >= 30)
    #expect(statistics.uneven >= 30)
    #expect(statistics.slowest.seconds < 0.1, "\(statistics.slowest.text)")
  }

  /// The first disagreement of what is proved with what evaluation gives.
  static func trouble(_ network: RandomNetwork, _ graph: Graph) -> String? {
    for axis in Axis.allCases {
      guard let domain = try? AxisGeometry(graph, axis).domain else { return "\(axis): no geometry" }
      let proved = network.values.indices.map { index in
        graph.values.first { $0.name == RandomNetwork.name(index) }?.type[keyPath: axis.extent]
      }
      for size in sizes {
        let sizes = network.sizes(axis, size)
        for (index, expected) in sizes.enumerated() {
          guard let extent = proved[index] else { return "\(RandomNetwork.name(index)) is missing" }
          if extent(size) != expected {
            return
              "\(axis), \(size): \(RandomNetwork.name(index)) is \(describe(expected)), proved \(describe(extent(size)))"
          }
        }
        let isValid = network.outputs.allSatisfy { sizes[$0] != nil }
        if (domain(size) != nil) != isValid { return "\(axis), \(size): the domain is wrong" }
      }
    }
    return nil
  }

  /// What is wrong with the rejection of a network: it has to be for a value that exists for no image, or for few.
  static func rejectionTrouble(_ network: RandomNetwork) -> String? {
    let elaborated = network.elaborated()
    guard let finding = elaborated.diagnostics.first(where: { $0.severity == .error }) else { return nil }
    let line = finding.range.map { $0.start.line } ?? 0
    let message = "\(finding.id.name): \(finding.message)"
    guard ["stage-rejected", "empty-size-domain"].contains(finding.id.name), network.values.indices.contains(line - 2)
    else { return message }
    // `... agree only for H = 8, 11`; nothing where it is for no image.
    let domain = finding.message.split(separator: "agree only for ").dropFirst().joined()
    let isAsSaid = Axis.allCases.map { axis in
      (try? sizes.allSatisfy { size in
        let isSaid = domain.contains(axis.variable) ? try ExtentText.holds(domain, axis.variable, size) : false
        return (network.sizes(axis, size)[line - 2] != nil) == isSaid
      }) ?? false
    }
    return isAsSaid.contains(true) ? nil : message
  }

  private static func describe(_ size: Int?) -> String { size.map(String.init) ?? "undefined" }

  /// The reference computes values of the sizes that the definitions give.
  @Test func interpretedShapesAreTheDefined() throws {
    var compared = 0
    for item in ProvedNetwork.all {
      guard let graph = item.graph else { continue }
      var sink = DiagnosticSink()
      let interpreter = try Interpreter(RandomWeights.bind(graph, seed: item.seed, report: &sink))
      var dice = SeededGenerator(seed: item.seed)
      let valid = Axis.allCases.map { axis in
        (1...48).filter { size in !item.network.sizes(axis, size).contains(nil) }.prefix(12)
      }
      guard !valid[0].isEmpty, !valid[1].isEmpty else { continue }
      for _ in 0..<3 {
        let (height, width) = (dice.pick(Array(valid[0])), dice.pick(Array(valid[1])))
        let rows = item.network.sizes(.rows, height).map { $0 ?? 0 }
        let columns = item.network.sizes(.columns, width).map { $0 ?? 0 }
        let inputs = item.network.values.indices.filter { item.network.values[$0].isInput }.map {
          Tensor(channels: 1, height: rows[$0], width: columns[$0], repeating: 1)
        }
        let names = item.network.values.indices.map(RandomNetwork.name)
        let results = try interpreter.run(inputs, keeping: Set(names)).values
        for (index, name) in names.enumerated() {
          let shape = results[name].map { [$0.channels, $0.height, $0.width] }
          #expect(
            shape == [item.network.values[index].channels, rows[index], columns[index]],
            "seed \(item.seed), \(height) x \(width), \(name)\n\(item.network.text)")
        }
        compared += 1
      }
    }
    #expect(compared >= 500)
  }
}

/// What kinds of networks were drawn.
struct Statistics: CustomStringConvertible {
  var accepted = 0
  var rejected = 0
  /// With a domain along some axis that is neither empty nor everything.
  var bounded = 0
  /// With a domain that has gaps.
  var residues = 0
  var joined = 0
  var resized = 0
  var uneven = 0
  var slowest: (seconds: Double, text: String) = (0, "")

  mutating func count(_ item: ProvedNetwork) {
    let domains = Axis.allCases.map { axis in SizeProofTests.sizes.map { item.network.isValid(axis, $0) } }
    accepted += 1
    if domains.contains(where: { Set($0).count == 2 }) { bounded += 1 }
    if domains.contains(where: { domain in zip(domain, domain.dropFirst()).contains { $0 && !$1 } }) { residues += 1 }
    if item.network.joins >= 2 { joined += 1 }
    if item.network.hasResize { resized += 1 }
    if item.network.hasDifferentAxes { uneven += 1 }
    if item.seconds > slowest.seconds { slowest = (item.seconds, item.network.text) }
  }

  var description: String {
    "size proof: \(accepted) networks, \(bounded) with a domain neither empty nor everything (\(residues) with gaps), "
      + "\(joined) with two or more joins, \(resized) with resize or like, \(uneven) with different rules for H and W, "
      + "\(rejected) rejected; the slowest proof took \(Int(slowest.seconds * 1e6)) µs"
  }
}

/// A random network and what the compiler says of it.
struct ProvedNetwork: Sendable {
  var seed: UInt64
  var network: RandomNetwork
  /// Nil where the compiler rejects the network.
  var graph: Graph?
  /// The time of the proof: elaboration, geometry and receptive fields of the outputs.
  var seconds: Double

  static let count = Int(ProcessInfo.processInfo.environment["FCNC_ORACLE_CASES"] ?? "") ?? 280
  static let firstSeed = UInt64(ProcessInfo.processInfo.environment["FCNC_ORACLE_SEED"] ?? "") ?? 1

  /// As many networks as asked for that are accepted, and those rejected among them.
  static let all: [ProvedNetwork] = {
    var all: [ProvedNetwork] = []
    var accepted = 0
    for seed in firstSeed..<firstSeed + UInt64(2 * count) where accepted < count {
      all.append(ProvedNetwork(seed: seed))
      if all.last?.graph != nil { accepted += 1 }
    }
    return all
  }()

  init(seed: UInt64) {
    self.seed = seed
    network = NetworkMaker.network(seed: seed)
    // Once more where something else took the processor's caches.
    seconds = .infinity
    for _ in 0..<2 where seconds > 0.02 {
      let start = Self.processorTime
      let elaborated = network.elaborated()
      graph = elaborated.errors.isEmpty ? elaborated.graph : nil
      if let graph {
        for axis in Axis.allCases {
          let geometry = try? AxisGeometry(graph, axis)
          for output in graph.outputs { _ = geometry?.receptiveField(of: output.value, in: graph) }
        }
      }
      seconds = min(seconds, Self.processorTime - start)
    }
  }

  /// Seconds that this thread has computed.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
