/// The formats of answers, told by the end of the file's name.
enum OutputFormat {
  case png, jpeg, tiff, pgm, ppm, npy, json, csv
  /// A picture of a stream: in grey or in colours, as it is.
  case frame

  init?(path: String) {
    let path = path.smallLetters
    for (end, format) in OutputFormat.ends where path.hasEnd(end) {
      self = format
      return
    }
    return nil
  }

  private static let ends: [(String, OutputFormat)] = [
    (".png", .png), (".jpg", .jpeg), (".jpeg", .jpeg), (".tif", .tiff), (".tiff", .tiff), (".pgm", .pgm),
    (".ppm", .ppm), (".npy", .npy), (".json", .json), (".csv", .csv),
  ]

  /// The ends of names, for messages.
  static let list = ".png, .jpg, .tif, .ppm, .pgm, .npy, .json or .csv"

  /// Whether it holds what is found, in words and numbers, and not a picture or an array.
  var isReport: Bool { self == .json || self == .csv }

  /// Whether a file holds numbers of any kind, and all channels at once.
  var holdsNumbers: Bool { self == .npy || self == .tiff }
}
