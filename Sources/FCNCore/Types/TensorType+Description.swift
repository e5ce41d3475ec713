extension TensorType: CustomStringConvertible {
  /// Channels and size: `32 channels, floor(H/2) x floor(W/2)`.
  public var description: String {
    "\(channels) channel\(channels == 1 ? "" : "s"), \(height.formula(of: "H")) x \(width.formula(of: "W"))"
  }
}
