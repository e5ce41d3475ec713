/// Where the positions of an output lie in the picture, along both axes.
struct PictureCoordinates {
  var rows: AxisCoordinates
  var columns: AxisCoordinates
  /// How the picture that places are told of is turned to stand upright.
  var orientation = Orientation(code: 1)

  /// Pixels of the picture that a position of the output stands for.
  var cellArea: Double { abs(rows.scale * columns.scale) }

  /// Where a position of the output lies: to the right and down, the middle of the first pixel being 0.
  func point(row: Double, column: Double) -> (x: Double, y: Double) {
    let place = source(row: rows[row], column: columns[column])
    return (place.column, place.row)
  }

  /// The first and the last pixels of what lies between two positions.
  func box(_ region: MapRegion) -> (left: Int, top: Int, right: Int, bottom: Int) {
    let (down, across) = (rows.pixels(region.top, region.bottom), columns.pixels(region.left, region.right))
    let first = source(row: Double(down.first), column: Double(across.first))
    let last = source(row: Double(down.last), column: Double(across.last))
    return (
      Int(min(first.column, last.column)), Int(min(first.row, last.row)), Int(max(first.column, last.column)),
      Int(max(first.row, last.row))
    )
  }

  private func source(row: Double, column: Double) -> (row: Double, column: Double) {
    let isTransposed = orientation.isTransposed
    return orientation.source(
      row: row, column: column, height: isTransposed ? columns.length : rows.length,
      width: isTransposed ? rows.length : columns.length)
  }
}

/// Position `i` lies at `scale * i + offset` pixels of the picture, the middle of its first pixel being 0.
struct AxisCoordinates {
  var scale: Double
  var offset: Double
  /// Pixels of the picture.
  var length: Int

  init(scale: Double, offset: Double, length: Int) {
    self.scale = scale
    self.offset = offset
    self.length = length
  }

  /// - Parameters:
  ///   - table: where the output lies in the input of the network.
  ///   - count: its positions.
  ///   - first: the position that is to be 0.
  ///   - axis: the input as it was fitted to the network.
  ///   - length: pixels of the picture, which was perhaps resized to become the input.
  init(_ table: PlaceTable, count: Int, first: Int, axis: FittedAxis, length: Int) {
    var place = (scale: Double(axis.size) / Double(max(count, 1)), offset: 0.0)
    place.offset = place.scale / 2 - 0.5
    if !table.places.isEmpty,
      case .line(let scale, let offset, let denominator) = table.places[axis.size % table.places.count]
    {
      place = (Double(scale) / Double(denominator), Double(offset) / Double(denominator))
    }
    // Of a cropped input the first position is `start`; a resize keeps the edges of the picture.
    let factor = Double(length) / Double(max(axis.given, 1))
    let start = axis.size < axis.given ? Double(axis.start) : 0
    scale = place.scale * factor
    offset = (place.scale * Double(first) + place.offset + start + 0.5) * factor - 0.5
    self.length = length
  }

  subscript(position: Double) -> Double { scale * position + offset }

  /// The first and the last pixel that positions `first...last` stand for.
  func pixels(_ first: Int, _ last: Int) -> (first: Int, last: Int) {
    let low = (self[Double(first) - 0.5]).rounded(.up)
    let high = (self[Double(last) + 0.5]).rounded(.up) - 1
    let start = Int(min(max(low, 0), Double(length - 1)))
    return (start, max(start, Int(min(max(high, 0), Double(length - 1)))))
  }
}
