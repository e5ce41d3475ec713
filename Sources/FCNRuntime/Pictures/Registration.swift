import CFCNRuntime

/// What a TIFF file says of the size of its pixels and of their place in the world: its resolution, the tags of GeoTIFF
/// (OGC 19-008r4), and the unit of length that ImageJ writes.
public struct Registration: Sendable {
  /// Pixels per unit of length; the unit is that of the ResolutionUnit tag: 1 none, 2 inch, 3 centimetre.
  var resolution: (x: Double, y: Double, unit: Double)?
  /// ImageJ's description with nothing but its unit of length.
  var unitText: String?
  /// The size of a pixel, three numbers.
  var pixelScale: [Double] = []
  /// Places of the raster and of the world, six numbers each.
  var tiepoints: [Double] = []
  /// The rows of the 4x4 matrix that makes places of the world of those of the raster.
  var transformation: [Double] = []
  var keys: [UInt16] = []
  var doubles: [Double] = []
  var text: String?

  /// nil where the page says nothing.
  init?(of tiff: TIFFFile) {
    let x = tiff.number(FCN_TAG_X_RESOLUTION)
    let y = tiff.number(FCN_TAG_Y_RESOLUTION)
    if x > 0, y > 0, x.isFinite, y.isFinite { resolution = (x, y, tiff.number(FCN_TAG_RESOLUTION_UNIT)) }
    unitText = tiff.text(FCN_TAG_DESCRIPTION).flatMap { Registration.unit(ofImageJ: $0) }
    pixelScale = tiff.doubles(FCN_TAG_MODEL_PIXEL_SCALE)
    tiepoints = tiff.doubles(FCN_TAG_MODEL_TIEPOINT)
    transformation = tiff.doubles(FCN_TAG_MODEL_TRANSFORMATION)
    keys = tiff.shorts(FCN_TAG_GEO_KEYS)
    doubles = tiff.doubles(FCN_TAG_GEO_DOUBLES)
    text = tiff.text(FCN_TAG_GEO_TEXT)
    let isGeographic = !(pixelScale.isEmpty && tiepoints.isEmpty && transformation.isEmpty && keys.isEmpty)
    guard resolution != nil || unitText != nil || isGeographic else { return nil }
  }

  /// ImageJ writes lines of `name=value`.
  private static func unit(ofImageJ description: String) -> String? {
    guard description.hasStart("ImageJ=") else { return nil }
    var (first, unit): (String?, String?)
    for line in description.utf8.split(separator: 0x0A) {
      let line = String(decoding: Array(line), as: UTF8.self)
      first = first ?? line
      if line.hasStart("unit=") { unit = line }
    }
    guard let first, let unit else { return nil }
    return first + "\n" + unit + "\n"
  }

  /// Whether the tags speak of the middles of pixels (GTRasterTypeGeoKey is PixelIsPoint), not of their corners.
  private var isOfMiddles: Bool {
    for place in stride(from: 4, to: keys.count - 3, by: 4) where keys[place] == 1025 {
      return keys[place + 1] == 0 && keys[place + 3] == 2
    }
    return false
  }

  /// The registration of a raster whose places lie in this one as the map says.
  func moved(by map: RasterMap) -> Registration {
    guard !map.isIdentity else { return self }
    var result = self
    if let resolution {
      let isTransposed = map.xx == 0
      result.resolution =
        isTransposed
        ? (resolution.y / abs(map.yx), resolution.x / abs(map.xy), resolution.unit)
        : (resolution.x / abs(map.xx), resolution.y / abs(map.yy), resolution.unit)
    }
    let map = isOfMiddles ? map.betweenMiddles : map
    if transformation.count == 16 {
      result.transformation = Registration.product(transformation, map)
    }
    if pixelScale.count >= 2, tiepoints.count == 6 {
      if map.isAlongAxes {
        result.pixelScale[0] *= map.xx
        result.pixelScale[1] *= map.yy
        result.tiepoints[0] = 0
        result.tiepoints[1] = 0
        result.tiepoints[3] += (map.x0 - tiepoints[0]) * pixelScale[0]
        result.tiepoints[4] -= (map.y0 - tiepoints[1]) * pixelScale[1]
      } else {
        result.transformation = Registration.product(matrix, map)
        result.pixelScale = []
        result.tiepoints = []
      }
    } else {
      for place in stride(from: 0, to: tiepoints.count - 5, by: 6) {
        // The place in the new raster: the inverse of the map.
        let (x, y) = (tiepoints[place] - map.x0, tiepoints[place + 1] - map.y0)
        let determinant = map.xx * map.yy - map.xy * map.yx
        result.tiepoints[place] = (x * map.yy - y * map.xy) / determinant
        result.tiepoints[place + 1] = (y * map.xx - x * map.yx) / determinant
      }
    }
    return result
  }

  /// The matrix that a pixel scale and one tiepoint stand for.
  private var matrix: [Double] {
    let (x, y) = (pixelScale[0], pixelScale[1])
    let z = pixelScale.count > 2 ? pixelScale[2] : 0
    return [
      x, 0, 0, tiepoints[3] - tiepoints[0] * x, 0, -y, 0, tiepoints[4] + tiepoints[1] * y, 0, 0, z,
      tiepoints[5] - tiepoints[2] * z, 0, 0, 0, 1,
    ]
  }

  private static func product(_ matrix: [Double], _ map: RasterMap) -> [Double] {
    var result = matrix
    for row in stride(from: 0, to: 16, by: 4) {
      let (x, y) = (matrix[row], matrix[row + 1])
      result[row] = x * map.xx + y * map.yx
      result[row + 1] = x * map.xy + y * map.yy
      result[row + 3] = matrix[row + 3] + x * map.x0 + y * map.y0
    }
    return result
  }
}
