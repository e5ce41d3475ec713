/// Answers as TIFF files: numbers where an answer is numbers, and the picture's place in the world.
extension Program {
  /// What TIFF holds of an answer as float32: raw numbers, densities and confidences as they are, probabilities (and the
  /// score of each pixel as one) as big as the picture. nil for answers that are pictures.
  func numbers(
    _ answer: Job.Answer, ofOutput index: Int, for source: Source, _ found: Found?, _ options: Options
  ) throws(RuntimeFailure) -> PlanarArray? {
    let output = output(index)
    switch answer.subject {
    case .overlay, .borderMask: return nil
    case .confidence: return options.isHeat ? nil : try array(.confidence, ofOutput: index, for: source, found)
    case .answer: break
    }
    guard !options.isHeat || output.isRaw, output.answer == nil else { return nil }
    let rows = try rows(ofOutput: index, for: source)
    switch output.kind {
    case .raw, .density: return try PlanarArray(reading: rows)
    case .probability,
      .logits where output.classes == nil:
      let field = source.picture == nil ? rows : try wholeRows(ofOutput: index, for: source)
      return try Painter(output, rows, field: field).numbers(on: source.canvas(for: rows))
    case .labels, .image, .logits: return nil
    }
  }

  /// Where the pixels of an answer lie in the world, if the picture says so of its own.
  func registration(of answer: Job.Answer, ofOutput index: Int, for source: Source, _ options: Options)
    -> Registration?
  {
    guard let picture = source.picture, let registration = picture.registration else { return nil }
    let output = output(index)
    let isPainted =
      answer.subject == .overlay || answer.subject == .borderMask || answer.subject == .confidence && options.isHeat
      || answer.subject == .answer && (output.isPainted || options.isHeat && output.isDensity)
    if isPainted {
      return registration.moved(
        by: RasterMap(
          rows: (1, Double(source.size.rows.part(of: picture.height).lowerBound)),
          columns: (1, Double(source.size.columns.part(of: picture.width).lowerBound))))
    }
    let places = coordinates(ofOutput: index, for: source)
    return registration.moved(by: RasterMap(rows: places.rows.raster, columns: places.columns.raster))
  }
}

extension AxisCoordinates {
  /// The same map for places that are counted from the edge of the first pixel on, as those of a raster are, not from its
  /// middle.
  fileprivate var raster: (scale: Double, offset: Double) { (scale, offset + 0.5 - scale / 2) }
}

extension OutputDescription {
  fileprivate var isRaw: Bool {
    if case .raw = kind { true } else { false }
  }

  /// Whether its pictures, and its TIFF files too, are as big as the picture that was given.
  fileprivate var isPainted: Bool {
    if answer != nil { return true }
    switch kind {
    case .labels, .probability, .logits: return true
    case .density, .image, .raw: return false
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
