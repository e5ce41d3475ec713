import FCNCore

extension Crop {
  public func aligned(to places: InputPlaces) throws(Rejection) -> Self {
    guard case .aligned(.like(let like)) = placement else { return self }
    var crop = self
    crop.placement = .offset(
      .like(like), rows: try Self.offset(places, like, .rows), columns: try Self.offset(places, like, .columns))
    return crop
  }

  /// The one distance along an axis, a whole number that is not negative.
  private static func offset(_ places: InputPlaces, _ like: Int, _ axis: Axis) throws(Rejection) -> Int {
    let distances = places.distances(from: 0, to: like, axis)
    let line = axis == .rows ? "row" : "column"
    guard let first = distances.first else {
      throw Rejection(
        "no image size is valid both for this value and for the value that `align` names", .argument("align"),
        help: "mend the sizes of the stages before")
    }
    guard distances.count == 1 else {
      let listed = distances.prefix(4).map { "\($0.positions.map(\.description) ?? "not fixed") for \($0.sizes)" }
      throw Rejection(
        "how far the two values lie apart depends on the size of the image: \(listed.joined(separator: "; "))",
        .argument("align"),
        help: "let no stage before drop or add a \(line) for some sizes only (`round: exact`, symmetric padding)")
    }
    guard let distance = first.positions else {
      throw Rejection(
        "the two values have no fixed distance: their strides differ, or one of them has no place in the image",
        .argument("align"), help: "bring both to one stride first")
    }
    guard distance.isInteger else {
      throw Rejection(
        "the two values lie \(distance) \(line)s apart, which no crop can undo", .argument("align"),
        help: "shrink and enlarge by the same kind of window: even kernels with even, odd ones with odd")
    }
    guard distance >= .zero else {
      throw Rejection(
        "the value that `align` names begins \(distance.magnitude) \(line)\(distance.magnitude == Rational(1) ? "" : "s") "
          + "before this one", .argument("align"), help: "pad the stages before, so that this value is the larger one")
    }
    return distance.numerator
  }
}
