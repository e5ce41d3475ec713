/// Colours of growing lightness for numbers in 0...1: from violet over blue, teal and green to yellow.
///
/// The table was computed in OKLCh (Ottosson 2020): lightness rises evenly from 0.22 to 0.94 while the hue falls evenly
/// from 310 to 105 degrees, with the greatest chroma up to 0.16 that sRGB can show. So equal steps look equal, also in
/// print without colour.
enum HeatMap {
  private static let anchors: [UInt32] = [
    0x2A013E, 0x30035E, 0x2E1579, 0x232C8B, 0x044295, 0x08588D, 0x0B698F, 0x107993, 0x138A97,
    0x179B9A, 0x17AC9A, 0x1ABE94, 0x48CE87, 0x7ED97B, 0xAAE271, 0xD4EA6A, 0xFBF169,
  ]

  /// The colour of a number; beyond 0...1 that of the nearer end.
  static func color(_ value: Float) -> (UInt8, UInt8, UInt8) {
    let place = min(max(value, 0), 1) * Float(anchors.count - 1)
    let index = min(Int(place), anchors.count - 2)
    let t = place - Float(index)
    func mixed(_ shift: UInt32) -> UInt8 {
      let low = Float((anchors[index] >> shift) & 255)
      let high = Float((anchors[index + 1] >> shift) & 255)
      return UInt8((low + (high - low) * t).rounded())
    }
    return (mixed(16), mixed(8), mixed(0))
  }
}
