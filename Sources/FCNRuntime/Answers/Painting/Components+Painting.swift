extension Components {
  /// The numbers of the regions as a map of the whole output, of which they cover a part.
  func field(height: Int, width: Int, top: Int, left: Int) throws(RuntimeFailure) -> PlanarArray {
    let field = try PlanarArray(channels: 1, height: height, width: width)
    for row in 0..<height {
      let line = field.row(row, channel: 0)
      line.update(repeating: 0, count: width)
      guard row >= top, row < top + self.height else { continue }
      for column in 0..<min(self.width, width - left) {
        line[left + column] = Float(numbers[(row - top) * self.width + column])
      }
    }
    return field
  }

  /// The regions as classes, whose neighbours in number have colours that are easily told apart.
  var classes: Classes {
    Classes(count: regions.count + 1, colors: [0] + regions.indices.map { Classes.distinctColor($0) })
  }
}

extension Picture {
  /// Draws a line in a region's colour along its inner edge; both pictures are of the same size, this one in RGB.
  func outline(_ labels: Picture, _ palette: [UInt32]) {
    for row in 0..<height {
      for column in 0..<width {
        let number = labels[row, column, 0]
        guard number > 0, number < palette.count else { continue }
        let isEdge =
          row > 0 && labels[row - 1, column, 0] != number || column > 0 && labels[row, column - 1, 0] != number
          || row + 1 < height && labels[row + 1, column, 0] != number
          || column + 1 < width && labels[row, column + 1, 0] != number
        guard isEdge else { continue }
        for channel in 0..<3 { self[row, column, channel] = Int(palette[number] >> UInt32(16 - 8 * channel)) & 255 }
      }
    }
  }
}
