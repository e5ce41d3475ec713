import FCNCore

/// Weights in NumPy's `.npz` format: a zip archive with one `.npy` array per entry, stored or deflated.
public struct NPZFormat: WeightFormat {
  public let name = "npz"
  public let fileExtensions = ["npz"]

  public init() {}

  public func open(path: String) throws(WeightFileError) -> any WeightSource {
    try NPZReader(path: path)
  }
}
