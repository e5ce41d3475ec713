extension Picture {
  /// Draws a ring around each point, in the colour of its class and with a dark edge, on a picture in RGB of 8 bits.
  /// - Parameters:
  ///   - points: rows and columns of this picture, the middle of the first pixel being 0; points beyond it are cut off.
  func mark(_ points: [(row: Double, column: Double, color: UInt32)]) {
    let radius = max(3, Double(min(height, width)) / 80)
    let stroke = max(1, radius / 4)
    for point in points where point.row.isFinite && point.column.isFinite {
      let reach = radius + stroke + 1
      let (top, bottom) = (point.row - reach, point.row + reach)
      let (left, right) = (point.column - reach, point.column + reach)
      guard bottom >= 0, right >= 0, top < Double(height), left < Double(width) else { continue }
      for row in max(Int(top), 0)...min(Int(bottom), height - 1) {
        for column in max(Int(left), 0)...min(Int(right), width - 1) {
          let (down, across) = (Double(row) - point.row, Double(column) - point.column)
          let distance = (down * down + across * across).squareRoot()
          // How much of the pixel the ring, and the wider dark one under it, cover.
          let dark = min(max(stroke + 0.5 - abs(distance - radius), 0), 1)
          let ring = min(max(stroke / 2 + 0.5 - abs(distance - radius), 0), 1)
          for channel in 0..<3 {
            let color = Double((point.color >> UInt32(16 - 8 * channel)) & 255)
            var value = Double(self[row, column, channel])
            value *= 1 - dark
            value += (color - value) * ring
            self[row, column, channel] = Int(value.rounded())
          }
        }
      }
    }
  }
}
