/// What becomes of the alpha channel of a picture.
public enum AlphaHandling: Sendable {
  /// The colours count, whatever their alpha.
  case ignore
  /// The picture is laid over black or white.
  case black, white
}

/// The samples of a picture as numbers in 0...1, without its alpha channel unless that is kept.
final class PictureRows: Rows {
  private let picture: Picture
  private let alpha: AlphaHandling?

  /// `alpha`: nil keeps an alpha channel as a channel.
  init(_ picture: Picture, alpha: AlphaHandling?) {
    self.picture = picture
    self.alpha = alpha
    let colors = picture.hasAlpha && alpha != nil ? picture.channels - 1 : picture.channels
    super.init(channels: colors, height: picture.height, width: picture.width)
  }

  override func read(_ row: Int, into numbers: UnsafeMutablePointer<Float>) {
    for channel in 0..<channels { readChannel(channel, row, numbers + channel * width) }
    guard picture.hasAlpha, alpha == .black || alpha == .white else { return }
    let full = Float(picture.maximum)
    for column in 0..<width {
      let opacity = Float(picture[row, column, channels]) / full
      let ground: Float = alpha == .white ? 1 - opacity : 0
      for channel in 0..<channels {
        numbers[channel * width + column] = numbers[channel * width + column] * opacity + ground
      }
    }
  }

  private func readChannel(_ channel: Int, _ row: Int, _ numbers: UnsafeMutablePointer<Float>) {
    let start = row * width * picture.channels + channel
    switch picture.depth {
    case .eight:
      let samples = picture.memory.pointer + start
      for column in 0..<width { numbers[column] = Float(samples[column * picture.channels]) / 255 }
    case .sixteen:
      let samples = picture.wide + start
      for column in 0..<width { numbers[column] = Float(samples[column * picture.channels]) / 65535 }
    }
  }
}
