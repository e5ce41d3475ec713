/// What kind of thing a stage does, as pictures and rules need it. It follows from what the stage declares.
public enum StageCategory: String, Sendable, CaseIterable {
  /// A weighted sum of channels with learned weights.
  case convolution
  /// A number and a factor per channel, fixed or learned.
  case normalization
  /// A formula of one value that is no straight line.
  case activation
  /// A formula of one value that is a straight line: `x * 2`.
  case arithmetic
  /// One number out of a window or the whole image, without weights.
  case pooling
  /// Another grid of pixels.
  case resampling
  /// Several values become one.
  case join
  /// Numbers are moved, not changed.
  case arrangement
  /// Channels become classes or probabilities.
  case decision
}

extension Graph {
  /// What kind of thing a node does.
  public func category(of index: Int) -> StageCategory {
    let node = nodes[index]
    let types = node.inputs.map { values[$0].type }
    let facts = node.stage.facts(for: types)
    if facts.comparesChannels { return .decision }
    if facts.concatenatesChannels { return .join }
    if let stage = node.stage as? any PointwiseStage {
      if node.inputs.count > 1 { return .join }
      if node.stage is any ChannelAffineStage { return .normalization }
      let expression = stage.expression(for: types)
      if expression == .input(0) { return .arrangement }
      return expression.isAffine ? .arithmetic : .activation
    }
    if facts.isIdentity { return .arrangement }
    if !node.stage.weights(for: types).isEmpty { return .convolution }
    let accesses = accesses(of: index)
    if accesses.contains(where: { $0.isResampling }) { return .resampling }
    if accesses.contains(where: { $0.readsMany }) { return .pooling }
    return .arrangement
  }

  /// Which positions of each of its inputs a node reads.
  public func accesses(of index: Int) -> [SpatialAccess] {
    let types = nodes[index].inputs.map { values[$0].type }
    return nodes[index].inputs.indices.map { nodes[index].stage.access(toInput: $0, of: types) }
  }
}

extension SpatialAccess {
  /// Whether it interpolates along an axis.
  public var isResampling: Bool {
    if case .resample = rows { return true }
    if case .resample = columns { return true }
    return false
  }

  /// Whether one position of the output is computed from several of the input.
  public var readsMany: Bool { rows.readsMany || columns.readsMany }
}

extension AxisAccess {
  fileprivate var readsMany: Bool {
    switch self {
    case .window(let window): window.taps > 1
    case .resample: false
    case .whole: true
    }
  }
}

extension PointwiseExpression {
  /// Whether it is `a * x + b` of its input, as far as its form shows.
  var isAffine: Bool {
    switch self {
    case .input, .constant, .channelParameter: true
    case .binary(.add, let a, let b), .binary(.subtract, let a, let b): a.isAffine && b.isAffine
    case .binary(.multiply, let a, let b): a.isAffine && b.isAffine && (!a.readsInput || !b.readsInput)
    case .binary(.divide, let a, let b): a.isAffine && !b.readsInput
    case .unary(_, let a): !a.readsInput
    case .binary(_, let a, let b): !a.readsInput && !b.readsInput
    case .select(let a, let b, let c, let d): ![a, b, c, d].contains(where: \.readsInput)
    }
  }

  private var readsInput: Bool {
    switch self {
    case .input: true
    case .constant, .channelParameter: false
    case .unary(_, let a): a.readsInput
    case .binary(_, let a, let b): a.readsInput || b.readsInput
    case .select(let a, let b, let c, let d): [a, b, c, d].contains(where: \.readsInput)
    }
  }

  /// Whether a greater input always gives a greater output, as far as its form shows.
  public var isIncreasing: Bool {
    switch self {
    case .input: true
    case .constant, .channelParameter, .select: false
    case .unary(.exponential, let a), .unary(.hyperbolicTangent, let a), .unary(.sigmoid, let a),
      .unary(.squareRoot, let a):
      a.isIncreasing
    case .unary(.absolute, _): false
    case .binary(.add, let a, .constant), .binary(.subtract, let a, .constant), .binary(.add, .constant, let a):
      a.isIncreasing
    case .binary(.multiply, let a, .constant(let factor)), .binary(.multiply, .constant(let factor), let a),
      .binary(.divide, let a, .constant(let factor)):
      factor > 0 && a.isIncreasing
    case .binary: false
    }
  }
}
