extension Classes {
  /// A colour as 0xRRGGBB for each index that a pixel may hold; where the classes name none, one whose bits are those
  /// of the index, dealt to red, green and blue from the highest on, as in PASCAL VOC.
  var palette: [UInt32] {
    let length = min(max(count, (ignored ?? 0) + 1), 1 << 16)
    return (0..<length).map { index in
      index < colors.count ? colors[index] & 0xFFFFFF : Classes.standardColor(index)
    }
  }

  private static func standardColor(_ index: Int) -> UInt32 {
    var color: UInt32 = 0
    for bit in 0..<8 {
      for channel in 0..<3 where (index >> (3 * bit + channel)) & 1 == 1 {
        color |= 1 << UInt32(8 * (2 - channel) + 7 - bit)
      }
    }
    return color
  }

  /// Colours around the circle of hues by the golden angle, in three lightnesses.
  static func distinctColor(_ index: Int) -> UInt32 {
    let hue = Double(index) * 0.618_033_988_749_895
    let place = (hue - hue.rounded(.down)) * 6
    let value = [1.0, 0.8, 0.9][index % 3]
    func channel(_ shift: Double) -> UInt32 {
      let distance = abs((place + shift).truncatingRemainder(dividingBy: 6) - 3)
      let share = min(max(distance - 1, 0), 1)
      return UInt32((255 * value * (0.2 + 0.8 * share)).rounded())
    }
    return channel(0) << 16 | channel(4) << 8 | channel(2)
  }
}
