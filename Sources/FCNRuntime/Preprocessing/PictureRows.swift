/// What becomes of the alpha channel of a picture.
public enum AlphaHandling: Sendable {
  /// The colours count, whatever their alpha.
  case ignore
  /// The picture is laid over black or white.
  case black, white
  /// It is a channel like the others.
  case channel
}

/// The samples of a picture as numbers, on their scales, without its alpha channel unless that is kept.
final class PictureRows: Rows {
  private let picture: Picture
  private let alpha: AlphaHandling
  /// The channels that are read.
  private let order: [Int]
  /// The opacities of a row, where they are needed.
  private let opacities: Memory<Float>?

  init(_ picture: Picture, alpha: AlphaHandling) throws(RuntimeFailure) {
    self.picture = picture
    self.alpha = alpha
    let left = alpha == .channel ? nil : picture.alpha?.channel
    order = (0..<picture.channels).filter { $0 != left }
    let needsOpacities = left != nil && (alpha != .ignore || picture.alpha?.isPremultiplied == true)
    opacities = needsOpacities ? try Memory(count: picture.width) : nil
    super.init(channels: order.count, height: picture.height, width: picture.width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    for (index, channel) in order.enumerated() { readChannel(channel, row, numbers + index * width) }
    guard let opacities, let source = picture.alpha else { return }
    readChannel(source.channel, row, opacities.pointer)
    for channel in 0..<channels {
      let line = numbers + channel * width
      for column in 0..<width {
        let opacity = opacities[column]
        if alpha == .ignore {
          line[column] = opacity > 0 ? line[column] / opacity : 0
        } else {
          let color = source.isPremultiplied ? line[column] : line[column] * opacity
          line[column] = color + (alpha == .white ? 1 - opacity : 0)
        }
      }
    }
  }

  private func readChannel(_ channel: Int, _ row: Int, _ numbers: UnsafeMutablePointer<Float>) {
    switch picture.depth {
    case .eight: read(UInt8.self, channel, row, numbers)
    case .sixteen: read(UInt16.self, channel, row, numbers)
    case .thirtyTwo: read(UInt32.self, channel, row, numbers)
    case .float: read(Float.self, channel, row, numbers)
    }
  }

  private func read<Sample: PictureSample>(
    _ type: Sample.Type, _ channel: Int, _ row: Int, _ numbers: UnsafeMutablePointer<Float>
  ) {
    let stride = picture.channels
    let samples = picture.samples(as: type) + row * width * stride + channel
    let scale = picture.scales[channel]
    let extent = scale.one - scale.zero
    if extent == 0 {
      numbers.update(repeating: 0, count: width)
    } else if scale.zero == 0, Double(Float(extent)) == extent {
      let extent = Float(extent)
      for column in 0..<width { numbers[column] = samples[column * stride].asFloat / extent }
    } else {
      for column in 0..<width {
        numbers[column] = Float((samples[column * stride].asDouble - scale.zero) / extent)
      }
    }
    guard scale.noData != nil else { return }
    for column in 0..<width where scale.isNoData(samples[column * stride].asDouble) { numbers[column] = 0 }
  }
}
