import FCNCore

extension Upsample: AlternativeStage {
  /// Every other interpolation, grid and rounding.
  public var alternatives: [Alternative] {
    var kinds: [(text: String, resample: Resample)] = []
    for interpolation in [resample.interpolation]
      + Resample.Interpolation.allCases.filter({ $0 != resample.interpolation })
    {
      let grids: [Resample.Grid] =
        interpolation == .nearest
        ? [.asymmetric, .halfPixel, .alignCorners] : [.halfPixel, .alignCorners, .asymmetric]
      for grid in grids {
        var other = resample
        other.interpolation = interpolation
        other.grid = grid
        let text = "with `mode: \(interpolation.rawValue), grid: \(grid.rawValue)"
        guard interpolation == .nearest else {
          kinds.append((text + "`", other))
          continue
        }
        let usual: Resample.Rounding = grid == .asymmetric ? .floor : .halfUp
        for rounding in [usual] + Resample.Rounding.allCases.filter({ $0 != usual }) {
          other.rounding = rounding
          kinds.append((text + (rounding == usual ? "`" : ", rounding: \(rounding.rawValue)`"), other))
        }
      }
    }
    return kinds.filter { $0.resample != resample }.map {
      var other = self
      other.resample = $0.resample
      return Alternative($0.text, other)
    }
  }
}
