extension Picture {
  /// The picture of a frame: luma row by row, then the blue and the red chroma; in grey where there is none. Chroma lies
  /// where the header says and is interpolated linearly.
  init(y4m frame: UnsafePointer<UInt8>, _ header: Y4MHeader, _ colors: VideoColors) throws(RuntimeFailure) {
    let (height, width) = (header.height, header.width)
    guard header.chroma != .mono else {
      self = try Picture(height: height, width: width, channels: 1)
      for index in 0..<(height * width) { memory.pointer[index] = eightBits(colors.grey(Float(frame[index]))) }
      return
    }
    let (rows, columns) = (header.chroma.rows(height), header.chroma.columns(width))
    let planes = [frame + height * width, frame + height * width + header.chromaCount]
    self = try Picture(height: height, width: width, channels: 3)
    // A row of chroma between two rows, blue and then red.
    let line = try Memory<Float>(count: 2 * columns.count)
    for row in 0..<height {
      let (upper, lower, share) = rows.samples(around: row)
      for plane in 0..<2 {
        let (above, below) = (planes[plane] + upper * columns.count, planes[plane] + lower * columns.count)
        for column in 0..<columns.count {
          line[plane * columns.count + column] = Float(above[column]) * (1 - share) + Float(below[column]) * share
        }
      }
      let samples = self.row(row)
      for column in 0..<width {
        let (left, right, share) = columns.samples(around: column)
        let color = colors.decoded(
          Float(frame[row * width + column]), line[left] * (1 - share) + line[right] * share,
          line[columns.count + left] * (1 - share) + line[columns.count + right] * share)
        samples[3 * column] = eightBits(color.red)
        samples[3 * column + 1] = eightBits(color.green)
        samples[3 * column + 2] = eightBits(color.blue)
      }
    }
  }

  /// Writes the picture, grey or RGB of 8 bits, as a frame.
  func writeY4M(
    _ frame: UnsafeMutablePointer<UInt8>, _ header: Y4MHeader, _ colors: VideoColors
  ) throws(RuntimeFailure) {
    precondition(depth == .eight && !hasAlpha && (channels == 3 || channels == 1))
    for row in 0..<height {
      for column in 0..<width {
        let (r, g, b) = color(row, column)
        frame[row * width + column] = VideoColors.rounded(colors.luma(r, g, b))
      }
    }
    guard header.chroma != .mono else { return }
    let (rows, columns) = (header.chroma.rows(height), header.chroma.columns(width))
    let blues = frame + height * width
    let reds = blues + header.chromaCount
    guard channels == 3 else { return blues.update(repeating: 128, count: 2 * header.chromaCount) }
    // The mean of the rows that a row of chroma stands for, blue and then red.
    let line = try Memory<Float>(count: 2 * width)
    for sampleRow in 0..<rows.count {
      line.pointer.update(repeating: 0, count: 2 * width)
      for (row, weight) in rows.pixels(of: sampleRow) {
        for column in 0..<width {
          let (r, g, b) = color(row, column)
          let chroma = colors.chroma(r, g, b)
          line[column] += weight * chroma.blue
          line[width + column] += weight * chroma.red
        }
      }
      for sample in 0..<columns.count {
        var (blue, red): (Float, Float) = (0, 0)
        for (column, weight) in columns.pixels(of: sample) {
          blue += weight * line[column]
          red += weight * line[width + column]
        }
        blues[sampleRow * columns.count + sample] = VideoColors.rounded(blue)
        reds[sampleRow * columns.count + sample] = VideoColors.rounded(red)
      }
    }
  }

  private func color(_ row: Int, _ column: Int) -> (Float, Float, Float) {
    let samples = memory.pointer + (row * width + column) * channels
    guard channels == 3 else { return (Float(samples[0]) / 255, Float(samples[0]) / 255, Float(samples[0]) / 255) }
    return (Float(samples[0]) / 255, Float(samples[1]) / 255, Float(samples[2]) / 255)
  }
}
