/// Making the picture of an input from its files.
extension Program {
  /// Reads a file that starts like a picture or an array.
  func read(_ path: String, for input: InputDescription, _ options: Options) throws(RuntimeFailure) -> FileBytes {
    // A pixel takes at most 18 bytes in text (P3 in 16 bits), 8 for a sample of a TIFF file; an array 4 a channel. Files
    // may hold more samples and pages than are taken.
    try Files.read(path, limit: options.maximumPixels * max(64, 16 * input.channels) + (1 << 20))
  }

  /// The picture of a file and of those that are joined to it, on the scales that the command line names.
  /// - Parameter check: is given its size before anything is decoded.
  func picture(
    _ file: FileBytes, _ path: String, joined: [String], for index: Int, _ options: Options,
    check: (Int, Int) throws(RuntimeFailure) -> Void
  ) throws(RuntimeFailure) -> Picture {
    let input = network.inputs[index]
    let source = options.sources[index]
    // Colours, an alpha channel among them, are at most four; what is joined comes on top of the rest.
    let greatest = max(4, input.channels + 1)
    var pictures: [Picture] = []
    pictures.append(
      try Picture(decoding: file, maximumPixels: options.maximumPixels, choice: source.choice) {
        height, width, channels throws(RuntimeFailure) in
        try check(height, width)
        if channels > greatest { try input.checkChannels(channels) }
      })
    for other in joined { pictures.append(try read(other, joinedTo: pictures[0], for: input, source, options)) }
    var picture = pictures.count == 1 ? pictures[0] : try Picture(joining: pictures)
    if let noData = source.noData { picture.setNoData(noData) }
    let missing = try picture.countNoData()
    if missing > 0, !options.isQuiet { console.report("\(path): \(missing) sample(s) without data become 0") }
    try picture.scale(by: source.scale ?? .type)
    return picture
  }

  private func read(
    _ path: String, joinedTo first: Picture, for input: InputDescription, _ source: SourceOptions, _ options: Options
  ) throws(RuntimeFailure) -> Picture {
    let file = try read(path, for: input, options)
    do throws(RuntimeFailure) {
      guard FileKind(file.pointer, file.count) != .npy else {
        throw RuntimeFailure("an array cannot be joined to a picture")
      }
      return try Picture(decoding: file, maximumPixels: options.maximumPixels, choice: source.choice) {
        height, width, channels throws(RuntimeFailure) in
        guard height == first.height, width == first.width else {
          throw RuntimeFailure(
            "the picture has \(height)x\(width) pixels, and the one that it is joined to \(first.height)x\(first.width)"
          )
        }
        if channels > max(4, input.channels) { try input.checkChannels(channels) }
      }
    } catch {
      throw named(error, path)
    }
  }
}

extension Picture {
  /// The size, channels, samples and scales in a line.
  var summary: String {
    let kind =
      switch depth {
      case .eight: "8 bits"
      case .sixteen: "16 bits"
      case .thirtyTwo: "32 bits"
      case .float: "float"
      }
    var text = "\(height)x\(width), \(channels) channel(s)" + (hasAlpha ? " with alpha" : "") + " of \(kind); "
    var ranges: [String] = []
    for scale in scales where ranges.last.map({ !$0.isSame(as: scale.summary) }) ?? true {
      ranges.append(scale.summary)
    }
    text += ranges.count == 1 ? "\(ranges[0]) become 0...1" : "\(listed(scales.map { $0.summary })) become 0...1"
    return text
  }
}
