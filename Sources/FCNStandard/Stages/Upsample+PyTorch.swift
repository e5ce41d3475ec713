import FCNCore

extension Upsample: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    if let interpolation = interpolation(site) { return PyTorchForm("F.interpolate(\(x), \(interpolation))") }
    let rounding = resample.interpolation == .nearest ? ", \"\(resample.rounding.rawValue)\"" : ""
    let call: String
    if let size {
      call = "resample(\(x), \(size.pytorch(site)), \"\(resample.grid.rawValue)\"\(rounding))"
    } else {
      let factor = (resample.numerator ?? 1, resample.denominator ?? 1)
      let division = factor.1 == 1 ? "" : " // \(factor.1)"
      let size = ["-2", "-1"].map { "\(x).shape[\($0)] * \(factor.0)\(division)" }.joined(separator: ", ")
      call = "resample(\(x), (\(size)), \"\(resample.grid.rawValue)\"\(rounding), factor=(\(factor.0), \(factor.1)))"
    }
    return PyTorchForm(call, definitions: [.resample])
  }

  /// The size, the mode and the grid as `F.interpolate` takes them; nil where it would give other numbers.
  private func interpolation(_ site: PyTorchSite) -> String? {
    // Indexes of classes are whole numbers, which it does not take.
    guard site.types[0].element == .real else { return nil }
    switch (resample.interpolation, resample.grid) {
    case (.nearest, .asymmetric):
      // It multiplies by 1 / factor in 32 bits, which rounds down to the pixel before for some factors from 41 on.
      guard resample.rounding == .floor, let factor = wholeFactor, factor <= 32 else { return nil }
      return "scale_factor=\(factor)"
    case (.nearest, .halfPixel):
      guard resample.rounding == .halfUp || resample.rounding == .halfDown, let factor = wholeFactor else { return nil }
      return #"scale_factor=\#(factor), mode="nearest-exact""#
    case (.bilinear, .halfPixel):
      guard let size = interpolationSize(site) else { return nil }
      return #"\#(size), mode="bilinear", align_corners=False"#
    case (.bilinear, .alignCorners):
      guard let size = interpolationSize(site) else { return nil }
      return #"\#(size), mode="bilinear", align_corners=True"#
    default: return nil
    }
  }

  private func interpolationSize(_ site: PyTorchSite) -> String? {
    size.map { "size=\($0.pytorch(site))" } ?? wholeFactor.map { "scale_factor=\($0)" }
  }

  /// The factor where it is a whole number: PyTorch keeps others with an error.
  private var wholeFactor: Int? { size == nil && resample.denominator == 1 ? resample.numerator : nil }
}

extension PythonDefinition {
  fileprivate static let resample = PythonDefinition(
    "resample",
    """
    def resample(x, size, grid, rounding=None, factor=None):
        \"""`x` at `size` (rows, columns) places: the nearest pixel by `rounding`, bilinear without.

        `factor` (numerator, denominator): the enlargement, where it is not the quotient of the sizes.
        \"""
        for axis, count in zip((-2, -1), size):
            last = x.shape[axis] - 1
            to, source = factor or (count, x.shape[axis])
            place = torch.arange(count, device=x.device)
            # The place in the input as an exact fraction.
            above, below = {
                "half_pixel": ((2 * place + 1) * source - to, 2 * to),
                "asymmetric": (place * source, to),
                "align_corners": (place * last, max(count - 1, 1)),
            }[grid]
            if rounding is None:
                first = above // below
                weight = ((above - first * below) / below).to(x.dtype)
                weight = weight if axis == -1 else weight[:, None]
                second = x.index_select(axis, (first + 1).clamp(0, last))
                x = torch.lerp(x.index_select(axis, first.clamp(0, last)), second, weight)
            else:
                nearest = {
                    "floor": above // below,
                    "ceil": -(-above // below),
                    "half_down": -((below - 2 * above) // (2 * below)),
                    "half_up": (2 * above + below) // (2 * below),
                }[rounding]
                x = x.index_select(axis, nearest.clamp(0, last))
        return x
    """)
}
