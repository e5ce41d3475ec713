/// Standard output as the place of an answer: `-`, or with the form of the frames before it.
struct FramePlace {
  /// How frames are written; nil: in the form of those that are read.
  var form: FrameForm?
  /// Which picture is made of an answer.
  var format: OutputFormat

  /// nil where the path is that of a file.
  init?(_ path: String) {
    for (text, form, format) in FramePlace.known where path.isSame(as: text) {
      (self.form, self.format) = (form, format)
      return
    }
    return nil
  }

  private static let known: [(String, FrameForm?, OutputFormat)] = [
    ("-", nil, .frame), ("y4m:-", .y4m, .frame), ("pnm:-", .pnm, .frame), ("pgm:-", .pnm, .pgm), ("ppm:-", .pnm, .ppm),
  ]
}

/// How frames follow each other in a stream.
enum FrameForm {
  /// PNM pictures, one behind the other.
  case pnm
  /// YUV4MPEG2.
  case y4m
}
