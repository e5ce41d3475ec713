import CFCNRuntime

/// Makes pictures of an output's numbers, in 8 bits.
struct Painter {
  let output: OutputDescription
  /// The numbers of the output; all finite.
  let numbers: Rows
  /// The greatest number.
  let maximum: Float
  /// The sum of all numbers.
  let sum: Double

  /// Fails where a number is NaN or infinite.
  init(_ output: OutputDescription, _ numbers: Rows) throws(RuntimeFailure) {
    self.output = output
    self.numbers = numbers
    let line = try Memory<Float>(count: numbers.channels * numbers.width)
    var greatest = -Float.infinity
    var sum = 0.0
    for row in 0..<numbers.height {
      numbers.read(row, into: line.pointer)
      for index in 0..<line.count {
        let value = line.pointer[index]
        guard value.isFinite else {
          let place = notFinite(value, channel: index / numbers.width, row: row, column: index % numbers.width)
          throw RuntimeFailure("output \(output.name) holds \(place)", help: "write it as .npy to look at the numbers")
        }
        greatest = max(greatest, value)
        sum += Double(value)
      }
    }
    maximum = greatest
    self.sum = sum
  }

  /// The index of the class of each pixel, at a size (nearest): 8 bits, or 16 beyond 256 classes.
  func labels(_ classes: Classes, height: Int, width: Int) throws(RuntimeFailure) -> Picture {
    let palette = classes.palette
    let result = try Picture(
      height: height, width: width, channels: 1, depth: palette.count > 256 ? .sixteen : .eight)
    let line = try Memory<Float>(count: numbers.channels * numbers.width)
    let indexes = try Memory<Int>(count: numbers.width)
    var lineRow = -1
    for row in 0..<height {
      let source = nearest(row, numbers.height, height)
      if source != lineRow {
        numbers.read(source, into: line.pointer)
        for column in 0..<numbers.width {
          indexes[column] = try index(at: column, of: line, below: palette.count)
        }
        lineRow = source
      }
      for column in 0..<width { result[row, column, 0] = indexes[nearest(column, numbers.width, width)] }
    }
    return result
  }

  private func nearest(_ place: Int, _ size: Int, _ result: Int) -> Int { (2 * place + 1) * size / (2 * result) }

  private func index(at column: Int, of line: Memory<Float>, below limit: Int) throws(RuntimeFailure) -> Int {
    var best = 0
    if numbers.channels == 1 {
      let value = line.pointer[column].rounded()
      guard value >= 0, value < Float(limit) else {
        throw RuntimeFailure("output \(output.name) holds the class \(String(Double(value), decimals: 0)) of \(limit)")
      }
      best = Int(value)
    } else {
      for channel in 1..<numbers.channels
      where line.pointer[channel * numbers.width + column] > line.pointer[best * numbers.width + column] {
        best = channel
      }
    }
    return best
  }

  /// The colours of classes in RGB.
  func colored(_ labels: Picture, _ classes: Classes) throws(RuntimeFailure) -> Picture {
    let palette = classes.palette
    let result = try Picture(height: labels.height, width: labels.width, channels: 3)
    for row in 0..<labels.height {
      for column in 0..<labels.width {
        let index = labels[row, column, 0]
        let color = index < palette.count ? palette[index] : 0
        for channel in 0..<3 { result[row, column, channel] = Int(color >> UInt32(16 - 8 * channel)) & 255 }
      }
    }
    return result
  }

  /// One channel in grey or, `isHeat`, in the colours of the heat map, at a size (bilinear). Densities are shown
  /// relative to their greatest number, probabilities as they are, a score as its probability.
  func map(channel: Int, isHeat: Bool, height: Int, width: Int) throws(RuntimeFailure) -> Picture {
    var rows: Rows = try PointwiseRows(numbers, .order([channel]))
    switch output.kind {
    case .logits: rows = try PointwiseRows(rows, .sigmoid)
    case .density: rows = try PointwiseRows(rows, .scale([maximum > 0 ? 1 / maximum : 0]))
    default: break
    }
    if rows.height != height || rows.width != width {
      rows = try ResizedRows(rows, height: height, width: width, filter: .bilinear)
    }
    let result = try Picture(height: height, width: width, channels: isHeat ? 3 : 1)
    let line = try Memory<Float>(count: width)
    for row in 0..<height {
      rows.read(row, into: line.pointer)
      let samples = result.row(row)
      for column in 0..<width {
        if isHeat {
          (samples[3 * column], samples[3 * column + 1], samples[3 * column + 2]) = HeatMap.color(line[column])
        } else {
          samples[column] = eightBits(line[column])
        }
      }
    }
    return result
  }

  /// The output as the picture that it is. `chroma`: the colours of the input (Cb and Cr around zero), which a luma is
  /// joined with.
  func image(maximum: Float, order: OutputKind.ChannelOrder, chroma: Rows?) throws(RuntimeFailure) -> Picture {
    let (height, width) = (numbers.height, numbers.width)
    var colors: Rows?
    if order == .luma, let chroma {
      colors = try ResizedRows(chroma, height: height, width: width, filter: .bicubic)
    }
    let channels = colors != nil ? 3 : numbers.channels
    guard channels == 1 || channels == 3 else {
      throw RuntimeFailure(
        "output \(output.name) has \(channels) channels, which make no picture", help: "write it as .npy")
    }
    let result = try Picture(height: height, width: width, channels: channels)
    let line = try Memory<Float>(count: numbers.channels * width)
    let colorLine = try Memory<Float>(count: 2 * width)
    for row in 0..<height {
      numbers.read(row, into: line.pointer)
      colors?.read(row, into: colorLine.pointer)
      let samples = result.row(row)
      for column in 0..<width {
        if colors != nil {
          let luma = min(max(line[column] / maximum, 0), 1)
          let (red, green, blue) = Luma.joined(
            luma, blueChroma: colorLine[column], redChroma: colorLine[width + column])
          samples[3 * column] = eightBits(red)
          samples[3 * column + 1] = eightBits(green)
          samples[3 * column + 2] = eightBits(blue)
        } else {
          for channel in 0..<channels {
            let from = order == .bgr && channels == 3 ? 2 - channel : channel
            samples[channels * column + channel] = eightBits(line[from * width + column] / maximum)
          }
        }
      }
    }
    return result
  }
}

/// A number of 0...1 as 0...255, rounded to the nearest.
func eightBits(_ value: Float) -> UInt8 { UInt8((min(max(value, 0), 1) * 255).rounded()) }

/// 1 / (1 + exp(-value)).
func logistic(_ value: Float) -> Float { Float(1 / (1 + fcn_exponential(-Double(value)))) }

extension Picture {
  /// The picture in RGB of 8 bits; a transparent one laid over what `alpha` says.
  func colored(alpha: AlphaHandling?) throws(RuntimeFailure) -> Picture {
    let rows = PictureRows(self, alpha: alpha ?? .ignore)
    let result = try Picture(height: height, width: width, channels: 3)
    let line = try Memory<Float>(count: rows.channels * width)
    for row in 0..<height {
      rows.read(row, into: line.pointer)
      let samples = result.row(row)
      for column in 0..<width {
        for channel in 0..<3 {
          samples[3 * column + channel] = eightBits(line[(rows.channels == 3 ? channel : 0) * width + column])
        }
      }
    }
    return result
  }

  /// Mixes another picture of the same size, both RGB of 8 bits, into this one; `strength` 1 shows the other alone. Where
  /// `labels` has the index of `ignored`, nothing is mixed in.
  func blended(
    with other: Picture, strength: Float, except ignored: (labels: Picture, index: Int)? = nil
  ) throws(RuntimeFailure) -> Picture {
    let result = try Picture(height: height, width: width, channels: 3)
    for index in 0..<memory.count {
      let pixel = index / 3
      let isLeft = ignored.map { $0.labels[pixel / width, pixel % width, 0] == $0.index } ?? false
      let (a, b) = (Float(memory.pointer[index]), Float(isLeft ? memory.pointer[index] : other.memory.pointer[index]))
      result.memory.pointer[index] = UInt8((a + (b - a) * strength).rounded())
    }
    return result
  }
}
