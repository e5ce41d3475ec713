import FCNCore

/// Checkpoints that `torch.save` of PyTorch 1.6 and later writes: a zip archive with a pickle, which says what there is,
/// and a record for the numbers of each storage (`torch.serialization`).
///
/// The pickle is read by a `PickleMachine`, which builds tensors and dictionaries and never runs code.
public struct PyTorchFormat: WeightFormat {
  public let name = "pytorch"
  public let fileExtensions = ["ckpt", "pt", "pth"]

  public init() {}

  public func open(path: String) throws(WeightFileError) -> any WeightSource {
    try CheckpointSource(MappedFile(path: path))
  }
}
