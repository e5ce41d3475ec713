import FCNCore

/// A convolution or transposed convolution as its kernels compute it: its taps, its phases, its weights.
struct ConvolutionForm: Sendable {
  var groups: Int
  var inputChannels: Int
  var outputChannels: Int
  /// Taps of one phase.
  var rows: Int
  var columns: Int
  var columnStep = 1
  var columnMultiply = 1
  var phaseRows = 1
  var phaseColumns = 1
  /// Taps along each axis that a phase has; the weights of further ones up to `rows` and `columns` are zero.
  var tapRows: [Int]
  var tapColumns: [Int]
  var rowShift = 0
  var lead = 0
  var bias: [Float]
  /// The weight from input channel `i` of the output's group to output channel `o` at a phase and tap.
  var weight: @Sendable (_ o: Int, _ i: Int, _ phaseRow: Int, _ phaseColumn: Int, _ row: Int, _ column: Int) -> Float
  var access: SpatialAccess

  /// The kernel and its packed weights for a place in a program: of the ways that serve it the one that is wanted, or
  /// else the one of the least predicted cost.
  func lowering(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let place = try ConvolutionPlace(self, site)
    let ways = ConvolutionAlgorithms.all.flatMap { $0.candidates(place) }
      .sorted { $0.cost.cycles < $1.cost.cycles }
    guard let best = ways.first(where: { $0.name == site.algorithm }) ?? ways.first else {
      throw Rejection("there is no kernel for this convolution", .stage)
    }
    var lowering = best.lowering()
    lowering.cost = best.cost
    lowering.algorithms = ways.count > 1 ? ways.map(\.name) : []
    return lowering
  }
}
