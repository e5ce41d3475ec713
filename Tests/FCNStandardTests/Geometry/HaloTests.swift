import FCNCore
import FCNStandard
import FCNTestSupport
import Testing

/// Which input rows and columns matter, against impulses through the reference interpreter.
///
/// All weights are positive, all biases zero: an input of zeros gives zeros, and a row of ones changes exactly the rows
/// that depend on it, maxima included, without rounding.
@Suite struct HaloTests {
  /// The products that one network may cost along one axis.
  static let budget = 4_000_000

  @Test func dependenceIsWhatImpulsesShow() async throws {
    let parts = 8
    let total = await withTaskGroup(of: Findings.self) { group in
      for part in 0..<parts {
        group.addTask {
          var findings = Findings()
          for (index, item) in ProvedNetwork.all.enumerated() where index % parts == part && item.graph != nil {
            for axis in Axis.allCases { Self.examine(item, axis, &findings) }
          }
          return findings
        }
      }
      return await group.reduce(into: Findings()) { $0.add($1) }
    }
    print(
      "halo: \(total.impulses) of \(total.cases) axes of networks by impulses; \(total.fields) receptive fields, "
        + "\(total.halos) halos")
    for (seed, text) in total.troubles.sorted(by: { $0.0 < $1.0 }) { Issue.record("seed \(seed): \(text)") }
    #expect(total.impulses * 10 >= total.cases * 8)
    #expect(total.fields * 10 >= total.cases * 5)
    #expect(total.halos * 10 >= total.cases * 3)
  }

  struct Findings {
    var cases = 0
    var impulses = 0
    var fields = 0
    var halos = 0
    var troubles: [(UInt64, String)] = []

    mutating func add(_ other: Findings) {
      cases += other.cases
      impulses += other.impulses
      fields += other.fields
      halos += other.halos
      troubles += other.troubles
    }
  }

  private static func examine(_ item: ProvedNetwork, _ axis: Axis, _ findings: inout Findings) {
    findings.cases += 1
    let network = item.network.summing
    for check in [ImpulseCheck.trouble, FieldCheck.trouble] {
      var counts = Findings()
      guard check(network, axis, &counts) != nil else {
        findings.add(counts)
        continue
      }
      var ignored = Findings()
      let small = network.shrunk { check($0, axis, &ignored) != nil }
      findings.troubles.append((item.seed, "\(axis): \(check(small, axis, &ignored) ?? "")\n\(small.text)"))
    }
  }
}

/// One network, one axis, one size: every input position by an impulse.
enum ImpulseCheck {
  static func trouble(_ network: RandomNetwork, _ axis: Axis, _ findings: inout HaloTests.Findings) -> String? {
    guard let graph = network.elaborated().graph, let size = size(network, axis),
      let trace = Trace(network, axis, size), let width = width(network, axis),
      let across = across(network, axis, width),
      let shown = impulses(network, graph, axis, trace, across)
    else { return nil }
    findings.impulses += 1
    for (number, output) in network.outputs.enumerated() {
      for position in 0..<trace.sizes[output] {
        let shown = shown[number][position]
        let defined = trace.origin(of: output, position)
        if shown != defined.marks {
          return "size \(size), \(RandomNetwork.name(output))[\(position)] reads \(positions(shown)), by definition "
            + "\(positions(defined.marks))"
        }
        let proved = try? graph.inputRanges(of: graph.outputs[number].value, position...position, axis, size: size)
        let expected = shown.indices.map { defined.hull($0) }
        if proved != expected {
          return "size \(size), \(RandomNetwork.name(output))[\(position)] reads \(expected), proved \(proved ?? [])"
        }
      }
    }
    return nil
  }

  private static func positions(_ marks: [[Bool]]) -> [[Int]] {
    marks.map { marks in marks.indices.filter { marks[$0] } }
  }

  /// The size along the axis: with an interior where that is cheap.
  private static func size(_ network: RandomNetwork, _ axis: Axis) -> Int? {
    guard let width = width(network, axis) else { return nil }
    let valid = (1...160).filter { size in
      Trace(network, axis, size).map { cost(network, axis, $0, width) <= HaloTests.budget } ?? false
    }
    return valid.first { $0 >= 48 } ?? valid.last
  }

  /// The size along the other axis: the smallest with an interior, so that no tap falls on padding alone.
  private static func width(_ network: RandomNetwork, _ axis: Axis) -> Int? {
    let other = axis == .rows ? Axis.columns : .rows
    return (1...160).first { size in
      guard let trace = Trace(network, other, size) else { return false }
      return network.outputs.allSatisfy { output in
        (0..<trace.sizes[output]).contains { !trace.origin(of: output, $0).touchesEdge }
      }
    }
  }

  private static func across(_ network: RandomNetwork, _ axis: Axis, _ width: Int) -> Trace? {
    Trace(network, axis == .rows ? .columns : .rows, width)
  }

  private static func cost(_ network: RandomNetwork, _ axis: Axis, _ trace: Trace, _ width: Int) -> Int {
    guard let across = across(network, axis, width) else { return .max }
    return network.values.indices.reduce(0) { sum, index in
      let value = network.values[index]
      func taps(_ rule: AxisRule) -> Int {
        switch rule {
        case .window(let window): window.kernel
        case .transposed(let rule): rule.kernel
        default: 2
        }
      }
      let numbers = value.channels * trace.sizes[index] * across.sizes[index]
      return sum + numbers * taps(value.rows) * taps(value.columns)
    } * trace.sizes[0]
  }

  /// For each output and each of its positions, for each input, which positions change it.
  private static func impulses(
    _ network: RandomNetwork, _ graph: Graph, _ axis: Axis, _ trace: Trace, _ across: Trace
  ) -> [[[[Bool]]]]? {
    guard let interpreter = try? Interpreter(graph.withPositiveWeights()) else { return nil }
    let inputs = network.values.indices.filter { network.values[$0].isInput }
    var shown = network.outputs.map { output in
      (0..<trace.sizes[output]).map { _ in inputs.map { Array(repeating: false, count: trace.sizes[$0]) } }
    }
    func tensor(_ value: Int, _ channels: Int = 1) -> Tensor {
      let (length, width) = (trace.sizes[value], across.sizes[value])
      return Tensor(channels: channels, height: axis == .rows ? length : width, width: axis == .rows ? width : length)
    }
    for (number, input) in inputs.enumerated() {
      for position in 0..<trace.sizes[input] {
        var images = inputs.map { tensor($0) }
        for place in 0..<across.sizes[input] {
          if axis == .rows { images[number][0, position, place] = 1 } else { images[number][0, place, position] = 1 }
        }
        guard let results = try? interpreter.run(images).outputs else { return nil }
        for (output, result) in results.enumerated() {
          for index in result.values.indices where result.values[index] != 0 {
            let row = index / result.width % result.height
            shown[output][axis == .rows ? row : index % result.width][number][position] = true
          }
        }
      }
    }
    return shown
  }
}

/// The receptive field and halo of the outputs, for all positions and sizes, against the interiors of some sizes.
enum FieldCheck {
  static func trouble(_ network: RandomNetwork, _ axis: Axis, _ findings: inout HaloTests.Findings) -> String? {
    guard let graph = network.elaborated().graph, let geometry = try? AxisGeometry(graph, axis) else { return nil }
    for (number, output) in network.outputs.enumerated() {
      guard let field = geometry.receptiveField(of: graph.outputs[number].value, in: graph) else {
        // Where positions drift apart or the image is one size only, there is none.
        if let trace = (200...300).lazy.compactMap({ Trace(network, axis, $0) }).first, network.isLocal(output, axis),
          trace.places[output] != nil, trace.origin(of: output, trace.sizes[output] / 2).hull(0) != nil
        {
          return "\(RandomNetwork.name(output)) has no receptive field, but is local"
        }
        continue
      }
      guard network.hasFixedGrids(output, axis), geometry.period <= 12, field.size <= 120 else { continue }
      if let trouble = compare(network, axis, output, field, geometry.period, &findings) { return trouble }
    }
    return nil
  }

  private static func compare(
    _ network: RandomNetwork, _ axis: Axis, _ output: Int, _ field: ReceptiveField, _ period: Int,
    _ findings: inout HaloTests.Findings
  ) -> String? {
    var seen = Seen()
    let start = field.size + 60
    for size in start..<start + period {
      guard let trace = Trace(network, axis, size) else { continue }
      seen.look(at: trace, output, alignment: field.alignment)
    }
    let name = RandomNetwork.name(output)
    guard seen.size <= field.size else { return "\(name) sees \(seen.size) positions, proved \(field.size)" }
    guard seen.isComplete, seen.size > 0 else { return nil }
    findings.fields += 1
    if seen.size != field.size { return "\(name) sees \(seen.size) positions, proved \(field.size)" }
    guard seen.hasPlace else { return nil }
    findings.halos += 1
    let proved = [field.halo.before, field.halo.after, field.alignedHalo.before, field.alignedHalo.after].map(\.decimal)
    let shown = [seen.before, seen.after, seen.alignedBefore, seen.alignedAfter]
    guard zip(proved, shown).allSatisfy({ abs($0 - $1) < 1e-9 }) else {
      return "\(name) has halos \(shown) at multiples of \(field.alignment), proved \(proved)"
    }
    return nil
  }

  /// What interiors show.
  private struct Seen {
    var size = 0
    var before = -Double.infinity
    var after = -Double.infinity
    var alignedBefore = -Double.infinity
    var alignedAfter = -Double.infinity
    /// Every phase of every size that was looked at.
    var isComplete = true
    var hasPlace = true

    mutating func look(at trace: Trace, _ output: Int, alignment: Int) {
      let place = trace.places[output]
      if place == nil { hasPlace = false }
      let (scale, offset) = (place?.scale ?? 1, place?.offset ?? 0)
      var phases: Set<Int> = []
      for position in 0..<trace.sizes[output] {
        let origin = trace.origin(of: output, position)
        guard !origin.touchesEdge else { continue }
        phases.insert(position % alignment)
        guard let hull = origin.hull(0) else { continue }
        size = max(size, hull.count)
        // A position covers half a stride to both sides of its place, a pixel of the input half a pixel.
        let first = scale * Double(position) + offset - scale / 2 - (Double(hull.lowerBound) - 0.5)
        let last = Double(hull.upperBound) + 0.5 - (scale * Double(position) + offset + scale / 2)
        before = max(before, first)
        after = max(after, last)
        // What the position needs beyond a range around it that begins and ends at multiples of the alignment.
        let phase = position % alignment
        alignedBefore = max(alignedBefore, first - scale * Double(phase))
        alignedAfter = max(alignedAfter, last - scale * Double(alignment - 1 - phase))
      }
      if phases.count < alignment { isComplete = false }
    }
  }
}

extension RandomNetwork {
  /// The values that a value depends on.
  private func ancestors(_ value: Int) -> [Value] {
    var isAncestor = values.indices.map { $0 == value }
    for index in values.indices.reversed() where isAncestor[index] {
      for input in values[index].inputs { isAncestor[input] = true }
    }
    return zip(values, isAncestor).filter(\.1).map(\.0)
  }

  /// Nothing on the way to the value needs the whole image.
  fileprivate func isLocal(_ value: Int, _ axis: Axis) -> Bool {
    !ancestors(value).contains { $0.rule(axis) == .whole }
  }

  /// No grid on the way to the value depends on the size of the image.
  fileprivate func hasFixedGrids(_ value: Int, _ axis: Axis) -> Bool {
    ancestors(value).allSatisfy {
      if case .resized(let rule) = $0.rule(axis) { return !rule.isLike && rule.grid != .alignCorners }
      return true
    }
  }
}

extension Rational {
  fileprivate var decimal: Double { Double(numerator) / Double(denominator) }
}

extension Graph {
  /// The graph with positive weights and biases of zero.
  fileprivate func withPositiveWeights() -> Graph {
    var dice = SeededGenerator(seed: 1)
    var result = self
    for index in nodes.indices {
      result.nodes[index].weights = requirements(of: nodes[index]).map { requirement in
        let count = requirement.shape.reduce(1, *)
        let scale = Float(count).squareRoot()
        let values = (0..<count).map { _ in
          requirement.name == "bias" ? 0 : Float(dice.number(500...1500)) / 1000 / scale
        }
        return WeightTensor(shape: requirement.shape, values: values)
      }
    }
    return result
  }
}
