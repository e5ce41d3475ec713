import FCNCore

/// The records of a checkpoint's zip archive, which all lie in one folder.
struct CheckpointArchive: Sendable {
  private let archive: ZipArchive
  /// By their names without the folder.
  private let records: [String: ZipArchive.Entry]
  private let path: String

  /// - Throws: also where the file is of a kind that is like a checkpoint and is not one; with what to do.
  init(_ file: MappedFile) throws(WeightFileError) {
    path = file.path
    try Self.checkKind(file)
    archive = try ZipArchive(file)
    let pickles = archive.entries.map(\.name).filter {
      $0.hasSuffix("/data.pkl") && $0.split(separator: "/").count == 2
    }
    guard pickles.count == 1, let pickle = pickles.first else {
      throw WeightFileError(
        path: path, message: "the archive is not a checkpoint: it has no record `data.pkl` in a folder of its own",
        help: Self.saveHelp)
    }
    let folder = pickle.dropLast("data.pkl".count)
    var records: [String: ZipArchive.Entry] = [:]
    for entry in archive.entries where entry.name.hasPrefix(folder) {
      records[String(entry.name.dropFirst(folder.count))] = entry
    }
    self.records = records
    guard records["constants.pkl"] == nil else {
      throw WeightFileError(
        path: path, message: "the file is a TorchScript program, not a checkpoint",
        help:
          "save its tensors alone, in Python: `torch.save(torch.jit.load(\"\(path)\").state_dict(), \"weights.pth\")`")
    }
    if let order = records["byteorder"] {
      let isLittle = try withContents(of: order) { $0.elementsEqual("little".utf8) }
      guard isLittle else {
        throw WeightFileError(
          path: path,
          message: "the numbers are not little-endian: the checkpoint was written on another kind of machine",
          help: "load it and save it again on a little-endian machine, as nearly all are")
      }
    }
  }

  func record(_ name: String) -> ZipArchive.Entry? { records[name] }

  func withContents<Result>(
    of record: ZipArchive.Entry, isChecked: Bool = true,
    _ body: (UnsafeRawBufferPointer) throws(WeightFileError) -> Result
  ) throws(WeightFileError) -> Result {
    // PyTorch can be told not to work out checksums; it then writes zeros.
    try archive.withContents(of: record, isChecked: isChecked && record.checksum != 0, body)
  }

  static let saveHelp = "save the tensors in Python: `torch.save(model.state_dict(), \"weights.pth\")`"

  private static func checkKind(_ file: MappedFile) throws(WeightFileError) {
    /// What `torch.save` began its files with before version 1.6: the number 0x1950a86a20f9469cfc6c as a pickle.
    let old: [UInt8] = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
    if file.bytes.dropFirst(2).starts(with: old) {
      throw WeightFileError(
        path: file.path, message: "the checkpoint is in the form of before PyTorch 1.6",
        help:
          "load it and save it again, in Python: `torch.save(torch.load(\"\(file.path)\", map_location=\"cpu\"), \"new.pth\")`"
      )
    }
    guard file.bytes.starts(with: [0x50, 0x4B]) else {
      let isPickle = file.bytes.first == 0x80
      throw WeightFileError(
        path: file.path,
        message: isPickle
          ? "the file is a bare pickle, not a checkpoint" : "the file is not a checkpoint: it is no zip archive",
        help: saveHelp)
    }
  }
}
