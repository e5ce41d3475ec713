import FCNCore

/// An opened `.npz` file. The tensors' names are those of the entries without `.npy`.
public struct NPZReader: WeightSource {
  public let tensors: [WeightTensorDescription]
  private let file: MappedFile
  private let archive: ZipArchive
  private let entries: [String: ZipArchive.Entry]

  public var path: String { file.path }

  /// Opens a file and checks its directory and the header of every array.
  public init(path: String) throws(WeightFileError) {
    let file = try MappedFile(path: path)
    let archive = try ZipArchive(file)
    var tensors: [WeightTensorDescription] = []
    var entries: [String: ZipArchive.Entry] = [:]
    for entry in archive.entries {
      guard entry.name.hasSuffix(".npy") else {
        throw WeightFileError(
          path: path, message: "entry `\(entry.name)` is not a NumPy array: its name does not end in `.npy`",
          help: "save with `numpy.savez`")
      }
      let name = String(entry.name.dropLast(4))
      let start = try archive.contents(of: entry, limit: NPYHeader.sizeLimit + 12)
      let header = try Self.header(start, size: entry.size, name: name, path: path)
      tensors.append(WeightTensorDescription(name: name, shape: header.shape, elementType: header.descriptor))
      entries[name] = entry
    }
    self.file = file
    self.archive = archive
    self.tensors = tensors
    self.entries = entries
  }

  public func read(_ name: String) throws(WeightFileError) -> WeightTensor {
    guard let entry = entries[name] else {
      throw WeightFileError(
        path: path, message: "there is no tensor `\(name)`",
        help: Suggestion.nearest(to: name, in: tensors.lazy.map(\.name)).map { "there is `\($0)`" })
    }
    return try archive.withContents(of: entry) { bytes throws(WeightFileError) in
      try NPYReader.read(bytes, name: name, path: path)
    }
  }

  private static func header(
    _ bytes: [UInt8], size: Int, name: String, path: String
  ) throws(WeightFileError) -> NPYHeader {
    do throws(NPYHeader.Problem) {
      return try bytes.withUnsafeBufferPointer { bytes throws(NPYHeader.Problem) in
        try NPYHeader(UnsafeRawBufferPointer(bytes), totalSize: size)
      }
    } catch {
      throw WeightFileError(path: path, message: "array `\(name)`: \(error.message)", help: error.help)
    }
  }
}
