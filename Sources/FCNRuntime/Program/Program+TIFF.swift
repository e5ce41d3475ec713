/// Answers as TIFF files: numbers where an answer is numbers, and the picture's place in the world.
extension Program {
  /// The file of an answer that TIFF holds as float32: raw numbers and densities as they are, probabilities (and the score
  /// of each pixel as one) as big as the picture. nil for answers that are pictures.
  func encodedNumbers(
    _ answer: Job.Answer, _ rows: HeldRows, of source: Source, _ options: Options
  ) throws(RuntimeFailure) -> FileBytes? {
    let output = network.outputs[answer.output]
    guard !answer.isOverlay, !options.isHeat || output.isRaw else { return nil }
    let array: PlanarArray
    switch output.kind {
    case .raw, .density: array = try PlanarArray(rows)
    case .probability,
      .logits where output.classes == nil:
      let field = source.picture == nil ? rows : wholeRows(ofOutput: answer.output, for: source)
      array = try Painter(output, rows, field: field).numbers(on: source.canvas(for: rows))
    case .labels, .image, .logits: return nil
    }
    return try array.encodedTIFF(registration: registration(of: answer, for: source, options))
  }

  /// Where the pixels of an answer lie in the world, if the picture says so of its own.
  func registration(of answer: Job.Answer, for source: Source, _ options: Options) -> Registration? {
    guard let picture = source.picture, let registration = picture.registration else { return nil }
    let output = network.outputs[answer.output]
    if answer.isOverlay || output.isPainted || options.isHeat && output.isDensity {
      return registration.moved(
        by: RasterMap(
          rows: (1, Double(source.size.rows.part(of: picture.height).lowerBound)),
          columns: (1, Double(source.size.columns.part(of: picture.width).lowerBound))))
    }
    let kept = kept(ofOutput: answer.output, for: source.size)
    let count = network.outputSize(answer.output, height: source.size.height, width: source.size.width)
    let sizes = network.sizes
    return registration.moved(
      by: RasterMap(
        rows: sizes.rows.outputs[answer.output].places.pixels(
          kept.rows, of: count.height, on: source.size.rows, length: picture.height),
        columns: sizes.columns.outputs[answer.output].places.pixels(
          kept.columns, of: count.width, on: source.size.columns, length: picture.width)))
  }
}

extension PlaceTable {
  /// Where the pixels of an output lie in the picture, which is `length` pixels long before it is resized and fitted: a
  /// place x of the kept pixels, the first of which is the square from 0 to 1, at `scale * x + offset`.
  func pixels(
    _ kept: Range<Int>, of count: Int, on axis: FittedAxis, length: Int
  ) -> (scale: Double, offset: Double) {
    var scale = Double(axis.size) / Double(count)
    var offset = 0.0
    if !places.isEmpty, case .line(let step, let first, let denominator) = places[axis.size % places.count] {
      scale = Double(step) / Double(denominator)
      // Position i has its middle at (step * i + first) / denominator, counted from the middle of the first pixel.
      offset = Double(2 * first - step + denominator) / Double(2 * denominator)
    }
    let resized = Double(length) / Double(axis.given)
    return (
      scale * resized, (offset + scale * Double(kept.lowerBound) + Double(axis.start)) * resized
    )
  }
}

extension OutputDescription {
  fileprivate var isRaw: Bool {
    if case .raw = kind { true } else { false }
  }

  /// Whether its pictures, and its TIFF files too, are as big as the picture that was given.
  fileprivate var isPainted: Bool {
    switch kind {
    case .labels, .probability, .logits: true
    case .density, .image, .raw: false
    }
  }
}

extension Picture.Depth {
  /// The depth of an image that is made of a picture of this one.
  var ofImages: Picture.Depth {
    switch self {
    case .eight, .sixteen: self
    case .thirtyTwo, .float: .float
    }
  }
}
