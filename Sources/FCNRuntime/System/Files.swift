import CFCNRuntime

/// The bytes of a file in memory.
public struct FileBytes {
  let memory: Memory<UInt8>

  init(_ memory: Memory<UInt8>) { self.memory = memory }

  /// A copy of bytes from elsewhere.
  public init(_ bytes: [UInt8]) throws(RuntimeFailure) {
    memory = try Memory(count: bytes.count)
    for index in bytes.indices { memory.pointer[index] = bytes[index] }
  }

  public var count: Int { memory.count }
  var pointer: UnsafePointer<UInt8> { UnsafePointer(memory.pointer) }

  /// The byte at an index below `count`.
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return memory.pointer[index]
  }

  /// Whether these bytes stand at this place.
  func has(_ bytes: [UInt8], at place: Int = 0) -> Bool {
    guard place >= 0, bytes.count <= count - place else { return false }
    for index in bytes.indices where self[place + index] != bytes[index] { return false }
    return true
  }
}

/// Reading, writing and listing files.
public enum Files {
  /// Reads a whole file that starts like a picture or an array.
  public static func read(_ path: String, limit: Int) throws(RuntimeFailure) -> FileBytes {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code = fcn_read_file(path, limit, 16, { FileKind.isKnown($0, $1) ? 1 : 0 }, &bytes, &count)
    if code == FCN_REFUSED {
      throw RuntimeFailure(
        "\(path): neither a PNG, JPEG, TIFF, PNM nor .npy file",
        help: "convert it to one of these, or look whether it is empty")
    }
    guard code == 0, let bytes else { throw RuntimeFailure("\(path): \(String(terminated: fcn_error_text(code)))") }
    return FileBytes(Memory(owning: bytes, count: count))
  }

  /// Reads a whole file, whatever it holds.
  static func contents(_ path: String, limit: Int) throws(RuntimeFailure) -> FileBytes {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code = fcn_read_file(path, limit, 0, nil, &bytes, &count)
    guard code == 0, let bytes else { throw RuntimeFailure("\(path): \(String(terminated: fcn_error_text(code)))") }
    return FileBytes(Memory(owning: bytes, count: count))
  }

  /// Puts the bytes in the place of the file at `path`, all or nothing.
  public static func write(_ bytes: FileBytes, to path: String) throws(RuntimeFailure) {
    let code = fcn_write_file(path, bytes.pointer, bytes.count)
    guard code == 0 else {
      throw RuntimeFailure(
        "\(path): cannot write: \(String(terminated: fcn_error_text(code)))", help: writingHelp(path, code))
    }
  }

  private static func writingHelp(_ path: String, _ code: Int32) -> String? {
    switch Int(fcn_error_kind(code)) {
    case FCN_ERROR_MISSING: return "make the folder \(path.folder.isEmpty ? "." : path.folder) first"
    case FCN_ERROR_FULL: return "make room and run again; a file that was there before is as it was"
    case FCN_ERROR_FOLDER: return "name a file in it"
    case FCN_ERROR_DENIED: return "choose a place that you may write to"
    default: return nil
    }
  }

  /// The names in a folder, in the order of their bytes.
  static func names(in folder: String) throws(RuntimeFailure) -> [String] {
    var code: Int32 = 0
    guard let handle = fcn_folder_open(folder, &code) else {
      throw RuntimeFailure("\(folder): \(String(terminated: fcn_error_text(code)))")
    }
    defer { fcn_folder_close(handle) }
    var names: [String] = []
    while let name = fcn_folder_next(handle, &code) {
      let name = String(terminated: name)
      if !name.isSame(as: "."), !name.isSame(as: "..") { names.append(name) }
    }
    guard code == 0 else { throw RuntimeFailure("\(folder): \(String(terminated: fcn_error_text(code)))") }
    names.sort { $0.isBefore($1) }
    return names
  }

  /// Makes a folder and those that it lies in, where they are missing.
  static func makeFolder(_ path: String) throws(RuntimeFailure) {
    guard !path.isEmpty, status(of: path).kind != .folder else { return }
    try makeFolder(path.folder)
    let code = fcn_make_folder(path)
    guard code == 0 else {
      throw RuntimeFailure("\(path): cannot make the folder: \(String(terminated: fcn_error_text(code)))")
    }
  }
}
