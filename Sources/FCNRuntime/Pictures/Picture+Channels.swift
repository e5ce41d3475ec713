extension Picture {
  /// The picture with these of its channels, in this order; an alpha channel among them is a channel like the others.
  func taking(channels chosen: [Int]) throws(RuntimeFailure) -> Picture {
    var result = try Picture(height: height, width: width, channels: chosen.count, depth: depth)
    result.registration = registration
    result.orientation = orientation
    for (place, channel) in chosen.enumerated() { result.copy(channel, of: self, to: place) }
    return result
  }

  /// The channels of pictures of one size, one after the other. Where their depths differ, all become `Float`, each on its
  /// own scale.
  ///
  /// Fails where a picture after the first has an alpha channel.
  init(joining pictures: [Picture]) throws(RuntimeFailure) {
    let first = pictures[0]
    var channels = 0
    var depth = first.depth
    for picture in pictures {
      channels += picture.channels
      if picture.depth != depth { depth = .float }
    }
    guard !pictures.dropFirst().contains(where: { $0.hasAlpha }) else {
      throw RuntimeFailure(
        "a picture that is joined to another has an alpha channel", help: "--samples says which channels are taken")
    }
    var result = try Picture(
      height: first.height, width: first.width, channels: channels, depth: depth, alpha: first.alpha)
    result.registration = first.registration
    result.orientation = first.orientation
    var place = 0
    for picture in pictures {
      for channel in 0..<picture.channels {
        result.copy(channel, of: picture, to: place)
        place += 1
      }
    }
    self = result
  }

  /// Brings a channel of another picture of this size, of the same depth or to `Float`, to a channel of this one.
  private mutating func copy(_ channel: Int, of source: Picture, to place: Int) {
    scales[place] = source.scales[channel]
    switch (source.depth, depth) {
    case (.eight, .eight): copy(UInt8.self, UInt8.self, channel, of: source, to: place) { $0 }
    case (.sixteen, .sixteen): copy(UInt16.self, UInt16.self, channel, of: source, to: place) { $0 }
    case (.thirtyTwo, .thirtyTwo): copy(UInt32.self, UInt32.self, channel, of: source, to: place) { $0 }
    case (.eight, _): copy(UInt8.self, Float.self, channel, of: source, to: place) { Float($0) }
    case (.sixteen, _): copy(UInt16.self, Float.self, channel, of: source, to: place) { Float($0) }
    case (.thirtyTwo, _): copy(UInt32.self, Float.self, channel, of: source, to: place) { Float($0) }
    case (.float, _): copy(Float.self, Float.self, channel, of: source, to: place) { $0 }
    }
  }

  private func copy<Old, New>(
    _ old: Old.Type, _ new: New.Type, _ channel: Int, of source: Picture, to place: Int, _ change: (Old) -> New
  ) {
    let from = source.samples(as: old) + channel
    let into = samples(as: new) + place
    for pixel in 0..<(height * width) { into[pixel * channels] = change(from[pixel * source.channels]) }
  }
}
