import FCNCore
import FCNStandard
import Testing

@testable import FCNRuntime

/// What a schedule must be whatever the network: complete, in order, and with rings that hold what is still read.
@Suite struct BandScheduleTests {
  private static func program(_ text: String, _ accuracy: Accuracy = .normal) throws -> ProgramDescription {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "bands.fcn", text: text), report: &sink)
    let graph = Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink)
    let bound = RandomWeights.bind(try #require(graph, "\(sink.diagnostics.map(\.message))"), report: &sink)
    return try Lowerer(Optimizer.optimize(bound).graph, target: .x86v3, accuracy: accuracy).lower().description
  }

  /// Two 3x3 convolutions, 8 rows a tick: the second is a tick and a row behind the first. When the first writes the
  /// rows up to 8 (t + 1), the second begins at 8 (t - 1) - 1 and reads from the row before on: 2 * 8 + 2 rows.
  @Test func theRingOfAChainHasTheRowsInBetween() throws {
    let program = try Self.program(
      """
      network chain
      input x[3]
      output y = x -> conv(16, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)

      """, .strict)
    let sizes = try #require(SizePlan(program, height: 100, width: 40))
    let plan = BandPlan(program, sizes, bandRows: 8)
    let schedule = try #require(plan.groups.first?.schedules.first)
    #expect(schedule.steps == 0..<2)
    #expect(schedule.rows(0, tick: 0) == 0..<8)
    #expect(schedule.rows(1, tick: 0) == 0..<0)
    #expect(schedule.rows(1, tick: 1) == 0..<7)
    #expect(schedule.rows(1, tick: 2) == 7..<15)
    #expect(plan.rings.filter { $0 > 0 } == [18])
    let whole = MemoryPlan(program, sizes, BandPlan(program, sizes))
    let banded = MemoryPlan(program, sizes, plan)
    #expect(banded.size < whole.size)
  }

  /// A mean over the whole picture needs all rows of what it reads.
  @Test func whatSeesTheWholePictureEndsAGroup() throws {
    let program = try Self.program(
      """
      network gate
      input x[3]
      a = x -> conv(16, kernel: 3, pad: same) -> conv(16, kernel: 3, pad: same)
      g = a -> global_mean
      output y = (a * g) -> conv(2, kernel: 3, pad: same)

      """)
    let sizes = try #require(SizePlan(program, height: 60, width: 40))
    let plan = BandPlan(program, sizes, bandRows: 6)
    let mean = try #require(
      program.steps.firstIndex { step in
        step.operands.contains { if case .whole = $0.rows { true } else { false } }
      })
    #expect(!plan.groups.isEmpty)
    #expect(plan.groups.allSatisfy { !$0.steps.contains(mean) })
  }

  /// Small pictures run step after step: their values stay in the cache.
  @Test func smallPicturesHaveNoBands() throws {
    let program = try Self.program(
      "network small\ninput x[3]\noutput y = x -> conv(8, kernel: 3, pad: 0) -> conv(8, kernel: 3, pad: 0)\n")
    #expect(BandPlan(program, try #require(SizePlan(program, height: 64, width: 64))).groups.isEmpty)
    #expect(!BandPlan(program, try #require(SizePlan(program, height: 1024, width: 1024))).groups.isEmpty)
  }

  /// The maps of classes lie in memory as a ring of rows, though how sure the classes are can be asked for: that is worked
  /// out band by band too.
  @Test func mapsOfClassesAreNeverWhole() throws {
    var sink = DiagnosticSink()
    let text = """
      network labels
      input x[3]
      small = x -> conv(8, kernel: 3, stride: 4, pad: 1) -> conv(21, kernel: 1)
      output y: labels = small -> upsample(4, mode: bilinear, grid: half_pixel) -> argmax

      """
    let tree = NetworkLanguage().parse(SourceFile(path: "labels.fcn", text: text), report: &sink)
    let graph = try #require(Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink))
    let bound = RandomWeights.bind(graph.withConfidence, report: &sink)
    let program = try Lowerer(Optimizer.optimize(bound).graph, target: .x86v3).lower().description
    #expect(program.steps.map(\.isOnDemand) == [false, false, false, false, true])
    let memory = try #require(Execution.memorySize(program, height: 1024, width: 1024))
    // The picture, the small maps, the classes and the two maps of the confidence; whole maps of classes were 24 more.
    #expect(memory < (3 + 2 + 1 + 2 + 4) * 4 << 20)
  }

  /// Two 3x3 convolutions of a picture of 100 rows in two shares: the halves of the second are apart, and each share
  /// computes the row of the first beyond the edge that its half reads.
  @Test func sharesMeetInRowsThatBothCompute() throws {
    let program = try Self.program(
      """
      network chain
      input x[3]
      output y = x -> conv(16, kernel: 3, pad: same) -> conv(2, kernel: 3, pad: same)

      """, .strict)
    let sizes = try #require(SizePlan(program, height: 100, width: 40))
    let plan = BandPlan(program, sizes, threads: 2, bandRows: 8, shares: 2)
    let group = try #require(plan.groups.first)
    let isRing = plan.rings.map { $0 > 0 }
    let reaches = group.steps.map { RowReach($0, group: group.steps, program, sizes) }
    #expect(reaches.allSatisfy { $0.rowTile == 1 })
    let shares = try #require(RowShares(reaches, isRing: isRing, count: 2))
    #expect(shares.rows == [[0..<51, 0..<50], [49..<100, 50..<100]])
    #expect(shares.excess > 1 && shares.excess <= 1.02)
    #expect(plan.copies.filter { $0 > 1 } == [2])
    // Each half has a ring of its own, which together are less than the whole.
    let whole = MemoryPlan(program, sizes, BandPlan(program, sizes))
    #expect(MemoryPlan(program, sizes, plan).size < whole.size)
  }

  /// What a later group reads is whole, so no rows of it may be computed twice.
  @Test func whatIsReadInsideAndOutsideIsNotDivided() throws {
    let program = try Self.program(
      """
      network gate
      input x[3]
      a = x -> conv(16, kernel: 3, pad: same) -> conv(16, kernel: 3, pad: same)
      b = a -> conv(16, kernel: 3, pad: same)
      g = b -> global_mean
      output y = (a * g) -> conv(2, kernel: 3, pad: same)

      """)
    let sizes = try #require(SizePlan(program, height: 60, width: 40))
    let first = try #require(BandPlan(program, sizes, threads: 2, bandRows: 6, shares: 2).groups.first)
    #expect(first.steps == 0..<3 && first.schedules.count == 1)
  }

  /// Where the rows at the edges are many beside the picture, threads work together.
  @Test func sharesAreNotTakenAtAnyPrice() throws {
    let program = try Self.program(
      """
      network context
      input x[3]
      wide = x -> conv(8, kernel: 9, pad: same) -> conv(8, kernel: 9, pad: same)
      output y = wide -> conv(8, kernel: 9, pad: same) -> conv(8, kernel: 9, pad: same)

      """, .strict)
    func counts(_ height: Int, threads: Int) throws -> [Int] {
      let sizes = try #require(SizePlan(program, height: height, width: 512))
      return BandPlan(program, sizes, threads: threads).groups.map(\.schedules.count)
    }
    #expect(try counts(512, threads: 1) == [1])
    #expect(try counts(512, threads: 2) == [2])
    // Several shares for each thread, so that the faster do more of them.
    #expect(try counts(2048, threads: 2) == [4])
    #expect(try counts(512, threads: 16) == [1])
  }

  @Test(arguments: [1, 5, 24], [1, 2, 3]) func schedulesAreCompleteAndInOrder(_ bandRows: Int, shares: Int) throws {
    var generator = RandomNetworks(seed: 9)
    var count = 0
    for index in 0..<120 {
      let text = index.isMultiple(of: 2) ? generator.text(index) : generator.minimalFiltering()
      guard let program = try? Self.program(text), let sizes = SizePlan(program, height: 48, width: 24) else {
        continue
      }
      let plan = BandPlan(program, sizes, bandRows: bandRows, shares: shares)
      for group in plan.groups where group.schedules.count == shares {
        count += 1
        let reaches = group.steps.map { RowReach($0, group: group.steps, program, sizes) }
        var covered = reaches.map { Array(repeating: 0, count: $0.rows) }
        for schedule in group.schedules {
          check(schedule, reaches, rings: plan.rings, text)
          for step in reaches.indices {
            for tick in 0..<schedule.ticks { for row in schedule.rows(step, tick: tick) { covered[step][row] += 1 } }
          }
        }
        for (step, reach) in reaches.enumerated() {
          // Rows that later groups read are computed once; others at least as often as they are needed.
          let isWhole = reach.outputs.contains { plan.rings[$0] == 0 }
          if isWhole || shares == 1 { #expect(covered[step].allSatisfy { $0 == 1 }, "\(text)") }
        }
      }
    }
    #expect(count > 20, "only \(count) groups were looked at")
  }

  /// Whether every row is there when it is read.
  private func check(_ schedule: BandSchedule, _ reaches: [RowReach], rings: [Int], _ text: String) {
    let begin = reaches.indices.map { schedule.rows($0, tick: 0).lowerBound }
    var done = begin
    for tick in 0..<schedule.ticks {
      let before = done
      for (step, reach) in reaches.enumerated() {
        let rows = schedule.rows(step, tick: tick)
        #expect(rows.lowerBound == before[step])
        done[step] = rows.upperBound
        guard !rows.isEmpty else { continue }
        #expect(rows.lowerBound % reach.rowTile == 0)
        let (first, last) = (rows.lowerBound / reach.rowTile, (rows.upperBound - 1) / reach.rowTile)
        for operand in reach.operands {
          for writer in operand.writers where operand.starts[first] < operand.ends[last] {
            #expect(operand.ends[last] <= before[writer], "\(text)")
            #expect(operand.starts[first] >= begin[writer], "\(text)")
          }
          // The newest row of the ring must not lie where the oldest that is read now does.
          let ring = rings[operand.buffer]
          guard ring > 0 else { continue }
          let newest =
            reaches.indices.filter { reaches[$0].outputs.contains(operand.buffer) }
            .map { schedule.rows($0, tick: tick).upperBound }.max() ?? 0
          #expect(newest - operand.starts[first] <= ring, "\(text)")
        }
      }
    }
  }
}
