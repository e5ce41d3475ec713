import FCNCore
import Foundation
import Testing

@Suite("Sizes of published networks")
struct SizeVectorTests {
  static let sizes = 1...1024

  @Test("there are vectors, each with a name of its own")
  func vectorsAreFound() {
    #expect(SizeVector.all.count >= 41)
    #expect(Set(SizeVector.all.map(\.name)).count == SizeVector.all.count)
  }

  @Test("is defined for exactly the published sizes, and gives exactly the published size", arguments: SizeVector.all)
  func sizes(vector: SizeVector) throws {
    let graph = try vector.network().graph
    for output in graph.outputs {
      let type = graph.values[output.value].type
      let name = output.description.name
      for size in Self.sizes {
        #expect(type.height(size) == vector.rows(size), "\(name) of \(size) rows")
        #expect(type.width(size) == vector.columns(size), "\(name) of \(size) columns")
      }
    }
  }

  @Test("says which sizes it takes", arguments: SizeVector.all)
  func domains(vector: SizeVector) throws {
    let graph = try vector.network().graph
    for output in graph.outputs {
      let type = graph.values[output.value].type
      #expect(type.height.domain(of: "H") == vector.rows.domain)
      #expect(type.width.domain(of: "W") == vector.columns.domain)
    }
  }

  /// The largest receptive field, the exact window of every phase of an output position, and the halos of tiles, from
  /// the recorded numbers; the positions of an output are where `stride` and `offset` say, to half a pixel.
  @Test("sees exactly what is published", arguments: SizeVector.all)
  func receptiveFields(vector: SizeVector) throws {
    let graph = try vector.network().graph
    let value = try #require(graph.outputs.first).value
    for (axis, rule) in [(Axis.rows, vector.rows), (.columns, vector.columns)] {
      let geometry = try AxisGeometry(graph, axis)
      guard let expected = vector.receptiveField else {
        let isLocal = Verdict(of: graph).reasons(against: .local).isEmpty
        #expect(!isLocal || geometry.classes.contains { $0.places[value]?.offset == nil })
        continue
      }
      let field = try #require(geometry.receptiveField(of: value, in: graph))
      #expect(field.size == expected.largest)
      #expect(geometry.classes.allSatisfy { $0.places[value]?.scale.description == expected.stride })
      #expect(field.alignment == expected.windows.count || expected.windows.count % field.alignment == 0)
      try halos(field, try #require(geometry.classes[0].places[value]), expected)
      try windows(of: graph, value, axis, rule, expected)
    }
  }

  /// The halos that follow from the recorded windows: each position covers as many pixels as the stride, around where it
  /// lies.
  private func halos(_ field: ReceptiveField, _ place: Place, _ expected: SizeVector.ReceptiveField) throws {
    let offset = try #require(place.offset)
    let reach = try (place.scale - Rational(1)) / Rational(2)
    let halos = try expected.windows.enumerated().map { index, window in
      let middle = try place.scale * Rational(index) + offset
      return (
        before: try middle - reach - Rational(window[0]), after: try Rational(window[1]) - (middle + reach)
      )
    }
    #expect(field.halo.before == halos.map(\.before).max() && field.halo.after == halos.map(\.after).max())
    // Of a whole period every position counts, from the period's first and last one.
    let last = try place.scale * Rational(expected.windows.count - 1)
    let aligned = try halos.enumerated().map { index, halo in
      let distance = try place.scale * Rational(index)
      return (before: try halo.before - distance, after: try halo.after - (last - distance))
    }
    #expect(field.alignedHalo.before == aligned.map(\.before).max())
    #expect(field.alignedHalo.after == aligned.map(\.after).max())
  }

  /// The windows of the positions in the middle of a large image.
  private func windows(
    of graph: Graph, _ value: Graph.ValueID, _ axis: Axis, _ rule: SizeVector.Axis,
    _ expected: SizeVector.ReceptiveField
  ) throws {
    let least = 4 * expected.largest + 8 * expected.period
    let size = try #require((least...least + 2 * rule.modulus).first { rule($0) != nil })
    let count = try #require(rule(size))
    let turn = count / expected.windows.count / 2
    for (phase, window) in expected.windows.enumerated() {
      let position = turn * expected.windows.count + phase
      let ranges = try graph.inputRanges(of: value, position...position, axis, size: size)
      let range = try #require(ranges?.first ?? nil)
      let shift = turn * expected.period
      #expect([range.lowerBound - shift, range.upperBound - shift] == window, "\(axis), phase \(phase)")
    }
  }

  /// The halos of U-Nets that are known from elsewhere: 107 for tiles anywhere, 94 for tiles on multiples of 16.
  @Test(
    "knows the halos of U-Nets",
    arguments: [("unet_4level_nearest", 204, 107, 94), ("unet_4level_bilinear", 236, 122, 110)])
  func halosOfUNets(name: String, size: Int, anywhere: Int, aligned: Int) throws {
    let vector = try #require(SizeVector.all.first { $0.name == name })
    let graph = try vector.network().graph
    let field = try #require(try AxisGeometry(graph, .rows).receptiveField(of: graph.outputs[0].value, in: graph))
    #expect(field.size == size && field.alignment == 16)
    #expect(field.halo == .init(before: Rational(anywhere), after: Rational(anywhere)))
    #expect(field.alignedHalo == .init(before: Rational(aligned), after: Rational(aligned)))
  }

  @Test("gives an output of that size when it is run on its smallest image", arguments: SizeVector.all)
  func runs(vector: SizeVector) throws {
    let bound = try vector.network().boundAtRandom(seed: 1)
    let input = try #require(bound.inputs.count == 1 ? bound.inputs.first : nil)
    let image = Tensor(
      channels: input.description.channels, height: vector.rows.least, width: vector.columns.least)
    for output in try Interpreter(bound).run([image]).outputs {
      #expect(output.height == vector.rows(image.height) && output.width == vector.columns(image.width))
      #expect(output.values.allSatisfy { $0.isFinite })
    }
  }

  @Test("stands in canonical form")
  func isCanonical() throws {
    let folder = Repository.root.appending(path: "Tests/Proof/Networks")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 19)
    let frontEnd = try #require(Network.registry.frontEnds.first { $0.fileExtensions.contains("fcn") })
    for url in files {
      let file = SourceFile(path: url.path, bytes: Array(try Data(contentsOf: url)))
      var report = DiagnosticSink()
      let tree = frontEnd.parse(file, report: &report)
      #expect(!report.hasErrors)
      #expect(frontEnd.print(tree) == file.text)
    }
  }
}
