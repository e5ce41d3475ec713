import FCNCore
import Foundation

/// An opened checkpoint: the tensors of all its state dicts. Numbers are read from the mapped file when they are asked for.
struct CheckpointSource: WeightSource {
  private struct Content {
    var tensor: TorchTensor
    var record: ZipArchive.Entry
  }

  let path: String
  let tensors: [WeightTensorDescription]
  private let archive: CheckpointArchive
  private let contents: [String: Content]
  private let checked = CheckedRecords()

  init(_ file: MappedFile) throws(WeightFileError) {
    let archive = try CheckpointArchive(file)
    guard let pickle = archive.record("data.pkl") else { preconditionFailure("the archive was found by this record") }
    guard pickle.size <= PickleMachine.sizeLimit else {
      throw WeightFileError(
        path: file.path,
        message: "what the checkpoint holds beside its numbers takes \(pickle.size) bytes; "
          + "\(PickleMachine.sizeLimit) is the limit",
        help: CheckpointArchive.saveHelp)
    }
    let found = try archive.withContents(of: pickle) { bytes throws(WeightFileError) in
      do throws(PickleProblem) {
        let (value, objects) = try PickleMachine.run(bytes)
        return try objects.stateDicts(of: value)
      } catch {
        throw WeightFileError(path: file.path, message: error.message, help: error.help)
      }
    }
    var contents: [String: Content] = [:]
    for item in found {
      let record = try Self.record(of: item, in: archive, path: file.path)
      contents[item.name] = Content(tensor: item.tensor, record: record)
    }
    path = file.path
    tensors = found.map { item in
      WeightTensorDescription(
        name: item.name, shape: item.tensor.shape, elementType: item.tensor.element.name, stateDict: item.stateDict)
    }
    self.archive = archive
    self.contents = contents
  }

  func read(_ name: String) throws(WeightFileError) -> WeightTensor {
    guard let content = contents[name] else {
      throw WeightFileError(
        path: path, message: "there is no tensor `\(name)`",
        help: Suggestion.nearest(to: name, in: tensors.lazy.map(\.name)).map { "there is `\($0)`" })
    }
    let tensor = content.tensor
    guard let encoding = tensor.element.encoding else {
      throw WeightFileError(
        path: path, message: "tensor `\(name)` is of type \(tensor.element.name), which cannot be a weight",
        help: "save it as float32: `tensor.float()`")
    }
    let isChecked = !checked.contains(content.record.name)
    let values = try archive.withContents(of: content.record, isChecked: isChecked) { tensor.decode($0, as: encoding) }
    checked.insert(content.record.name)
    try checkFinite(values, shape: tensor.shape, name: name, path: path)
    return WeightTensor(shape: tensor.shape, values: values)
  }

  /// The record that holds the numbers of a tensor.
  private static func record(
    of item: CheckpointTensor, in archive: CheckpointArchive, path: String
  ) throws(WeightFileError) -> ZipArchive.Entry {
    let storage = item.tensor.storage
    guard let record = archive.record("data/\(storage.key)") else {
      throw WeightFileError(
        path: path, message: "the numbers of tensor `\(item.name)` are not in the file",
        help: "the file is damaged; copy it again")
    }
    guard record.size / storage.element.size >= storage.count else {
      throw WeightFileError(
        path: path,
        message: "tensor `\(item.name)` needs \(storage.count) numbers of \(storage.element.size) bytes, "
          + "but its record has \(record.size) bytes",
        help: "the file is damaged; copy it again")
    }
    return record
  }
}

/// The records that agree with their checksums: one may hold many tensors and is worth checking once.
private final class CheckedRecords: @unchecked Sendable {
  private let lock = NSLock()
  private var names: Set<String> = []

  func contains(_ name: String) -> Bool { lock.withLock { names.contains(name) } }
  func insert(_ name: String) { lock.withLock { _ = names.insert(name) } }
}
