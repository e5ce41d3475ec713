import CFCNRuntime

/// Makes pictures of an output's numbers, in 8 bits.
struct Painter {
  let output: OutputDescription
  /// The numbers of the output; all finite.
  let numbers: Rows
  /// The numbers that are enlarged: those of the output and, where the picture was padded, those behind them.
  let field: Rows
  /// The greatest number.
  let maximum: Float
  /// The sum of all numbers.
  let sum: Double

  /// Fails where a number is NaN or infinite.
  init(_ output: OutputDescription, _ numbers: Rows, field: Rows? = nil) throws(RuntimeFailure) {
    self.output = output
    self.numbers = numbers
    self.field = field ?? numbers
    (maximum, sum) = try Painter.total(of: numbers, output)
    if let field, field.height != numbers.height || field.width != numbers.width {
      _ = try Painter.total(of: field, output)
    }
  }

  private static func total(
    of numbers: Rows, _ output: OutputDescription
  ) throws(RuntimeFailure) -> (maximum: Float, sum: Double) {
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
    return (greatest, sum)
  }

  /// The index of the class of each pixel (nearest): 8 bits, or 16 beyond 256 classes.
  func labels(_ classes: Classes, on canvas: Canvas) throws(RuntimeFailure) -> Picture {
    let palette = classes.palette
    let result = try Picture(
      height: canvas.height, width: canvas.width, channels: 1, depth: palette.count > 256 ? .sixteen : .eight)
    let line = try Memory<Float>(count: field.channels * field.width)
    let indexes = try Memory<Int>(count: field.width)
    var lineRow = -1
    for row in 0..<canvas.height {
      let source = nearest(row, field.height, canvas.wholeHeight)
      if source != lineRow {
        field.read(source, into: line.pointer)
        for column in 0..<field.width { indexes[column] = try index(at: column, of: line, below: palette.count) }
        lineRow = source
      }
      for column in 0..<canvas.width {
        result[row, column, 0] = indexes[nearest(column, field.width, canvas.wholeWidth)]
      }
    }
    return result
  }

  private func nearest(_ place: Int, _ size: Int, _ result: Int) -> Int { (2 * place + 1) * size / (2 * result) }

  private func index(at column: Int, of line: Memory<Float>, below limit: Int) throws(RuntimeFailure) -> Int {
    var best = 0
    if field.channels == 1 {
      let value = line.pointer[column].rounded()
      guard value >= 0, value < Float(limit) else {
        throw RuntimeFailure("output \(output.name) holds the class \(String(Double(value), decimals: 0)) of \(limit)")
      }
      best = Int(value)
    } else {
      for channel in 1..<field.channels
      where line.pointer[channel * field.width + column] > line.pointer[best * field.width + column] {
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

  /// One channel in grey or, `isHeat`, in the colours of the heat map (bilinear). Densities are shown relative to their
  /// greatest number, probabilities as they are, a score as its probability.
  func map(channel: Int, isHeat: Bool, on canvas: Canvas) throws(RuntimeFailure) -> Picture {
    var rows: Rows = try PointwiseRows(field, .order([channel]))
    switch output.kind {
    case .logits: rows = try PointwiseRows(rows, .sigmoid)
    case .density: rows = try PointwiseRows(rows, .scale([maximum > 0 ? 1 / maximum : 0]))
    default: break
    }
    if rows.height != canvas.wholeHeight || rows.width != canvas.wholeWidth {
      rows = try ResizedRows(rows, height: canvas.wholeHeight, width: canvas.wholeWidth, filter: .bilinear)
    }
    let result = try Picture(height: canvas.height, width: canvas.width, channels: isHeat ? 3 : 1)
    let line = try Memory<Float>(count: canvas.wholeWidth)
    for row in 0..<canvas.height {
      rows.read(row, into: line.pointer)
      let samples = result.row(row)
      for column in 0..<canvas.width {
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
  func image(
    maximum: Float, order: OutputKind.ChannelOrder, chroma: Rows?, depth: Picture.Depth = .eight
  ) throws(RuntimeFailure) -> Picture {
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
    let result = try Picture(height: height, width: width, channels: channels, depth: depth)
    let line = try Memory<Float>(count: numbers.channels * width)
    let pixels = try Memory<Float>(count: channels * width)
    let colorLine = try Memory<Float>(count: 2 * width)
    for row in 0..<height {
      numbers.read(row, into: line.pointer)
      colors?.read(row, into: colorLine.pointer)
      for column in 0..<width {
        if colors != nil {
          let luma = min(max(line[column] / maximum, 0), 1)
          let (red, green, blue) = Luma.joined(
            luma, blueChroma: colorLine[column], redChroma: colorLine[width + column])
          pixels[3 * column] = red
          pixels[3 * column + 1] = green
          pixels[3 * column + 2] = blue
        } else {
          for channel in 0..<channels {
            let from = order == .bgr && channels == 3 ? 2 - channel : channel
            pixels[channels * column + channel] = line[from * width + column] / maximum
          }
        }
      }
      result.store(pixels.pointer, row: row)
    }
    return result
  }
}

extension Picture {
  /// Makes samples of the numbers of a row, 0...1 for the whole range of the type; `Float` takes them as they are.
  fileprivate func store(_ numbers: UnsafePointer<Float>, row: Int) {
    let count = width * channels
    switch depth {
    case .eight:
      let samples = self.row(row)
      for index in 0..<count { samples[index] = eightBits(numbers[index]) }
    case .sixteen:
      let samples = wide + row * count
      for index in 0..<count { samples[index] = UInt16((min(max(numbers[index], 0), 1) * 65535).rounded()) }
    case .thirtyTwo: preconditionFailure("images are written in 8 or 16 bits or as Float")
    case .float: (samples(as: Float.self) + row * count).update(from: numbers, count: count)
    }
  }
}

/// A number of 0...1 as 0...255, rounded to the nearest.
func eightBits(_ value: Float) -> UInt8 { UInt8((min(max(value, 0), 1) * 255).rounded()) }

/// 1 / (1 + exp(-value)).
func logistic(_ value: Float) -> Float { Float(1 / (1 + fcn_exponential(-Double(value)))) }

extension Picture {
  /// A picture in RGB of 8 bits of rows in grey or RGB.
  init(coloring rows: Rows) throws(RuntimeFailure) {
    let result = try Picture(height: rows.height, width: rows.width, channels: 3)
    let line = try Memory<Float>(count: rows.channels * rows.width)
    for row in 0..<rows.height {
      rows.read(row, into: line.pointer)
      let samples = result.row(row)
      for column in 0..<rows.width {
        for channel in 0..<3 {
          samples[3 * column + channel] = eightBits(line[(rows.channels == 3 ? channel : 0) * rows.width + column])
        }
      }
    }
    self = result
  }

  /// The picture in RGB of 8 bits, whatever its alpha.
  func colored() throws(RuntimeFailure) -> Picture {
    try Picture(coloring: PictureRows(self, alpha: .ignore))
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
