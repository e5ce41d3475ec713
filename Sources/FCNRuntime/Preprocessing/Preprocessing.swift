extension InputDescription {
  /// The numbers that a picture becomes: the steps of the description in their order.
  ///
  /// Fails where the picture has an alpha channel that the input does not take and `alpha` is nil, and where its
  /// colours do not fit the input.
  func preprocessed(_ picture: Picture, alpha: AlphaHandling?) throws(RuntimeFailure) -> Rows {
    let keepsAlpha = picture.hasAlpha && picture.channels == channels && !takesColors
    if picture.hasAlpha, !keepsAlpha, alpha == nil {
      throw RuntimeFailure(
        "the picture has an alpha channel, and input \(name) takes \(channels) channel(s)",
        help: "say what becomes of it: --alpha ignore, --alpha black or --alpha white")
    }
    var rows: Rows = try PictureRows(picture, alpha: keepsAlpha ? .channel : alpha ?? .ignore)
    try checkChannels(rows.channels)
    for step in preprocessing { rows = try step.applied(to: rows) }
    return rows
  }

  /// Whether the input is made of a picture's colours, and not of its channels one by one.
  var takesColors: Bool { preprocessing.contains { $0.choosesChannels } }

  /// Fails where a picture has not as many channels, beside an alpha channel, as the input takes.
  func checkChannels(_ count: Int) throws(RuntimeFailure) {
    if takesColors {
      guard count != 1, count != 3 else { return }
      throw RuntimeFailure(
        "the picture has \(count) channels, and input \(name) takes colours, of 3 or 1",
        help: count > 3
          ? "--samples 1,2,3 takes these as red, green and blue, --samples 1 the first as grey"
          : "--samples 1 takes the first as grey")
    }
    guard count != channels else { return }
    throw RuntimeFailure(
      "the picture has \(count) channel(s), and input \(name) takes \(channels)",
      help: count < channels
        ? "--join PATH adds the channels of another file, --pages those of further pages of a TIFF"
        : channels == 1
          ? "--samples 1 takes the first" : "--samples 1-\(channels) takes the first \(channels)")
  }

  /// Whether the input is the luma of a picture, whose chroma an output may be joined with.
  var isLuma: Bool {
    preprocessing.contains {
      if case .luma = $0 { true } else { false }
    }
  }
}

extension PreprocessingStep {
  /// Whether the step says which channels come out.
  var choosesChannels: Bool {
    switch self {
    case .rgb, .bgr, .grey, .luma: true
    default: false
    }
  }

  func applied(to rows: Rows) throws(RuntimeFailure) -> Rows {
    let isGrey = rows.channels == 1
    switch self {
    case .rgb: return try PointwiseRows(rows, .order(isGrey ? [0, 0, 0] : [0, 1, 2]))
    case .bgr: return try PointwiseRows(rows, .order(isGrey ? [0, 0, 0] : [2, 1, 0]))
    case .grey(let red, let green, let blue):
      return isGrey
        ? try PointwiseRows(rows, .scale([red + green + blue])) : try PointwiseRows(rows, .weigh(red, green, blue))
    case .luma: return isGrey ? rows : try PointwiseRows(rows, .weigh(Luma.red, Luma.green, Luma.blue))
    case .range(let maximum): return try PointwiseRows(rows, .scale([maximum]))
    case .resize(let resizing):
      guard let size = resizing.size(height: rows.height, width: rows.width) else {
        throw RuntimeFailure("a picture of \(rows.height)x\(rows.width) pixels would become too big when resized")
      }
      return try ResizedRows(rows, height: size.height, width: size.width, filter: resizing.filter)
    case .subtract(let values): return try PointwiseRows(rows, .subtract(fitted(values, to: rows)))
    case .divide(let values): return try PointwiseRows(rows, .divide(fitted(values, to: rows)))
    case .scale(let values): return try PointwiseRows(rows, .scale(fitted(values, to: rows)))
    }
  }

  private func fitted(_ values: [Float], to rows: Rows) throws(RuntimeFailure) -> [Float] {
    guard values.count == 1 || values.count == rows.channels else {
      throw RuntimeFailure("the preprocessing has \(values.count) numbers for \(rows.channels) channels")
    }
    return values
  }
}
