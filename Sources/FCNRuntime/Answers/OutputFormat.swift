/// The file formats of answers, told by the end of the file's name.
enum OutputFormat {
  case png, jpeg, tiff, pgm, ppm, npy

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
    (".ppm", .ppm), (".npy", .npy),
  ]

  /// Whether a file holds numbers of any kind, and all channels at once.
  var holdsNumbers: Bool {
    switch self {
    case .npy, .tiff: true
    default: false
    }
  }
}
