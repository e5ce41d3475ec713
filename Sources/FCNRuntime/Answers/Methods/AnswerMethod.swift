/// How an answer is worked out of the maps that a network gives: numbers, points or regions in place of a picture.
public enum AnswerMethod: Sendable {
  /// The sum of every channel, times `scale`.
  case sum(scale: Double)
  /// The mean of every channel, times `scale`.
  case mean(scale: Double)
  /// Connected regions of the pixels of a class; class 0 and the ignored one are background.
  case components(ComponentRule)
  /// The places where a channel is greatest around.
  case peaks(PeakRule)
  /// One point for every channel: the mean of all places, weighed with `exp(beta * number)`.
  case softArgMax(beta: Double)
}

/// What counts as a region.
public struct ComponentRule: Sendable {
  /// Whether pixels that touch at a corner belong together; otherwise only those that share a side.
  public var joinsCorners: Bool
  /// Regions of fewer pixels of the map are left out.
  public var leastArea: Int
  /// Whether background that one region encloses becomes part of it.
  public var fillsHoles: Bool
  /// Whether a second map says which pixels the regions grow over.
  public var grows: Bool
  /// Whether the last map gives the numbers whose mean is the score of a region: one channel, or one for each class.
  public var hasScore: Bool

  public init(
    joinsCorners: Bool, leastArea: Int = 1, fillsHoles: Bool = false, grows: Bool = false, hasScore: Bool = false
  ) {
    self.joinsCorners = joinsCorners
    self.leastArea = leastArea
    self.fillsHoles = fillsHoles
    self.grows = grows
    self.hasScore = hasScore
  }
}

/// What counts as a peak.
public struct PeakRule: Sendable {
  /// The least number of a peak.
  public var threshold: Float
  /// Within so many rows and columns of a peak nothing is greater.
  public var distance: Int
  /// Whether the place is refined with a parabola through the neighbours.
  public var isSubPixel: Bool

  public init(threshold: Float, distance: Int, isSubPixel: Bool = false) {
    self.threshold = threshold
    self.distance = distance
    self.isSubPixel = isSubPixel
  }
}

/// An answer in place of a map.
public struct AnswerDescription: Sendable {
  public var method: AnswerMethod
  /// The outputs that hold the further maps of the method, in its order.
  public var furtherMaps: [Int]

  public init(method: AnswerMethod, furtherMaps: [Int] = []) {
    self.method = method
    self.furtherMaps = furtherMaps
  }
}

/// A place of a map that was found: positions of the map, the middle of the first being 0.
struct MapPoint {
  var row: Double
  var column: Double
  var score: Float
  /// The channel that it was found in.
  var channel: Int
}

/// A connected region of a map.
struct MapRegion {
  /// The class of its pixels.
  var label: Int
  /// Its pixels.
  var area = 0
  /// The sums of the positions of its pixels.
  var rowSum = 0
  var columnSum = 0
  /// The outermost positions.
  var top = Int.max
  var bottom = -1
  var left = Int.max
  var right = -1
  /// The sum of the scores of its pixels.
  var scoreSum = 0.0

  init(label: Int) { self.label = label }

  var row: Double { Double(rowSum) / Double(max(area, 1)) }
  var column: Double { Double(columnSum) / Double(max(area, 1)) }

  mutating func add(row: Int, column: Int) {
    area += 1
    rowSum += row
    columnSum += column
    top = min(top, row)
    bottom = max(bottom, row)
    left = min(left, column)
    right = max(right, column)
  }
}
