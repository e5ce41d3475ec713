import Foundation
import Testing

@testable import FCNRuntime

/// Regions, peaks and points against what SciPy finds in the same maps (Tests/Scripts/answers.py).
@Suite struct AnswerMethodTests {
  struct Cases: Decodable {
    var unit: Float
    var components: [ComponentCase]
    var peaks: [PeakCase]
    var softArgmax: [SoftArgMaxCase]
  }

  struct ComponentCase: Decodable {
    var height: Int
    var width: Int
    var labels: [Float]
    var connectivity: Int
    var fill: Bool
    var least: Int
    var within: [Float]?
    var score: [[Float]]?
    var ids: [Int32]
    var regions: [Region]

    struct Region: Decodable {
      var label: Int
      var area: Int
      var row: Double
      var column: Double
      var top: Int
      var bottom: Int
      var left: Int
      var right: Int
      var score: Double?
    }
  }

  struct Point: Decodable {
    var score: Float
    var row: Double
    var column: Double
    var channel: Int?
  }

  struct PeakCase: Decodable {
    var channels: Int
    var height: Int
    var width: Int
    var map: [Float]
    var threshold: Float
    var distance: Int
    var subPixel: Bool
    var points: [Point]
  }

  struct SoftArgMaxCase: Decodable {
    var height: Int
    var width: Int
    var map: [Float]
    var beta: Double
    var points: [Point]
  }

  let cases: Cases

  init() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    cases = try decoder.decode(Cases.self, from: Data(Fixture.bytes("answers.json")))
  }

  private func array(_ numbers: [[Float]], _ height: Int, _ width: Int, unit: Float = 1) throws -> PlanarArray {
    let array = try PlanarArray(channels: numbers.count, height: height, width: width)
    for (channel, plane) in numbers.enumerated() {
      for (index, number) in plane.enumerated() { array[channel, index / width, index % width] = number / unit }
    }
    return array
  }

  private func planes(_ numbers: [Float], _ channels: Int) -> [[Float]] {
    let count = numbers.count / channels
    return (0..<channels).map { Array(numbers[$0 * count..<($0 + 1) * count]) }
  }

  @Test func componentsAreThoseOfSciPy() throws {
    #expect(cases.components.count >= 90)
    for (number, expected) in cases.components.enumerated() {
      let rule = ComponentRule(
        joinsCorners: expected.connectivity == 8, leastArea: expected.least, fillsHoles: expected.fill,
        grows: expected.within != nil, hasScore: expected.score != nil)
      let found = try Components(
        array([expected.labels], expected.height, expected.width), rule,
        mask: expected.within.map { try array([$0], expected.height, expected.width) },
        score: expected.score.map { try array($0, expected.height, expected.width, unit: cases.unit) })
      #expect((0..<found.numbers.count).map { found.numbers[$0] } == expected.ids, "case \(number)")
      try #require(found.regions.count == expected.regions.count, "case \(number)")
      for (region, wanted) in zip(found.regions, expected.regions) {
        #expect(region.label == wanted.label && region.area == wanted.area, "case \(number)")
        #expect(region.top == wanted.top && region.bottom == wanted.bottom, "case \(number)")
        #expect(region.left == wanted.left && region.right == wanted.right, "case \(number)")
        #expect(abs(region.row - wanted.row) < 1e-6 && abs(region.column - wanted.column) < 1e-6, "case \(number)")
        if let score = wanted.score {
          #expect(abs(region.scoreSum / Double(region.area) - score) < 1e-6, "case \(number)")
        }
      }
    }
  }

  /// An ignored class is background, for holes too.
  @Test func ignoredClassesAreBackground() throws {
    let map = try array([[1, 1, 1, 1, 9, 1, 1, 1, 1, 0, 9, 9]], 4, 3)
    let rule = ComponentRule(joinsCorners: false, fillsHoles: true)
    let found = try Components(map, rule, ignored: 9)
    #expect((0..<12).map { found.numbers[$0] } == [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
  }

  @Test func peaksAreThoseOfSciPy() throws {
    #expect(cases.peaks.count >= 60)
    for (number, expected) in cases.peaks.enumerated() {
      let map = try array(planes(expected.map, expected.channels), expected.height, expected.width, unit: cases.unit)
      let rule = PeakRule(
        threshold: expected.threshold, distance: expected.distance, isSubPixel: expected.subPixel)
      let found = try Peaks.find(in: map, rule)
      try #require(found.count == expected.points.count, "case \(number)")
      for (point, wanted) in zip(found, expected.points) {
        #expect(point.channel == wanted.channel && point.score == wanted.score, "case \(number)")
        #expect(abs(point.row - wanted.row) < 1e-6 && abs(point.column - wanted.column) < 1e-6, "case \(number)")
      }
    }
  }

  /// By hand: two tops of a ring-shaped plateau are one peak in its middle; of equal tops two apart the first stays.
  @Test func plateausAndTies() throws {
    let ring: [Float] = [0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 2, 1, 2, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0]
    let points = try Peaks.find(in: array([ring], 5, 5), PeakRule(threshold: 1, distance: 1, isSubPixel: true))
    #expect(points.map { [$0.row, $0.column] } == [[2, 2]])
    let tops: [Float] = [0, 3, 0, 3, 0, 0, 3]
    let near = try Peaks.find(in: array([tops], 1, 7), PeakRule(threshold: 1, distance: 2))
    #expect(near.map(\.column) == [1, 6])
    let far = try Peaks.find(in: array([tops], 1, 7), PeakRule(threshold: 1, distance: 65_536))
    #expect(far.map(\.column) == [1])
  }

  @Test func softArgMaxIsTheWeighedMean() throws {
    for (number, expected) in cases.softArgmax.enumerated() {
      let map = try array(planes(expected.map, 2), expected.height, expected.width, unit: cases.unit)
      for (point, wanted) in zip(map.softArgMax(beta: expected.beta, counts: CountedPositions()), expected.points) {
        #expect(abs(point.row - wanted.row) < 1e-6 && abs(point.column - wanted.column) < 1e-6, "case \(number)")
        #expect(point.score == wanted.score, "case \(number)")
      }
    }
  }

  /// In 32 bits the sum would stand still at 2^24.
  @Test func sumsAreIn64Bits() throws {
    let map = try PlanarArray(channels: 1, height: 4200, width: 4200)
    for row in 0..<4200 { map.row(row, channel: 0).update(repeating: 1, count: 4200) }
    #expect(map.sums(counts: CountedPositions()) == [17_640_000])
    let counts = CountedPositions(
      rows: (0..<4200).map { $0 >= 10 }, columns: (0..<4200).map { $0 < 100 })
    #expect(map.sums(counts: counts) == [419_000])
    #expect(counts.count(height: 4200, width: 4200) == 419_000)
  }

  /// 16 million pixels of one region whose outline winds: joined without recursion.
  @Test func windingRegions() throws {
    let map = try PlanarArray(channels: 1, height: 2000, width: 2000)
    for row in 0..<2000 {
      for column in 0..<2000 {
        let isWall = row % 2 == 1 && (row % 4 == 1 ? column != 1999 : column != 0)
        map[0, row, column] = isWall ? 0 : 1
      }
    }
    let found = try Components(map, ComponentRule(joinsCorners: false, fillsHoles: true))
    #expect(found.regions.map(\.area) == [1000 * 2000 + 1000])
  }
}
