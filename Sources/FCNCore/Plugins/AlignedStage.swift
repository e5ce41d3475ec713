/// A stage whose meaning depends on where its inputs lie in the image, such as a crop that puts one value on another.
public protocol AlignedStage: Stage {
  /// The stage with what follows from the places of its inputs; asked for before its shape rule.
  /// - Throws: a rejection where the places do not allow it.
  func aligned(to places: InputPlaces) throws(Rejection) -> Self
}

/// Where the inputs of a stage lie.
public struct InputPlaces: Sendable {
  private let values: [Graph.ValueID]
  private let geometries: [Axis: AxisGeometry]

  /// - Throws: where the sizes repeat only after too many pixels.
  init(_ graph: Graph, of values: [Graph.ValueID]) throws(Extent.Failure) {
    self.values = values
    geometries = [
      .rows: try AxisGeometry(graph, .rows, of: values), .columns: try AxisGeometry(graph, .columns, of: values),
    ]
  }

  /// A distance between two inputs, and for which image sizes it is so.
  public struct Distance: Sendable {
    /// In positions of the first input; nil where there is no one distance: an input has no place, the inputs have
    /// different scales, or the distance depends on where in the image.
    public var positions: Rational?
    /// The sizes in words, such as `H ≡ 0 (mod 2), H >= 2`.
    public var sizes: String
  }

  /// How far position 0 of input `other` lies behind position 0 of input `input`: one distance, or several for different
  /// image sizes; none where no image size is valid for both.
  public func distances(from input: Int, to other: Int, _ axis: Axis) -> [Distance] {
    guard let geometry = geometries[axis] else { return [] }
    let grouped = Dictionary(grouping: geometry.classes) { sizes -> Rational? in
      guard let place = sizes.places[values[input]], let aim = sizes.places[values[other]],
        place.scale == aim.scale, let start = place.offset, let end = aim.offset
      else { return nil }
      return try? (end - start) / place.scale
    }
    return grouped.map { positions, classes in
      let sizes = geometry.sizes(classes.flatMap(\.sizes))
      return Distance(positions: positions, sizes: sizes.domain(of: axis.variable))
    }.sorted { $0.sizes < $1.sizes }
  }
}
