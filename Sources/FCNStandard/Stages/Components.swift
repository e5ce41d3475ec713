import FCNCore
import FCNRuntime

/// The connected regions of a map of classes.
public struct Components: AnswerStage {
  public static let signature = StageSignature(
    name: "components",
    summary: "An answer: the connected regions of a map of classes, each with its place, box, area and score.",
    discussion: """
      Class 0 and an ignored class are background; pixels of one class that touch are one region. Regions are numbered \
      from 1 in reading order of their first pixel. A hole is background that touches no edge and borders on one region \
      only; it is connected over corners where regions are not, and the other way round. `within` lets the regions grow, \
      ring by ring, over the pixels of a second map that are not 0: so objects that touch are told apart by a map of their \
      middles. Where two regions meet, the one of the lower number takes the pixel. Holes are filled and areas are counted \
      behind that, in pixels of the map.
      """,
    parameters: [
      Parameter(
        "connectivity", .integer(4...8), "4: pixels that share a side touch; 8: those that share a corner too.",
        elsewhere: ["SciPy": "4", "OpenCV": "8"]),
      Parameter("least_area", .integer(1...1 << 30), default: .value(.integer(1)), "Smaller regions are left out."),
      Parameter("fill_holes", .flag, default: .value(.flag(false)), "Whether holes become part of their region."),
      Parameter("within", .value, default: .optional("the regions do not grow"), "The map over which regions grow."),
      Parameter(
        "score", .value, default: .optional("regions have no score"),
        "The map whose mean over a region is its score: one channel, or one for each class."),
    ],
    equivalents: [
      .init("PyTorch", "scipy.ndimage.label(mask)"), .init("TensorFlow", "tfa.image.connected_components(mask)"),
      .init("Caffe", "none"), .init("ONNX", "none"),
    ],
    example: "x -> argmax -> components(connectivity: 8, least_area: 20)")

  public var rule: ComponentRule

  public init(_ arguments: Arguments) throws(Rejection) {
    let connectivity = arguments.integer("connectivity")
    guard connectivity == 4 || connectivity == 8 else {
      throw Rejection("`connectivity` is 4 or 8, not \(connectivity)", .argument("connectivity"))
    }
    rule = ComponentRule(
      joinsCorners: connectivity == 8, leastArea: arguments.integer("least_area"),
      fillsHoles: arguments.flag("fill_holes"), grows: arguments.contains("within"),
      hasScore: arguments.contains("score"))
    within = arguments.input("within")
    score = arguments.input("score")
  }

  /// The inputs that hold the further maps.
  private var within: Int?
  private var score: Int?

  public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
    guard case .label(let count) = inputs[0].element, inputs[0].channels == 1 else {
      throw Rejection(
        "`components` takes a map of classes, not of numbers", .input(0),
        help: "divide the numbers before with `threshold`, or take the greatest channel with `argmax`")
    }
    for (name, index) in [("within", within), ("score", score)] {
      guard let index else { continue }
      let map = inputs[index]
      guard map.height == inputs[0].height, map.width == inputs[0].width else {
        throw Rejection(
          "`\(name)` has another size than the map: \(Self.size(map)) and \(Self.size(inputs[0]))", .input(index),
          related: [(.input(0), "the map of classes")], help: "bring both to one size, with `upsample(like: ...)`")
      }
      guard map.channels == 1 || name == "score" && map.channels == count else {
        throw Rejection(
          "`\(name)` takes one channel, and this value has \(map.channels)", .input(index),
          help: name == "score" ? "a score for each of the \(count) classes is taken too" : nil)
      }
    }
    return [inputs[0]]
  }

  public var furtherMaps: [Int] { [within, score].compactMap { $0 } }

  public func method(for inputs: [TensorType]) -> AnswerMethod { .components(rule) }
}
