/// Writing the answers.
extension Program {
  /// The numbers of an output for all that entered the network, its padding included.
  func wholeRows(ofOutput index: Int, for source: Source) throws(RuntimeFailure) -> Rows {
    let size = network.outputSize(index, height: source.size.height, width: source.size.width)
    return try rows(ofOutput: index, 0..<size.height, 0..<size.width)
  }

  /// The numbers of an output that belong to the picture.
  func rows(ofOutput index: Int, for source: Source) throws(RuntimeFailure) -> Rows {
    let kept = kept(ofOutput: index, for: source.size)
    return try rows(ofOutput: index, kept.rows, kept.columns)
  }

  /// How sure an output is: the probability of each pixel's class and how far it is ahead, for all that entered the
  /// network or for the picture alone.
  func confidence(ofOutput index: Int, for source: Source, whole: Bool) throws(RuntimeFailure) -> Rows {
    let size = network.outputSize(index, height: source.size.height, width: source.size.width)
    let kept = kept(ofOutput: index, for: source.size)
    return try confidence(
      ofOutput: index, whole ? 0..<size.height : kept.rows, whole ? 0..<size.width : kept.columns)
  }

  /// The positions of an output that belong to an input as it came.
  func kept(ofOutput index: Int, for size: FittedSize) -> (rows: Range<Int>, columns: Range<Int>) {
    let count = network.outputSize(index, height: size.height, width: size.width)
    let sizes = network.sizes
    return (
      sizes.rows.outputs[index].places.kept(of: count.height, on: size.rows),
      sizes.columns.outputs[index].places.kept(of: count.width, on: size.columns)
    )
  }

  private func rows(ofOutput index: Int, _ rows: Range<Int>, _ columns: Range<Int>) throws(RuntimeFailure) -> Rows {
    let held = held(ofOutput: index, rows, columns)
    guard let leastConfidence, let ignored = output(index).classes?.ignored, network.outputs[index].hasConfidence else {
      return held
    }
    return try JudgedRows(
      held, confidence: confidence(ofOutput: index, rows, columns), least: leastConfidence, ignored: ignored)
  }

  private func confidence(
    ofOutput index: Int, _ rows: Range<Int>, _ columns: Range<Int>
  ) throws(RuntimeFailure) -> Rows {
    if let place = network.outputs[index].confidence { return held(ofOutput: place, rows, columns) }
    var isLogits = false
    if case .logits = network.outputs[index].kind { isLogits = true }
    return try ConfidenceRows(held(ofOutput: index, rows, columns), isLogits: isLogits)
  }

  private func held(ofOutput index: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> HeldRows {
    let network = self.network
    return HeldRows(channels: network.outputs[index].channels, height: rows.count, width: columns.count) {
      channel, row in network.outputRow(index, channel: channel, row: rows.lowerBound + row) + columns.lowerBound
    }
  }

  /// An output as it is to be understood: with a class for pixels of which the network is not sure enough, where there
  /// shall be one.
  func output(_ index: Int) -> OutputDescription {
    var output = network.outputs[index]
    guard leastConfidence != nil, output.hasConfidence, var classes = output.classes else { return output }
    classes.ignored = classes.ignored ?? (classes.count <= 255 ? 255 : 65_535)
    output.kind = .labels(classes)
    output.channels = 1
    return output
  }

  func write(
    _ answer: Job.Answer, of source: Source, _ path: String, _ found: [Found?], _ options: Options
  ) throws(RuntimeFailure) {
    var file: FileBytes?
    do throws(RuntimeFailure) {
      if answer.isFrame {
        let index = answer.output ?? shownOutputs[0]
        let painted = try painted(answer, ofOutput: index, for: source, found[index], options)
        try frames?.write(painted.picture.formed(answer.format))
      } else {
        file = try encoded(answer, of: source, path, found, options)
      }
    } catch {
      throw named(error, path)
    }
    guard let file else { return }
    if answer.makesFolder { try Files.makeFolder(answer.path.folder) }
    try Files.write(file, to: answer.path)
  }

  /// Writes a value of all that entered the network, its padding included.
  func write(_ tap: Job.Tap, of source: Source, _ path: String) throws(RuntimeFailure) {
    let network = self.network
    let size = network.tapSize(tap.index, height: source.size.height, width: source.size.width)
    let rows = HeldRows(channels: network.taps[tap.index].channels, height: size.height, width: size.width) {
      channel, row in network.tapRow(tap.index, channel: channel, row: row)
    }
    let file: FileBytes
    do throws(RuntimeFailure) {
      file = try PlanarArray(reading: rows).encodedNPY()
    } catch {
      throw named(error, path)
    }
    if tap.makesFolder { try Files.makeFolder(tap.path.folder) }
    try Files.write(file, to: tap.path)
  }

  private func encoded(
    _ answer: Job.Answer, of source: Source, _ path: String, _ found: [Found?], _ options: Options
  ) throws(RuntimeFailure) -> FileBytes {
    if answer.format.isReport, !answer.isOverlay {
      let outputs = answer.output.map { [$0] } ?? shownOutputs
      return try FileBytes(Array(try report(outputs, answer.format, of: source, path, found, options).utf8))
    }
    let index = answer.output ?? shownOutputs[0]
    if answer.format == .npy {
      return try array(answer.subject, ofOutput: index, for: source, found[index]).encodedNPY()
    }
    let registration = registration(of: answer, ofOutput: index, for: source, options)
    if answer.format == .tiff,
      let numbers = try numbers(answer, ofOutput: index, for: source, found[index], options)
    {
      return try numbers.encodedTIFF(registration: registration)
    }
    let painted = try painted(answer, ofOutput: index, for: source, found[index], options)
    if answer.format == .tiff {
      return try painted.picture.encodedTIFF(palette: painted.palette, registration: registration)
    }
    return try encoded(painted.picture.formed(answer.format), painted.palette, answer.format)
  }

  /// What is written of an output as numbers.
  func array(
    _ subject: Job.Subject, ofOutput index: Int, for source: Source, _ found: Found?
  ) throws(RuntimeFailure) -> PlanarArray {
    switch subject {
    case .confidence: return try PlanarArray(reading: confidence(ofOutput: index, for: source, whole: false))
    case .borderMask: return try borderMask(ofOutput: index, for: source)
    case .answer, .overlay:
      if case .components(let components)? = found {
        return try components.field(height: components.height, width: components.width, top: 0, left: 0)
      }
      return try PlanarArray(reading: rows(ofOutput: index, for: source))
    }
  }

  private func encoded(_ picture: Picture, _ palette: [UInt32], _ format: OutputFormat) throws(RuntimeFailure)
    -> FileBytes
  {
    switch format {
    case .png, .tiff, .npy, .json, .csv: return try picture.encodedPNG(palette: palette)
    case .jpeg: return try picture.encodedJPEG()
    case .pgm, .ppm, .frame: return try picture.encodedPNM()
    }
  }
}

extension OutputDescription {
  /// The classes that a pixel is given, where it is.
  var classes: Classes? {
    switch kind {
    case .labels(let classes): classes
    case .logits(let classes): channels > 1 ? classes : nil
    default: nil
    }
  }

  var isDensity: Bool {
    if case .density = kind { true } else { false }
  }
}

extension Picture {
  /// The picture as a format holds it: in colours, or without.
  fileprivate func formed(_ format: OutputFormat) throws(RuntimeFailure) -> Picture {
    if format == .ppm, channels == 1 { return try colored() }
    if format == .pgm, channels != 1 {
      throw RuntimeFailure("a .pgm has no colours", help: "write a .ppm or .png")
    }
    return self
  }
}
