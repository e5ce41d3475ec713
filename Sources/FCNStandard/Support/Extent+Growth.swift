import FCNCore

extension Extent {
  /// Rows for each row of the picture, for large pictures; 0 for a size that does not grow.
  var growth: Double { Double(slope) / Double(period) }
}
