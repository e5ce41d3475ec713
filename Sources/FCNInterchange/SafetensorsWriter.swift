import FCNCore
import Foundation

/// Writes weights in the safetensors format.
public enum SafetensorsWriter {
  /// Writes the tensors in their order, as F32. The file appears under its name only once it is complete.
  /// - Throws: where two tensors have one name, a name is reserved by the format, or the file cannot be written.
  public static func write(
    _ tensors: [(name: String, tensor: WeightTensor)], to path: String
  ) throws(WeightFileError) {
    let entries = tensors.map { name, tensor in
      Entry(name: name, type: "F32", shape: tensor.shape, size: tensor.values.count * 4)
    }
    try write(entries, to: path) { index, put in
      tensors[index].tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes(put)
    }
  }

  /// A tensor of the header.
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    /// Of its numbers in bytes.
    var size: Int
  }

  /// Takes bytes of a tensor; false once they cannot be written.
  typealias Put = (UnsafeRawBufferPointer) -> Bool

  /// Writes tensors in their order.
  /// - Parameter numbers: gives all bytes of tensor `index` to its argument; false where they were not taken.
  static func write(
    _ entries: [Entry], metadata: [(key: String, value: String)] = [], to path: String,
    numbers: (_ index: Int, Put) -> Bool
  ) throws(WeightFileError) {
    let header = try header(of: entries, metadata: metadata, path: path)
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
    guard !path.utf8.contains(0) else {
      throw WeightFileError(path: path, message: "cannot write the file: its name holds a zero byte")
    }
    var information = stat()
    guard stat(path, &information) != 0 || information.st_mode & S_IFMT == S_IFREG else {
      throw WeightFileError(path: path, message: "cannot write the file: a folder, a pipe or a device has its name")
    }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw WeightFileError(path: path, message: "cannot write the file: \(lastSystemError())")
    }
    var isWritten = header.withUnsafeBytes { put($0, to: descriptor) }
    for index in entries.indices where isWritten { isWritten = numbers(index) { put($0, to: descriptor) } }
    isWritten = isWritten && fsync(descriptor) == 0
    let reason = isWritten ? "" : lastSystemError()
    close(descriptor)
    guard isWritten else {
      unlink(temporary)
      throw WeightFileError(path: path, message: "cannot write the file: \(reason)")
    }
    guard rename(temporary, path) == 0 else {
      let reason = lastSystemError()
      unlink(temporary)
      throw WeightFileError(path: path, message: "cannot write the file: \(reason)")
    }
  }

  /// The length and the header, filled with spaces so that the numbers are aligned to eight bytes.
  private static func header(
    of entries: [Entry], metadata: [(key: String, value: String)], path: String
  ) throws(WeightFileError) -> [UInt8] {
    var names: Set<String> = []
    var fields: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.map { "\(quoted($0.key)):\(quoted($0.value))" }
      fields.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for entry in entries {
      guard entry.name != "__metadata__" else {
        throw WeightFileError(path: path, message: "a tensor cannot be called `__metadata__` in a safetensors file")
      }
      guard names.insert(entry.name).inserted else {
        throw WeightFileError(path: path, message: "there are two tensors `\(entry.name)`")
      }
      let end = offset + entry.size
      let shape = entry.shape.map(String.init).joined(separator: ",")
      let content = "\"dtype\":\(quoted(entry.type)),\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]"
      fields.append("\(quoted(entry.name)):{\(content)}")
      offset = end
    }
    var text = Array("{\(fields.joined(separator: ","))}".utf8)
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    guard text.count <= SafetensorsFormat.headerLimit else {
      throw WeightFileError(path: path, message: "the names of the tensors take more than 100 MB")
    }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  private static func quoted(_ name: String) -> String {
    var result = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Foundation.write(descriptor, rest.base.baseAddress.map { $0 + rest.startIndex }, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }
}
