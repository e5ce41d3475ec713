/// Where places of one raster lie in another: x becomes `xx * x + xy * y + x0`, y becomes `yx * x + yy * y + y0`. A pixel is
/// the square from its number to the next; the middle of the first one is at 0.5.
struct RasterMap {
  var xx = 1.0
  var xy = 0.0
  var x0 = 0.0
  var yx = 0.0
  var yy = 1.0
  var y0 = 0.0

  /// Along the axes only.
  init(rows: (scale: Double, offset: Double), columns: (scale: Double, offset: Double)) {
    (xx, x0) = (columns.scale, columns.offset)
    (yy, y0) = (rows.scale, rows.offset)
  }

  /// From the upright picture to the one of this size that is turned to be upright.
  init(_ orientation: Orientation, height: Int, width: Int) {
    // What becomes of the middles of the first pixel and of its neighbours.
    let first = orientation.source(row: 0, column: 0, height: height, width: width)
    let right = orientation.source(row: 0, column: 1, height: height, width: width)
    let below = orientation.source(row: 1, column: 0, height: height, width: width)
    (xx, yx) = (Double(right.column - first.column), Double(right.row - first.row))
    (xy, yy) = (Double(below.column - first.column), Double(below.row - first.row))
    x0 = Double(first.column) + 0.5 - (xx + xy) / 2
    y0 = Double(first.row) + 0.5 - (yx + yy) / 2
  }

  /// The same where places are counted from the middle of the first pixel.
  var betweenMiddles: RasterMap {
    var map = self
    map.x0 += (xx + xy - 1) / 2
    map.y0 += (yx + yy - 1) / 2
    return map
  }

  /// Whether rows stay rows, in their order, and columns columns.
  var isAlongAxes: Bool { xy == 0 && yx == 0 && xx > 0 && yy > 0 }

  var isIdentity: Bool { isAlongAxes && xx == 1 && yy == 1 && x0 == 0 && y0 == 0 }
}
