/// Reading the inputs, fitting them to the network, and writing them into it.
extension Program {
  /// Reads the first input. Its size is looked at before anything is decoded.
  func load(_ path: String, joined: [String], _ options: Options) throws(RuntimeFailure) -> Source {
    let (sizes, fitting) = (network.sizes, options.fitting)
    return try load(path, joined: joined, for: 0, options) { height, width throws(RuntimeFailure) in
      try sizes.fitted(height: height, width: width, fitting)
    }
  }

  /// Reads the other inputs, plans for the size of the first one, and writes all of them into the network.
  mutating func feed(_ first: Source, _ job: Job, _ options: Options) throws(RuntimeFailure) {
    var sources = [first]
    for (index, path) in job.furtherInputs.enumerated() {
      let needed = network.inputSize(index + 1, height: first.size.height, width: first.size.width)
      let name = network.inputs[index + 1].name
      sources.append(
        try load(path, joined: job.joined[index + 1], for: index + 1, options) { height, width throws(RuntimeFailure) in
          try first.size.share(height: height, width: width, of: needed, name: name)
        })
    }
    try prepare(first.size, options)
    for (index, source) in sources.enumerated() { try copy(source, to: index, options.fitting.border) }
  }

  /// - Parameter fit: gives what becomes of an input of some height and width.
  func load(
    _ path: String, joined: [String], for index: Int, _ options: Options,
    fit: (Int, Int) throws(RuntimeFailure) -> FittedSize
  ) throws(RuntimeFailure) -> Source {
    let input = network.inputs[index]
    let file = try read(path, for: input, options)
    do throws(RuntimeFailure) {
      guard FileKind(file.pointer, file.count) == .npy else {
        var size: FittedSize?
        let picture = try picture(file, path, joined: joined, for: index, options) {
          height, width throws(RuntimeFailure) in
          size = try input.fitted(height: height, width: width, fit)
        }
        return try Source(picture, size, input, alpha: options.alpha)
      }
      guard options.sources[index].isPlain else {
        throw RuntimeFailure("an array is the network's input as it is", help: options.sources[index].help)
      }
      let array = try PlanarArray(npy: file)
      guard array.channels == input.channels else {
        throw RuntimeFailure(
          "the array has \(array.channels) channel(s), and input \(input.name) takes \(input.channels)",
          help: array.width == input.channels
            ? "the channels stand last: save array.transpose(2, 0, 1)" : "the axes are (channels, height, width)")
      }
      let size = try fit(array.height, array.width)
      if let place = array.firstNotFinite() {
        throw RuntimeFailure("the array holds \(place)", help: "replace such numbers: numpy.nan_to_num(array)")
      }
      return Source(picture: nil, numbers: HeldRows(array), size: size)
    } catch {
      throw named(error, path)
    }
  }

  /// Writes the used part of an input into the network, and the border behind it. The border is taken from the rows that
  /// stand there already, so that each row of the picture is made once.
  private func copy(_ source: Source, to input: Int, _ border: Fitting.Border) throws(RuntimeFailure) {
    let (rows, columns) = (source.size.rows, source.size.columns)
    let (height, width) = (min(rows.given, rows.size), min(columns.given, columns.size))
    let line = try Memory<Float>(count: source.numbers.channels * columns.given)
    for row in 0..<height {
      source.numbers.read(rows.start + row, into: line.pointer)
      for channel in 0..<source.numbers.channels {
        let numbers = network.inputRow(input, channel: channel, row: row)
        numbers.update(from: line.pointer + channel * columns.given + columns.start, count: width)
        for column in width..<columns.size {
          numbers[column] = border.source(of: column, count: width).map { numbers[$0] } ?? 0
        }
      }
    }
    for row in height..<rows.size {
      let mirrored = border.source(of: row, count: height)
      for channel in 0..<source.numbers.channels {
        let numbers = network.inputRow(input, channel: channel, row: row)
        if let mirrored {
          numbers.update(from: network.inputRow(input, channel: channel, row: mirrored), count: columns.size)
        } else {
          numbers.update(repeating: 0, count: columns.size)
        }
      }
    }
  }
}

extension InputDescription {
  /// What becomes of a picture, whose preprocessing may give it another size before that is fitted; nil where that is too
  /// big.
  func fitted(
    height: Int, width: Int, _ fit: (Int, Int) throws(RuntimeFailure) -> FittedSize
  ) throws(RuntimeFailure) -> FittedSize? {
    var size = (height: height, width: width)
    for case .resize(let resizing) in preprocessing {
      guard let resized = resizing.size(height: size.height, width: size.width) else { return nil }
      size = resized
    }
    do throws(RuntimeFailure) {
      return try fit(size.height, size.width)
    } catch {
      if size == (height, width) { throw error }
      throw RuntimeFailure(
        error.messages.map { "resized from \(height)x\(width) to \(size.height)x\(size.width): \($0)" },
        help: error.help)
    }
  }
}
