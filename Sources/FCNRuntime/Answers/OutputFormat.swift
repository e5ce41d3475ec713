/// The formats of answers, told by the end of the file's name.
enum OutputFormat {
  case png, jpeg, pgm, ppm, npy
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
    (".png", .png), (".jpg", .jpeg), (".jpeg", .jpeg), (".pgm", .pgm), (".ppm", .ppm), (".npy", .npy),
  ]
}
