/// An input as it came: its numbers and, where they were made from one, the picture; and how its size was fitted to the
/// network.
struct Source {
  var picture: Picture?
  var numbers: Rows
  var size: FittedSize

  init(picture: Picture?, numbers: Rows, size: FittedSize) {
    self.picture = picture
    self.numbers = numbers
    self.size = size
  }

  /// A picture that is preprocessed for an input; `size`: what becomes of its size, nil where it stays.
  init(
    _ picture: Picture, _ size: FittedSize?, _ input: InputDescription, alpha: AlphaHandling?
  ) throws(RuntimeFailure) {
    let rows = try input.preprocessed(picture, alpha: alpha)
    self.init(picture: picture, numbers: rows, size: size ?? FittedSize(height: rows.height, width: rows.width))
  }

  /// The measures of the picture or array as it came.
  var height: Int { picture?.height ?? numbers.height }
  var width: Int { picture?.width ?? numbers.width }

  /// The used part of the picture: its colours, or the first three (or one) of its channels.
  func photograph(alpha: AlphaHandling) throws(RuntimeFailure) -> Rows? {
    guard let picture else { return nil }
    let rows = size.rows.part(of: picture.height)
    let columns = size.columns.part(of: picture.width)
    var colors: Rows = try PictureRows(picture, alpha: alpha == .channel ? .ignore : alpha)
    if colors.channels != 1, colors.channels != 3 {
      colors = try PointwiseRows(colors, .order(colors.channels > 3 ? [0, 1, 2] : [0]))
    }
    return try colors.part(rows: rows, columns: columns)
  }

  /// What an answer is painted on: as big as the used part of the picture, or as the answer itself where there is none.
  func canvas(for answer: Rows) -> Canvas {
    guard let picture else { return Canvas(height: answer.height, width: answer.width) }
    return Canvas(
      height: size.rows.part(of: picture.height).count, width: size.columns.part(of: picture.width).count,
      wholeHeight: size.rows.whole(of: picture.height), wholeWidth: size.columns.whole(of: picture.width))
  }
}

/// The measures of a painted answer: of the picture that an output covers, the part from the top left that is shown. They
/// differ where the picture was padded.
struct Canvas {
  var height: Int
  var width: Int
  var wholeHeight: Int
  var wholeWidth: Int

  init(height: Int, width: Int, wholeHeight: Int? = nil, wholeWidth: Int? = nil) {
    self.height = height
    self.width = width
    self.wholeHeight = wholeHeight ?? height
    self.wholeWidth = wholeWidth ?? width
  }
}
