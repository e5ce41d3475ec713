import FCNCore
import FCNRuntime
import Foundation

/// Writes the numbers of a program part by part and sums them up on the way.
struct ParameterWriter {
  private let handle: FileHandle
  private let path: String
  private var checksum = SelfTest.Checksum()

  /// Begins a new file.
  init(_ path: String) throws(Toolchain.Failure) {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw Toolchain.Failure("`\(path)` cannot be written: \(String(cString: strerror(errno)))") }
    self.handle = handle
  }

  func write(_ bytes: [UInt8]) throws(Toolchain.Failure) { try write(Data(bytes)) }

  mutating func write(_ numbers: [Float]) throws(Toolchain.Failure) {
    checksum.add(numbers)
    let result = numbers.withUnsafeBytes { bytes in
      Result { () throws(Toolchain.Failure) in
        guard let start = bytes.baseAddress else { return }
        let memory = UnsafeMutableRawPointer(mutating: start)
        try write(Data(bytesNoCopy: memory, count: bytes.count, deallocator: .none))
      }
    }
    try result.get()
  }

  /// - Returns: the checksum of the numbers.
  func close() throws(Toolchain.Failure) -> Int {
    do { try handle.close() } catch { throw failure(error) }
    return checksum.value
  }

  private func write(_ data: Data) throws(Toolchain.Failure) {
    do { try handle.write(contentsOf: data) } catch { throw failure(error) }
  }

  private func failure(_ error: any Error) -> Toolchain.Failure {
    Toolchain.Failure("`\(path)` cannot be written: \(error.localizedDescription)")
  }
}
