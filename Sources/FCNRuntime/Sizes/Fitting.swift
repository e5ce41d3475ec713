/// What becomes of a picture whose size the network does not accept.
public struct Fitting: Sendable {
  public enum Mode: UInt8, Sendable {
    /// It is refused.
    case error
    /// It is padded at the bottom and at the right, and the answer cut back.
    case pad
    /// Its middle is taken, and the answer is about that.
    case crop
  }

  /// What a padded picture is continued with.
  public enum Border: UInt8, Sendable {
    case zero
    /// The outermost pixel.
    case edge
    /// The picture in a mirror at the outermost pixel, there and back as often as it takes.
    case reflect
  }

  public var mode: Mode
  public var border: Border

  /// - Parameter border: the edge where nothing is said: it puts no line into the picture, as zeros would.
  public init(_ mode: Mode = .error, border: Border = .edge) {
    self.mode = mode
    self.border = border
  }
}

extension Fitting.Mode {
  /// The mode of a word of the command line.
  public init?(word: String) {
    if word.isSame(as: "error") {
      self = .error
    } else if word.isSame(as: "pad") {
      self = .pad
    } else if word.isSame(as: "crop") {
      self = .crop
    } else {
      return nil
    }
  }

  var word: String {
    switch self {
    case .error: "error"
    case .pad: "pad"
    case .crop: "crop"
    }
  }
}

extension Fitting.Border {
  /// The border of a word of the command line.
  public init?(word: String) {
    if word.isSame(as: "zero") {
      self = .zero
    } else if word.isSame(as: "edge") {
      self = .edge
    } else if word.isSame(as: "reflect") {
      self = .reflect
    } else {
      return nil
    }
  }

  var word: String {
    switch self {
    case .zero: "zero"
    case .edge: "edge"
    case .reflect: "reflect"
    }
  }

  /// The position of `count` that stands for one behind the last; nil where a zero does.
  func source(of position: Int, count: Int) -> Int? {
    switch self {
    case .zero: return nil
    case .edge: return count - 1
    case .reflect:
      guard count > 1 else { return 0 }
      let place = position % (2 * count - 2)
      return min(place, 2 * count - 2 - place)
    }
  }
}
