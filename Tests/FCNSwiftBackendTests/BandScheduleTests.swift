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
    let schedule = try #require(plan.schedules.first)
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
    #expect(!plan.schedules.isEmpty)
    #expect(plan.schedules.allSatisfy { !$0.steps.contains(mean) })
  }

  /// Small pictures run step after step: their values stay in the cache.
  @Test func smallPicturesHaveNoBands() throws {
    let program = try Self.program(
      "network small\ninput x[3]\noutput y = x -> conv(8, kernel: 3, pad: 0) -> conv(8, kernel: 3, pad: 0)\n")
    #expect(BandPlan(program, try #require(SizePlan(program, height: 64, width: 64))).schedules.isEmpty)
    #expect(!BandPlan(program, try #require(SizePlan(program, height: 1024, width: 1024))).schedules.isEmpty)
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

  @Test(arguments: [1, 5, 24]) func schedulesAreCompleteAndInOrder(_ bandRows: Int) throws {
    var generator = RandomNetworks(seed: 9)
    var count = 0
    for index in 0..<120 {
      let text = index.isMultiple(of: 2) ? generator.text(index) : generator.minimalFiltering()
      guard let program = try? Self.program(text), let sizes = SizePlan(program, height: 48, width: 24) else {
        continue
      }
      for schedule in BandPlan(program, sizes, bandRows: bandRows).schedules {
        count += 1
        let reaches = schedule.steps.map { RowReach($0, group: schedule.steps, program, sizes) }
        var done = [Int](repeating: 0, count: reaches.count)
        for tick in 0..<schedule.ticks {
          let before = done
          for (step, reach) in reaches.enumerated() {
            let rows = schedule.rows(step, tick: tick)
            #expect(rows.lowerBound == before[step])
            done[step] = rows.upperBound
            guard !rows.isEmpty else { continue }
            let tile = (rows.upperBound - 1) / reach.rowTile
            for operand in reach.operands {
              for writer in operand.writers { #expect(operand.ends[tile] <= before[writer], "\(text)") }
              // The newest row of the ring must not lie where the oldest that is read now does.
              let ring = schedule.rings[operand.buffer]
              guard ring > 0 else { continue }
              let newest =
                reaches.indices.filter { reaches[$0].outputs.contains(operand.buffer) }
                .map { schedule.rows($0, tick: tick).upperBound }.max() ?? 0
              #expect(newest - operand.starts[rows.lowerBound / reach.rowTile] <= ring, "\(text)")
            }
          }
        }
        #expect(done == reaches.map(\.rows), "\(text)")
      }
    }
    #expect(count > 40, "only \(count) groups were looked at")
  }
}
