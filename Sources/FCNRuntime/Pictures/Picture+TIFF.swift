import CFCNRuntime

extension Picture {
  /// Decodes the chosen pages of a TIFF file, turned upright; their samples follow one another.
  init(tiff file: FileBytes, maximumPixels: Int, choice: ChannelChoice, check: Check) throws(RuntimeFailure) {
    let tiff = try TIFFFile(file)
    let pages = try choice.pages(of: tiff.pageCount)
    var channels = 0
    var size: (height: Int, width: Int)?
    for page in pages {
      let header = try tiff.measure(page, maximumPixels: maximumPixels)
      let own = header.uprightSize
      if let size, size != own {
        throw RuntimeFailure(
          "page \(page + 1) has \(own.height)x\(own.width) pixels, and page \(pages[0] + 1) \(size.height)x\(size.width)",
          help: "--pages names pages of one size")
      }
      size = own
      channels += try choice.samples(of: Int(header.channels)).count
    }
    if let size { try check(size.height, size.width, channels) }
    if choice.pages == nil, let count = tiff.text(FCN_TAG_DESCRIPTION).flatMap({ Picture.imageCount(ofImageJ: $0) }),
      count > 1
    {
      throw RuntimeFailure(
        "the file holds \(count) images of ImageJ and lists one as a page",
        help: "save it as separate files, or take the listed one with --pages 1")
    }
    var pictures: [Picture] = []
    for page in pages { pictures.append(try Picture(page, of: tiff, maximumPixels, choice)) }
    self = pictures.count == 1 ? pictures[0] : try Picture(joining: pictures)
  }

  /// The number of images in ImageJ's description; it writes stacks of more than 4 GB behind one page.
  private static func imageCount(ofImageJ description: String) -> Int? {
    guard description.hasStart("ImageJ=") else { return nil }
    for line in description.utf8.split(separator: 0x0A) {
      let line = String(decoding: Array(line), as: UTF8.self)
      if line.hasStart("images="), let (_, count) = line.cut(at: 0x3D) { return count.naturalNumber }
    }
    return nil
  }

  private init(_ page: Int, of tiff: TIFFFile, _ limit: Int, _ choice: ChannelChoice) throws(RuntimeFailure) {
    let header = try tiff.measure(page, maximumPixels: limit)
    let samples = try choice.samples(of: Int(header.channels))
    var isTaken = Array(repeating: false, count: Int(header.channels))
    var isRepeated = false
    for sample in samples {
      isRepeated = isRepeated || isTaken[sample]
      isTaken[sample] = true
    }
    let decoded = isRepeated ? Array(0..<Int(header.channels)) : samples
    let alpha =
      choice.samples == nil && header.alpha > 0
      ? Alpha(channel: Int(header.alpha) - 1, isPremultiplied: header.is_premultiplied != 0) : nil
    var picture = try Picture(
      height: Int(header.height), width: Int(header.width), channels: decoded.count, depth: header.depth, alpha: alpha)
    try tiff.decode(header, samples: decoded, into: picture)
    for channel in 0..<picture.channels { picture.scales[channel] = SampleScale(zero: 0, one: header.maximum) }
    if let noData = tiff.text(FCN_TAG_NO_DATA).flatMap({ Double(decimal: $0) }) { picture.setNoData(noData) }
    let orientation = Orientation(code: Int(header.orientation))
    picture.registration = Registration(of: tiff).map {
      orientation.code == 1
        ? $0 : $0.moved(by: RasterMap(orientation, height: picture.height, width: picture.width))
    }
    picture = try picture.turned(by: orientation)
    self = isRepeated ? try picture.taking(channels: samples) : picture
  }
}

extension fcn_tiff_page {
  fileprivate var uprightSize: (height: Int, width: Int) {
    Orientation(code: Int(orientation)).isTransposed ? (Int(width), Int(height)) : (Int(height), Int(width))
  }

  fileprivate var depth: Picture.Depth {
    switch Int(sample) {
    case FCN_SAMPLE_8: .eight
    case FCN_SAMPLE_16: .sixteen
    case FCN_SAMPLE_32: .thirtyTwo
    default: .float
    }
  }
}
