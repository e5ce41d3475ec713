/// Which sizes of its first input a network accepts, why it does not accept others, and where its outputs lie in the
/// picture. It comes from the network as its author wrote it; every program carries it.
public struct SizeRules: Sendable {
  /// For heights.
  public var rows: AxisRules
  /// For widths.
  public var columns: AxisRules
  /// What becomes of a picture whose size is not accepted, unless the command line says otherwise.
  public var fitting: Fitting

  /// Rules that accept every size.
  public init() { self.init(rows: AxisRules(text: "H >= 1"), columns: AxisRules(text: "W >= 1")) }

  public init(rows: AxisRules, columns: AxisRules) {
    self.rows = rows
    self.columns = columns
    fitting = Fitting()
  }

  var acceptsEverySize: Bool { rows.domain.isEverySize && columns.domain.isEverySize }

  /// Why a first input of this size is not accepted, a message for each axis; empty where it is.
  public func refusals(height: Int, width: Int) -> [String] {
    [rows.refusal(of: height, named: "height"), columns.refusal(of: width, named: "width")].compactMap { $0 }
  }

  /// The size that a first input is brought to.
  /// - Throws: where it is not accepted, and is to be refused or cannot be brought to one that is.
  func fitted(height: Int, width: Int, _ fitting: Fitting) throws(RuntimeFailure) -> FittedSize {
    let refusals = refusals(height: height, width: width)
    if refusals.isEmpty { return FittedSize(height: height, width: width) }
    let padded = fitted(height, width, .pad)
    let cropped = fitted(height, width, .crop)
    switch fitting.mode {
    case .error:
      let offers = [padded, cropped].compactMap { $0?.offer }
      throw RuntimeFailure(
        refusals,
        help: offers.isEmpty
          ? "resize the picture, or let the network do it: `picture -> resize(HEIGHTxWIDTH, filter: area)`"
          : listed(offers))
    case .pad:
      if let padded { return padded }
      throw RuntimeFailure(
        obstacles(height, width, .pad, "no greater one does, so it cannot be padded"), help: cropped?.offer)
    case .crop:
      if let cropped { return cropped }
      throw RuntimeFailure(
        obstacles(height, width, .crop, "no lesser one does, so it cannot be cropped"), help: padded?.offer)
    }
  }

  /// The refusals along the axes that cannot be fitted, with the reason for that.
  private func obstacles(_ height: Int, _ width: Int, _ mode: Fitting.Mode, _ reason: String) -> [String] {
    let rows = rows.fitted(height, mode) == nil ? rows.refusal(of: height, named: "height") : nil
    let columns = columns.fitted(width, mode) == nil ? columns.refusal(of: width, named: "width") : nil
    return [rows, columns].compactMap { $0.map { "\($0); \(reason)" } }
  }

  private func fitted(_ height: Int, _ width: Int, _ mode: Fitting.Mode) -> FittedSize? {
    guard let rows = rows.fitted(height, mode), let columns = columns.fitted(width, mode) else { return nil }
    return FittedSize(rows: rows, columns: columns)
  }
}

/// The size rules of a network along one axis.
public struct AxisRules: Sendable {
  /// A stage that cannot do with every size.
  public struct Condition: Sendable {
    /// The stage, what it works on and its place: `` `concat` of `up4` and `skip4` (unet.fcn:22:14) ``.
    public var subject: String
    /// Defined for the sizes for which the stage can be computed.
    public var domain: ExtentTable
    /// These sizes in words.
    public var text: String

    public init(subject: String, domain: ExtentTable, text: String) {
      self.subject = subject
      self.domain = domain
      self.text = text
    }
  }

  /// An output of the network along the axis.
  public struct Output: Sendable {
    /// Its size in words: `floor(H/4)`.
    public var formula: String
    public var places: PlaceTable
    public var edges: EdgeTable

    public init(formula: String, places: PlaceTable, edges: EdgeTable = EdgeTable([], reach: 0)) {
      self.formula = formula
      self.places = places
      self.edges = edges
    }
  }

  /// Defined for the sizes that are accepted.
  public var domain: ExtentTable
  /// The accepted sizes in words: `H ≡ 0 (mod 16), H >= 16`.
  public var text: String
  /// In the order of the network. A size that is not accepted breaks at least one.
  public var conditions: [Condition]
  /// In the order of the network's outputs.
  public var outputs: [Output]

  public init(
    domain: ExtentTable = .everySize, text: String, conditions: [Condition] = [], outputs: [Output] = []
  ) {
    self.domain = domain
    self.text = text
    self.conditions = conditions
    self.outputs = outputs
  }

  /// Why a size is not accepted, with the first stage that it breaks and the nearest sizes that are; nil where it is.
  func refusal(of size: Int, named name: String) -> String? {
    if domain.isDefined(at: size) { return nil }
    var message = "\(name) \(size) is not accepted: "
    let condition = conditions.first { !$0.domain.isDefined(at: size) }
    if let condition {
      message += "\(condition.subject) needs \(condition.text)"
      if !condition.text.isSame(as: text) { message += ", and the whole network \(text)" }
    } else {
      message += "the network needs \(text)"
    }
    switch (domain.nearest(below: size), domain.nearest(above: size)) {
    case (let below?, let above?): return message + "; the nearest \(name)s that fit are \(below) and \(above)"
    case (let only?, nil), (nil, let only?): return message + "; the nearest \(name) that fits is \(only)"
    case (nil, nil): return message + "; no \(name) fits"
    }
  }

  /// A size brought to the nearest accepted one above (padding) or below (cropping the middle); nil where there is none.
  func fitted(_ size: Int, _ mode: Fitting.Mode) -> FittedAxis? {
    if domain.isDefined(at: size) { return FittedAxis(given: size, size: size, start: 0) }
    switch mode {
    case .error: return nil
    case .pad: return domain.nearest(above: size).map { FittedAxis(given: size, size: $0, start: 0) }
    case .crop: return domain.nearest(below: size).map { FittedAxis(given: size, size: $0, start: (size - $0) / 2) }
    }
  }
}
