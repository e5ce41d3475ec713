import FCNRuntime

extension ExtentTable {
  /// An extent as programs carry it.
  init(_ extent: Extent) {
    self.init(
      period: extent.period, slope: extent.slope, offsets: extent.branches.map { $0?.offset ?? 0 },
      leasts: extent.branches.map { $0?.least ?? -1 }, mosts: extent.branches.map { $0.map { $0.most ?? .max } ?? -1 })
  }
}
