import FCNCore

/// The heights or the widths of the first input that a network accepts.
struct AcceptedSizes {
  /// Defined where every value of the network is.
  private let domain: Extent
  /// The size that the first input must have; the size itself, unless the network is read for one size alone.
  private let own: Extent

  init(_ graph: Graph, _ axis: KeyPath<TensorType, Extent>) {
    var domain = Extent.input
    for value in graph.values {
      if let restricted = try? domain.restricted(toDomainOf: value.type[keyPath: axis]) { domain = restricted }
    }
    self.domain = domain
    own = graph.inputs.first.map { graph.values[$0.value].type[keyPath: axis] } ?? .input
  }

  /// The only size, where there is one.
  var only: Int? { own.constantValue }

  func contains(_ size: Int) -> Bool { domain(size) != nil && own(size) == size }

  /// Such as `H = 0 (mod 4), H >= 4`.
  func text(of variable: String) -> String { only.map { "\(variable) = \($0)" } ?? domain.domain(of: variable) }
}
