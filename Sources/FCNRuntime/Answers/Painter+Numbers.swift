extension Painter {
  /// All channels as numbers as big as the canvas (bilinear); scores as probabilities.
  func numbers(on canvas: Canvas) throws(RuntimeFailure) -> PlanarArray {
    var rows = field
    if case .logits = output.kind { rows = try PointwiseRows(rows, .sigmoid) }
    if rows.height != canvas.wholeHeight || rows.width != canvas.wholeWidth {
      rows = try ResizedRows(rows, height: canvas.wholeHeight, width: canvas.wholeWidth, filter: .bilinear)
    }
    return try PlanarArray(rows.part(rows: 0..<canvas.height, columns: 0..<canvas.width))
  }
}

extension PlanarArray {
  init(_ rows: Rows) throws(RuntimeFailure) {
    try self.init(channels: rows.channels, height: rows.height, width: rows.width)
    let line = try Memory<Float>(count: rows.channels * rows.width)
    for row in 0..<rows.height {
      rows.read(row, into: line.pointer)
      for channel in 0..<channels {
        self.row(row, channel: channel).update(from: line.pointer + channel * width, count: width)
      }
    }
  }
}
