import FCNCore

/// Weights in the safetensors format (https://github.com/huggingface/safetensors).
///
/// A file is a little-endian 64-bit length, a JSON header of that length, and the bytes of the tensors, which fill the
/// rest without holes or overlaps. All of this is checked before a tensor is read. F64, F32, F16, BF16 and I64 can be
/// read; tensors of the other types of the format may be in the file but not be used.
public struct SafetensorsFormat: WeightFormat {
  public let name = "safetensors"
  public let fileExtensions = ["safetensors"]
  /// The format's own limit for the header, in bytes.
  public static let headerLimit = 100_000_000

  public init() {}

  public func open(path: String) throws(WeightFileError) -> any WeightSource {
    try SafetensorsSource(MappedFile(path: path))
  }
}
