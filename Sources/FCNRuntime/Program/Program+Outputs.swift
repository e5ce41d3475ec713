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
    var file: FileBytes?
    do throws(RuntimeFailure) {
      if answer.isFrame {
        try frames?.write(painted(answer, of: source, options).picture)
      } else {
        file = try encoded(answer, of: source, options)
      }
    } catch {
      throw named(error, path)
    }
    guard let file else { return }
    if answer.makesFolder { try Files.makeFolder(answer.path.folder) }
    try Files.write(file, to: answer.path)
  }

  private func encoded(_ answer: Job.Answer, of source: Source, _ options: Options) throws(RuntimeFailure)
    -> FileBytes
  {
    if answer.format == .npy {
      let rows = rows(ofOutput: answer.output, for: source)
      let array = try PlanarArray(channels: rows.channels, height: rows.height, width: rows.width)
      for row in 0..<rows.height {
        for channel in 0..<rows.channels {
          array.row(row, channel: channel).update(from: rows.row(row, channel: channel), count: rows.width)
        }
      }
      return try array.encodedNPY()
    }
    let (picture, palette) = try painted(answer, of: source, options)
    return try encoded(picture, palette, answer.format)
  }

  /// The picture that is made of an answer; where it holds the indexes of classes, the palette of a PNG file.
  private func painted(_ answer: Job.Answer, of source: Source, _ options: Options) throws(RuntimeFailure)
    -> (picture: Picture, palette: [UInt32])
  {
    let output = network.outputs[answer.output]
    let rows = rows(ofOutput: answer.output, for: source)
    // Without a picture the answer is as big as its numbers; with one it is enlarged, and that from all of them.
    let field = source.picture == nil ? rows : wholeRows(ofOutput: answer.output, for: source)
    let painter = try Painter(output, rows, field: field)
    let canvas = source.canvas(for: rows)
    let isColored =
      answer.isOverlay || answer.format == .jpeg || answer.format == .ppm || answer.format == .frame
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
    if answer.format == .ppm, picture.channels == 1 { picture = try picture.colored() }
    if answer.format == .pgm, picture.channels != 1 {
      throw RuntimeFailure("a .pgm has no colours", help: "write a .ppm or .png")
    }
    return (picture, palette)
  }

  private func encoded(_ picture: Picture, _ palette: [UInt32], _ format: OutputFormat) throws(RuntimeFailure)
    -> FileBytes
  {
    switch format {
    case .png, .npy: return try picture.encodedPNG(palette: palette)
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
