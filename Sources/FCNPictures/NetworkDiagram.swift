import FCNCore

/// A network as boxes and arrows: what the pictures of every style are drawn from.
///
/// A box is an input, an output, a stage with the activations and normalisations that follow it alone, or, where the network
/// is large, a whole use of a definition or turn of a repeat.
public struct NetworkDiagram: Sendable {
  public struct Box: Sendable {
    public enum Kind: Sendable, Equatable {
      case input, output
      case stage(StageCategory)
      /// So many stages of a definition or repeat.
      case group(stages: Int)
    }

    public var kind: Kind
    /// What it is called: the first stage, the definition, the input.
    public var title: String
    /// What else it does: the stages behind the first one.
    public var lines: [String]
    /// The name that the author gave its result.
    public var name: String?
    /// The type of what it gives.
    public var type: TensorType
  }

  public struct Arrow: Hashable, Sendable {
    public var from: Int
    public var to: Int
  }

  /// In an order in which every box stands behind those it reads.
  public private(set) var boxes: [Box] = []
  public private(set) var arrows: [Arrow] = []
  private var known: Set<Arrow> = []
  public let name: String

  /// Whether it is small enough to be drawn: every layer that an arrow passes takes room.
  public var isDrawable: Bool {
    boxes.count <= Self.boxLimit && arrows.reduce(0) { $0 + $1.to - $1.from } <= Self.passageLimit
  }

  private static let boxLimit = 4_000
  private static let passageLimit = 100_000

  /// The most boxes that a picture has where uses of definitions can be drawn as one box.
  public static let usualLimit = 40

  /// - Parameter limit: the most boxes; definitions are drawn as one box each, from the innermost on, until there are no
  ///   more than that, or nothing is left that can be.
  public init(_ graph: Graph, limit: Int = usualLimit) {
    let deepest = graph.nodes.map(\.origin.scopes.count).max() ?? 0
    self.init(graph, depth: deepest)
    for depth in stride(from: deepest - 1, through: 0, by: -1) where boxes.count > limit {
      self.init(graph, depth: depth)
    }
  }

  private init(_ graph: Graph, depth: Int) {
    name = graph.name
    let isLive = graph.liveNodes
    let readers = Self.readers(graph, isLive)
    // The box of each value.
    var owners = [Int?](repeating: nil, count: graph.values.count)
    var groups: [Int: Int] = [:]
    for input in graph.inputs {
      owners[input.value] = boxes.count
      boxes.append(
        Box(
          kind: .input, title: input.description.name, lines: [], name: nil, type: graph.values[input.value].type))
    }
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      guard let output = node.outputs.first else { continue }
      let category = graph.category(of: index)
      let words = Self.words(graph, index)
      let scope = node.origin.scopes.count > depth ? node.origin.scopes[depth] : nil
      if let scope, let group = groups[scope.identity] {
        if case .group(let stages) = boxes[group].kind { boxes[group].kind = .group(stages: stages + 1) }
        boxes[group].type = graph.values[output].type
        if graph.values[output].isNamed, scope.definition != nil { boxes[group].name = boxes[group].name }
        for output in node.outputs { owners[output] = group }
        connect(node, owners, to: group)
      } else if let scope {
        groups[scope.identity] = boxes.count
        for output in node.outputs { owners[output] = boxes.count }
        boxes.append(
          Box(
            kind: .group(stages: 1), title: scope.definition ?? "turn of a repeat", lines: [], name: nil,
            type: graph.values[output].type))
        connect(node, owners, to: boxes.count - 1)
      } else if let previous = Self.follows(index, graph, readers, owners, boxes), node.inputs.count == 1,
        [.activation, .normalization, .arithmetic].contains(category)
      {
        boxes[previous].lines.append(words)
        boxes[previous].type = graph.values[output].type
        if graph.values[output].isNamed { boxes[previous].name = graph.values[output].name }
        owners[output] = previous
      } else {
        for output in node.outputs { owners[output] = boxes.count }
        boxes.append(
          Box(
            kind: .stage(category), title: words, lines: [],
            name: graph.values[output].isNamed ? graph.values[output].name : nil, type: graph.values[output].type))
        connect(node, owners, to: boxes.count - 1)
      }
    }
    for output in graph.namedOutputs {
      let box = boxes.count
      boxes.append(
        Box(
          kind: .output, title: output.description.name, lines: [], name: nil, type: graph.values[output.value].type))
      if let owner = owners[output.value] { arrows.append(Arrow(from: owner, to: box)) }
    }
  }

  private mutating func connect(_ node: Graph.Node, _ owners: [Int?], to box: Int) {
    for input in node.inputs {
      guard let owner = owners[input], owner != box else { continue }
      let arrow = Arrow(from: owner, to: box)
      if known.insert(arrow).inserted { arrows.append(arrow) }
    }
  }

  private static func readers(_ graph: Graph, _ isLive: [Bool]) -> [Int] {
    var counts = [Int](repeating: 0, count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() where isLive[index] {
      for input in node.inputs { counts[input] += 1 }
    }
    for output in graph.namedOutputs { counts[output.value] += 1 }
    return counts
  }

  /// The box of the stage before, where nothing else reads what that gives.
  private static func follows(
    _ index: Int, _ graph: Graph, _ readers: [Int], _ owners: [Int?], _ boxes: [Box]
  ) -> Int? {
    guard let input = graph.nodes[index].inputs.first, readers[input] == 1, let owner = owners[input] else {
      return nil
    }
    guard case .stage = boxes[owner].kind else { return nil }
    return owner
  }

  /// A stage in a few words: `conv 3x3 /2`.
  private static func words(_ graph: Graph, _ index: Int) -> String {
    let node = graph.nodes[index]
    var words = type(of: node.stage).signature.name
    guard !(node.stage is any PointwiseStage), let access = graph.accesses(of: index).first else { return words }
    switch (access.rows, access.columns) {
    case (.window(let rows), .window(let columns)):
      let size = { (window: Window) in window.divide > 1 ? window.span : window.taps }
      if size(rows) > 1 || size(columns) > 1 { words += " \(size(rows))x\(size(columns))" }
      if rows.divide > 1 {
        words += " ·\(rows.divide)"
      } else if rows.multiply > 1 {
        words += " /\(rows.multiply)"
      }
      if rows.step > 1 { words += " dilated \(rows.step)" }
    case (.resample(let resample), _):
      if let numerator = resample.numerator, let denominator = resample.denominator {
        words += denominator == 1 ? " ·\(numerator)" : " ·\(numerator)/\(denominator)"
      }
      words += " \(resample.interpolation.rawValue)"
    default: break
    }
    return words
  }
}

extension NetworkDiagram.Box {
  /// `64 x H/2 x W/2`
  var shape: String { "\(type.channels) x \(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))" }

  /// What a pointer that rests on the box is told.
  var description: String {
    var parts = [([title] + lines).joined(separator: ", ")]
    if let name { parts.insert(name, at: 0) }
    if case .group(let stages) = kind { parts.append("\(stages) stages") }
    return (parts + [shape]).joined(separator: "; ")
  }
}
