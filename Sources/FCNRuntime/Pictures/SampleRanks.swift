/// The samples of a channel in their order: which one has so many below it. Exact, by counting, in memory that does not
/// depend on the size of the picture.
struct SampleRanks {
  private let picture: Picture
  private let channel: Int
  /// How many samples begin with each of the upper halves of the order keys.
  private let counts: Memory<Int>
  /// The number of samples that have data.
  private let total: Int

  init(of channel: Int, in picture: Picture) throws(RuntimeFailure) {
    self.picture = picture
    self.channel = channel
    counts = try Memory(count: 1 << 16)
    counts.pointer.update(repeating: 0, count: 1 << 16)
    let counts = self.counts
    total = SampleRanks.each(channel, picture) { key in
      counts[Int(key >> 16)] += 1
    }
  }

  /// The percentile 0...100, between two samples where it falls there (linear, as NumPy's); 0 where no sample has data.
  func percentile(_ percent: Double) -> Double {
    guard total > 0 else { return 0 }
    let place = percent / 100 * Double(total - 1)
    let below = min(Int(place), total - 1)
    let low = sample(ofRank: below)
    guard Double(below) < place, below + 1 < total else { return low }
    return low + (sample(ofRank: below + 1) - low) * (place - Double(below))
  }

  private func sample(ofRank rank: Int) -> Double {
    var upper = 0
    var left = rank
    while left >= counts[upper] {
      left -= counts[upper]
      upper += 1
    }
    switch picture.depth {
    case .eight, .sixteen: return Double(upper)
    case .thirtyTwo: return Double(key(upper, left))
    case .float:
      let key = key(upper, left)
      return Double(Float(bitPattern: key >> 31 == 1 ? key & 0x7FFF_FFFF : ~key))
    }
  }

  /// The order key of rank `left` among those with this upper half.
  private func key(_ upper: Int, _ left: Int) -> UInt32 {
    var lower = Array(repeating: 0, count: 1 << 16)
    _ = SampleRanks.each(channel, picture) { key in
      if Int(key >> 16) == upper { lower[Int(key & 0xFFFF)] += 1 }
    }
    var (place, left) = (0, left)
    while left >= lower[place] {
      left -= lower[place]
      place += 1
    }
    return UInt32(upper) << 16 | UInt32(place)
  }

  /// Gives the order key of every sample that has data; returns their number.
  private static func each(_ channel: Int, _ picture: Picture, _ body: (UInt32) -> Void) -> Int {
    switch picture.depth {
    case .eight: each(UInt8.self, channel, picture, body)
    case .sixteen: each(UInt16.self, channel, picture, body)
    case .thirtyTwo: each(UInt32.self, channel, picture, body)
    case .float: each(Float.self, channel, picture, body)
    }
  }

  private static func each<Sample: PictureSample>(
    _ type: Sample.Type, _ channel: Int, _ picture: Picture, _ body: (UInt32) -> Void
  ) -> Int {
    let samples = picture.samples(as: type) + channel
    let scale = picture.scales[channel]
    var count = 0
    for pixel in 0..<(picture.height * picture.width) {
      let sample = samples[pixel * picture.channels]
      if scale.noData != nil, scale.isNoData(sample.asDouble) { continue }
      body(sample.orderKey)
      count += 1
    }
    return count
  }
}
