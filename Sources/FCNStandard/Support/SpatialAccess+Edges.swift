import FCNCore

extension SpatialAccess {
  /// Whether the first position of the output reads before the first one of the input.
  var readsBeyondEdge: Bool {
    [rows, columns].contains { access in
      guard case .window(let window) = access, window.divide == 1 else { return false }
      return window.offset != .constant(0)
    }
  }
}
