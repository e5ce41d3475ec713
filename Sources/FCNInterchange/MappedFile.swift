import FCNCore
import Foundation

/// A regular file mapped into memory for reading.
///
/// The map is private and read-only and lasts as long as the object. What `bytes` gives must not outlive it.
final class MappedFile: @unchecked Sendable {
  let path: String
  let bytes: UnsafeRawBufferPointer
  private let descriptor: Int32
  private let status: Status

  /// What must not change between opening and reading: a shortened file would end the process on access.
  private struct Status: Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init?(of descriptor: Int32) {
      var information = stat()
      guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
      size = Int(information.st_size)
      seconds = Int(information.st_mtim.tv_sec)
      nanoseconds = Int(information.st_mtim.tv_nsec)
    }
  }

  init(path: String) throws(WeightFileError) {
    guard !path.utf8.contains(0) else {
      throw WeightFileError(path: path, message: "cannot open the file: its name holds a zero byte")
    }
    // Without O_NONBLOCK a named pipe would hold the process here for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw WeightFileError(path: path, message: "cannot open the file: \(lastSystemError())")
    }
    guard let status = Status(of: descriptor) else {
      close(descriptor)
      throw WeightFileError(path: path, message: "cannot open the file: it is not a regular file")
    }
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    if status.size > 0 {
      guard let map = mmap(nil, status.size, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED else {
        let reason = lastSystemError()
        close(descriptor)
        throw WeightFileError(path: path, message: "cannot map the file into memory: \(reason)")
      }
      bytes = UnsafeRawBufferPointer(start: map, count: status.size)
    }
    self.path = path
    self.bytes = bytes
    self.descriptor = descriptor
    self.status = status
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    close(descriptor)
  }

  /// - Throws: where the file is no longer what it was when it was opened.
  func checkUnchanged() throws(WeightFileError) {
    guard Status(of: descriptor) == status else {
      throw WeightFileError(path: path, message: "the file was changed while it was in use", help: "run again")
    }
  }
}

/// The system's words for the last failed call.
func lastSystemError() -> String { String(cString: strerror(errno)).lowercased() }
