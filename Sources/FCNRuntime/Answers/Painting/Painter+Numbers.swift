extension Painter {
  /// All channels as numbers as big as the canvas (bilinear); scores as probabilities.
  func numbers(on canvas: Canvas) throws(RuntimeFailure) -> PlanarArray {
    var rows = field
    if case .logits = output.kind { rows = try PointwiseRows(rows, .sigmoid) }
    if rows.height != canvas.wholeHeight || rows.width != canvas.wholeWidth {
      rows = try ResizedRows(rows, height: canvas.wholeHeight, width: canvas.wholeWidth, filter: .bilinear)
    }
    return try PlanarArray(reading: rows.part(rows: 0..<canvas.height, columns: 0..<canvas.width))
  }
}
