/// Whether a window looks beyond the edge of its input.
enum MarginUse {
  /// True where, at some valid size, a tap of some output position lies outside.
  ///
  /// Extents are affine on each residue, and a window moves as its output grows; so whether it looks beyond an edge is
  /// decided within two periods.
  static func looksOutside(_ window: Window, input: Extent, output: Extent) -> Bool {
    let period = max(input.period, output.period, window.offset.period)
    let least = (input.branches + output.branches + window.offset.branches).compactMap { $0?.least }.max() ?? 1
    var found = false
    for size in 1...max(64, least + 2 * period) {
      guard let inputSize = input(size), let outputSize = output(size), let offset = window.offset(size) else {
        continue
      }
      found = true
      let reach = (window.taps - 1) * window.step
      let first = Extent.floorDivide(window.shift, window.divide) * window.multiply + offset
      let last = Extent.floorDivide(outputSize - 1 + window.shift, window.divide) * window.multiply + offset
      if min(first, first + reach) < 0 || max(last, last + reach) >= inputSize { return true }
    }
    return !found
  }
}
