/// Answers as pictures.
extension Program {
  /// The picture of an output, or the overlay of it, and the palette of one that holds the indexes of classes.
  func painted(
    _ answer: Job.Answer, ofOutput index: Int, for source: Source, _ found: Found?, _ options: Options
  ) throws(RuntimeFailure) -> (picture: Picture, palette: [UInt32]) {
    switch answer.subject {
    case .confidence: return (try confidencePicture(ofOutput: index, for: source, options), [])
    case .borderMask: return (try maskPicture(ofOutput: index, for: source), [])
    case .answer, .overlay: break
    }
    switch found {
    case .components(let components)?:
      return try painted(components, answer, ofOutput: index, for: source, options)
    case .points(let points)?:
      return (try marked(points, ofOutput: index, for: source, options), [])
    default: break
    }
    let output = output(index)
    let rows = try rows(ofOutput: index, for: source)
    // Without a picture the answer is as big as its numbers; with one it is enlarged, and that from all of them.
    let field = source.picture == nil ? rows : try wholeRows(ofOutput: index, for: source)
    let painter = try Painter(output, rows, field: field)
    let canvas = source.canvas(for: rows)
    if let classes = output.classes {
      let labels = try painter.labels(classes, on: canvas)
      if answer.isOverlay {
        let colored = try painter.colored(labels, classes)
        return (
          try overlay(colored, source, options, except: classes.ignored.map { (labels: labels, index: $0) }), []
        )
      }
      return try indexed(labels, classes, painter, answer.format)
    }
    var picture: Picture
    if case .image(let maximum, let order) = output.kind {
      var chroma: Rows?
      if network.inputs[0].isLuma, let photograph = try source.photograph(alpha: options.alpha ?? .ignore),
        photograph.channels > 2
      {
        chroma = try PointwiseRows(photograph, .chroma)
      }
      let depth = answer.format == .tiff ? source.picture?.depth.ofImages ?? .eight : .eight
      picture = try painter.image(maximum: maximum, order: order, chroma: chroma, depth: depth)
    } else {
      let isHeat = answer.isOverlay || options.isHeat || output.isDensity && answer.format != .pgm
      picture = try painter.map(channel: answer.channel ?? 0, isHeat: isHeat, on: canvas)
    }
    if answer.isOverlay { picture = try overlay(picture, source, options) }
    return (picture, [])
  }

  /// A picture of class indexes as its format shows it: in colour where the format has no palette.
  private func indexed(
    _ labels: Picture, _ classes: Classes, _ painter: Painter, _ format: OutputFormat
  ) throws(RuntimeFailure) -> (picture: Picture, palette: [UInt32]) {
    if format == .jpeg || format == .ppm || format == .frame { return (try painter.colored(labels, classes), []) }
    return (labels, (format == .png || format == .tiff) && labels.depth == .eight ? classes.palette : [])
  }

  /// Regions: the number of its region for every pixel, or the regions laid over the photograph, with outlines.
  private func painted(
    _ components: Components, _ answer: Job.Answer, ofOutput index: Int, for source: Source, _ options: Options
  ) throws(RuntimeFailure) -> (picture: Picture, palette: [UInt32]) {
    let classes = components.classes
    guard classes.count <= 1 << 16 else {
      throw RuntimeFailure(
        "output \(network.outputs[index].name) has \(components.regions.count) regions, more than a picture can number",
        help: "write it as .npy")
    }
    let size = network.outputSize(index, height: source.size.height, width: source.size.width)
    let kept = kept(ofOutput: index, for: source.size)
    let whole = source.picture == nil ? nil : size
    let field = try components.field(
      height: whole?.height ?? components.height, width: whole?.width ?? components.width,
      top: whole == nil ? 0 : kept.rows.lowerBound, left: whole == nil ? 0 : kept.columns.lowerBound)
    let description = OutputDescription(name: network.outputs[index].name, channels: 1, kind: .labels(classes))
    let rows = HeldRows(field)
    let painter = try Painter(description, rows)
    let canvas =
      source.picture == nil
      ? Canvas(height: components.height, width: components.width) : source.canvas(for: rows)
    let labels = try painter.labels(classes, on: canvas)
    guard answer.isOverlay else { return try indexed(labels, classes, painter, answer.format) }
    let overlay = try overlay(
      painter.colored(labels, classes), source, options, except: (labels: labels, index: 0))
    overlay.outline(labels, classes.palette)
    return (overlay, [])
  }

  /// The photograph with rings around points.
  private func marked(
    _ points: [MapPoint], ofOutput index: Int, for source: Source, _ options: Options
  ) throws(RuntimeFailure) -> Picture {
    let picture = try photograph(source, options)
    let places = coordinates(ofOutput: index, for: source)
    let counts = counted(ofOutput: index, for: source, options)
    let height = source.picture?.height ?? 0
    let width = source.picture?.width ?? 0
    let top = Double(source.size.rows.part(of: height).lowerBound)
    let left = Double(source.size.columns.part(of: width).lowerBound)
    var colors = network.outputs[index].classes?.colors ?? []
    if colors.isEmpty { colors = (0..<network.outputs[index].channels).map { Classes.distinctColor($0) } }
    var marks: [(row: Double, column: Double, color: UInt32)] = []
    for point in points where counts.contains(row: point.row, column: point.column) {
      marks.append(
        (
          places.rows[point.row] - top, places.columns[point.column] - left,
          point.channel < colors.count ? colors[point.channel] : 0xFFFF00
        ))
    }
    picture.mark(marks)
    return picture
  }

  /// The probability of each pixel's class, in grey or in the colours of the heat map.
  private func confidencePicture(
    ofOutput index: Int, for source: Source, _ options: Options
  ) throws(RuntimeFailure) -> Picture {
    let rows = try confidence(ofOutput: index, for: source, whole: false)
    let field = source.picture == nil ? rows : try confidence(ofOutput: index, for: source, whole: true)
    let description = OutputDescription(name: network.outputs[index].name, channels: 2, kind: .probability)
    return try Painter(description, rows, field: field)
      .map(channel: 0, isHeat: options.isHeat, on: source.canvas(for: rows))
  }

  /// White where an edge has had an influence.
  private func maskPicture(ofOutput index: Int, for source: Source) throws(RuntimeFailure) -> Picture {
    let mask = try borderMask(ofOutput: index, for: source)
    let canvas = source.canvas(for: HeldRows(mask))
    let picture = try Picture(height: canvas.height, width: canvas.width, channels: 1)
    for row in 0..<canvas.height {
      for column in 0..<canvas.width {
        let place = (row: row * mask.height / canvas.height, column: column * mask.width / canvas.width)
        picture[row, column, 0] = mask[0, place.row, place.column] != 0 ? 255 : 0
      }
    }
    return picture
  }

  private func overlay(
    _ picture: Picture, _ source: Source, _ options: Options, except: (labels: Picture, index: Int)? = nil
  ) throws(RuntimeFailure) -> Picture {
    try photograph(source, options)
      .blended(with: picture.colored(), strength: options.overlayStrength, except: except)
  }

  /// The used part of the photograph in RGB.
  private func photograph(_ source: Source, _ options: Options) throws(RuntimeFailure) -> Picture {
    guard let photograph = try source.photograph(alpha: options.alpha ?? .ignore) else {
      throw RuntimeFailure(
        "an array has no photograph to lay an overlay over", help: "give a picture, or write the answer with -o")
    }
    return try Picture(coloring: photograph)
  }
}
