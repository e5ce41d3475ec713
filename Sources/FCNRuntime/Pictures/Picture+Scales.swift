/// What of a picture's samples becomes 0 and 1.
public enum ScaleChoice: Sendable {
  /// What the type of the samples says.
  case type
  /// 0 and the greatest number of so many bits.
  case bits(Int)
  /// Given samples: one scale for all channels, or one each.
  case numbers([SampleScale])
  /// Percentiles, 0...100, of each channel.
  case percentiles(low: Double, high: Double)
}

extension Picture {
  /// The channels that are no alpha channel.
  private var colors: [Int] { (0..<channels).filter { $0 != alpha?.channel } }

  /// Says what samples mean that the picture has no data there.
  mutating func setNoData(_ sample: Double) {
    for channel in colors { scales[channel].noData = depth == .float ? Double(Float(sample)) : sample }
  }

  /// The number of samples without data.
  ///
  /// Fails where a sample is NaN or infinite and is not what stands for missing data.
  func countNoData() throws(RuntimeFailure) -> Int {
    guard depth == .float || scales.contains(where: { $0.noData != nil }) else { return 0 }
    var count = 0
    for channel in 0..<channels {
      let scale = scales[channel]
      for row in 0..<height {
        for column in 0..<width {
          let sample = sample(row, column, channel)
          if scale.isNoData(sample) {
            count += 1
          } else if !sample.isFinite {
            throw RuntimeFailure(
              "the picture holds \(notFinite(Float(sample), channel: channel, row: row, column: column))",
              help: sample.isNaN ? "--nodata nan makes 0 of pixels that are NaN" : "replace such samples")
          }
        }
      }
    }
    return count
  }

  /// Chooses the scales of all channels but an alpha channel.
  mutating func scale(by choice: ScaleChoice) throws(RuntimeFailure) {
    switch choice {
    case .type: break
    case .bits(let bits): try scale(toBits: bits)
    case .numbers(let given):
      let colors = colors
      guard given.count == 1 || given.count == colors.count else {
        throw RuntimeFailure("--range has \(given.count) ranges, and the picture \(colors.count) channels")
      }
      for (index, channel) in colors.enumerated() {
        let scale = given[given.count == 1 ? 0 : index]
        (scales[channel].zero, scales[channel].one) = (scale.zero, scale.one)
      }
    case .percentiles(let low, let high):
      for channel in colors {
        let ranks = try SampleRanks(of: channel, in: self)
        scales[channel].zero = ranks.percentile(low)
        scales[channel].one = ranks.percentile(high)
      }
    }
  }

  private mutating func scale(toBits bits: Int) throws(RuntimeFailure) {
    guard depth != .float, bits <= 8 * depth.bytes else {
      throw RuntimeFailure(
        depth == .float
          ? "--range bits=\(bits) is for unsigned samples, and those of the picture are not"
          : "--range bits=\(bits): the samples of the picture have \(8 * depth.bytes) bits",
        help: "--range LOW..HIGH names the samples that become 0 and 1")
    }
    let greatest = Double(UInt64(1) << UInt64(bits) - 1)
    for channel in colors {
      for row in 0..<height {
        for column in 0..<width {
          let sample = sample(row, column, channel)
          guard sample > greatest, !scales[channel].isNoData(sample) else { continue }
          throw RuntimeFailure(
            "the sample at channel \(channel), row \(row), column \(column) is \(String(sample, decimals: 0)), above the "
              + "\(String(greatest, decimals: 0)) of --range bits=\(bits)",
            help: "give more bits, or --range 0..\(String(sample, decimals: 0))")
        }
      }
      (scales[channel].zero, scales[channel].one) = (0, greatest)
    }
  }
}
