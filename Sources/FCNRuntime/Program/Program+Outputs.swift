/// Writing the answers.
extension Program {
  /// The numbers of an output for all that entered the network, its padding included.
  private func wholeRows(ofOutput index: Int, for source: Source) -> HeldRows {
    let size = network.outputSize(index, height: source.size.height, width: source.size.width)
    return rows(ofOutput: index, 0..<size.height, 0..<size.width)
  }

  /// The numbers of an output that belong to the picture.
  func rows(ofOutput index: Int, for source: Source) -> HeldRows {
    let kept = kept(ofOutput: index, for: source.size)
    return rows(ofOutput: index, kept.rows, kept.columns)
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

  private func rows(ofOutput index: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> HeldRows {
    let network = self.network
    return HeldRows(channels: network.outputs[index].channels, height: rows.count, width: columns.count) {
      channel, row in network.outputRow(index, channel: channel, row: rows.lowerBound + row) + columns.lowerBound
    }
  }

  func write(_ answer: Job.Answer, of source: Source, _ path: String, _ options: Options) throws(RuntimeFailure) {
    let file: FileBytes
    do throws(RuntimeFailure) {
      file = try encoded(answer, of: source, options)
    } catch {
      throw named(error, path)
    }
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
      file = try PlanarArray(rows).encodedNPY()
    } catch {
      throw named(error, path)
    }
    try Files.write(file, to: tap.path)
  }

  private func encoded(_ answer: Job.Answer, of source: Source, _ options: Options) throws(RuntimeFailure)
    -> FileBytes
  {
    let output = network.outputs[answer.output]
    let rows = rows(ofOutput: answer.output, for: source)
    if answer.format == .npy {
      return try PlanarArray(rows).encodedNPY()
    }
    // Without a picture the answer is as big as its numbers; with one it is enlarged, and that from all of them.
    let field = source.picture == nil ? rows : wholeRows(ofOutput: answer.output, for: source)
    let painter = try Painter(output, rows, field: field)
    let canvas = source.canvas(for: rows)
    let isColored = answer.isOverlay || answer.format == .jpeg || answer.format == .ppm
    var palette: [UInt32] = []
    var picture: Picture
    var ignored: (labels: Picture, index: Int)?
    if let classes = output.classes {
      picture = try painter.labels(classes, on: canvas)
      if let index = classes.ignored { ignored = (picture, index) }
      if isColored {
        picture = try painter.colored(picture, classes)
      } else if answer.format == .png, picture.depth == .eight {
        palette = classes.palette
      }
    } else if case .image(let maximum, let order) = output.kind {
      var chroma: Rows?
      if network.inputs[0].isLuma, let photograph = try source.photograph(alpha: options.alpha ?? .ignore),
        photograph.channels > 2
      {
        chroma = try PointwiseRows(photograph, .chroma)
      }
      picture = try painter.image(maximum: maximum, order: order, chroma: chroma)
    } else {
      let isHeat = answer.isOverlay || options.isHeat || output.isDensity && answer.format != .pgm
      picture = try painter.map(channel: answer.channel ?? 0, isHeat: isHeat, on: canvas)
    }
    if answer.isOverlay {
      guard let photograph = try source.photograph(alpha: options.alpha ?? .ignore) else {
        throw RuntimeFailure(
          "an array has no photograph to lay an overlay over", help: "give a picture, or write the answer with -o")
      }
      picture = try Picture(coloring: photograph)
        .blended(with: picture.colored(), strength: options.overlayStrength, except: ignored)
    }
    return try encoded(picture, palette, answer.format)
  }

  private func encoded(_ picture: Picture, _ palette: [UInt32], _ format: OutputFormat) throws(RuntimeFailure)
    -> FileBytes
  {
    switch format {
    case .png, .npy: return try picture.encodedPNG(palette: palette)
    case .jpeg: return try picture.encodedJPEG()
    case .ppm: return try (picture.channels == 1 ? picture.colored() : picture).encodedPNM()
    case .pgm:
      guard picture.channels == 1 else { throw RuntimeFailure("a .pgm has no colours", help: "write a .ppm or .png") }
      return try picture.encodedPNM()
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
