/// Between RGB and the luma and chroma of video in 8 bits.
struct VideoColors {
  /// The weights of red and blue in the luma.
  enum Matrix {
    case bt601, bt709

    init?(word: String) {
      if word.isSame(as: "bt601") {
        self = .bt601
      } else if word.isSame(as: "bt709") {
        self = .bt709
      } else {
        return nil
      }
    }

    /// What players take video of a size for that does not say: high definition is BT.709.
    init(height: Int, width: Int) { self = height > 576 || width >= 1280 ? .bt709 : .bt601 }

    var red: Float { self == .bt601 ? 0.299 : 0.2126 }
    var blue: Float { self == .bt601 ? 0.114 : 0.0722 }
  }

  private let red: Float
  private let blue: Float
  /// The sample of black, and the steps from it to white.
  private let black: Float
  private let lumaSteps: Float
  private let chromaSteps: Float

  /// - Parameter isFull: samples of 0...255; otherwise luma of 16...235 and chroma of 16...240.
  init(_ matrix: Matrix, isFull: Bool) {
    (red, blue) = (matrix.red, matrix.blue)
    (black, lumaSteps, chromaSteps) = isFull ? (0, 255, 255) : (16, 219, 224)
  }

  /// A luma sample as grey of 0...1.
  func grey(_ luma: Float) -> Float { (luma - black) / lumaSteps }

  /// Red, green and blue of 0...1.
  func decoded(_ luma: Float, _ blueChroma: Float, _ redChroma: Float) -> (red: Float, green: Float, blue: Float) {
    let y = grey(luma)
    let r = y + 2 * (1 - red) * (redChroma - 128) / chromaSteps
    let b = y + 2 * (1 - blue) * (blueChroma - 128) / chromaSteps
    return (r, (y - red * r - blue * b) / (1 - red - blue), b)
  }

  /// The luma sample of red, green and blue of 0...1, not rounded.
  func luma(_ r: Float, _ g: Float, _ b: Float) -> Float { black + lumaSteps * weighed(r, g, b) }

  /// The chroma samples, not rounded.
  func chroma(_ r: Float, _ g: Float, _ b: Float) -> (blue: Float, red: Float) {
    let y = weighed(r, g, b)
    return (128 + chromaSteps * (b - y) / (2 - 2 * blue), 128 + chromaSteps * (r - y) / (2 - 2 * red))
  }

  private func weighed(_ r: Float, _ g: Float, _ b: Float) -> Float { red * r + (1 - red - blue) * g + blue * b }

  static func rounded(_ sample: Float) -> UInt8 { UInt8(min(max(sample, 0), 255).rounded()) }
}
