import CFCNRuntimeSources
import FCNCore
import Foundation

/// The sources of the run-time support, written out for the toolchain to compile.
struct RuntimeSources: Sendable {
  /// The folder with the headers and the module map.
  let headers: String
  /// The Swift files, sorted.
  let swift: [String]
  /// The C files, sorted.
  let c: [String]

  /// Changes whenever a source changes.
  static let identity: String = {
    var hash = ContentHash()
    for index in 0..<fcn_source_count() {
      let source = fcn_source_at(index).pointee
      hash.add(String(cString: source.path))
      hash.add(UnsafeBufferPointer(start: source.bytes, count: source.size))
    }
    return hash.text
  }()

  /// Writes the sources below a folder unless they stand there already.
  static func write(to cache: String) throws(Toolchain.Failure) -> RuntimeSources {
    let folder = "\(cache)/sources-\(identity)"
    let manager = FileManager.default
    var swift: [String] = []
    var c: [String] = []
    for index in 0..<fcn_source_count() {
      let source = fcn_source_at(index).pointee
      let path = "\(folder)/\(String(cString: source.path))"
      if path.hasSuffix(".swift") { swift.append(path) }
      if path.hasSuffix(".c") { c.append(path) }
      let data = Data(bytes: source.bytes, count: source.size)
      if manager.contents(atPath: path) == data { continue }
      do {
        try manager.createDirectory(
          atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw Toolchain.Failure(
          "`\(path)` cannot be written: \(error.localizedDescription)",
          help: "choose another folder with `--cache` or `XDG_CACHE_HOME`")
      }
    }
    return RuntimeSources(headers: "\(folder)/CFCNRuntime/include", swift: swift, c: c)
  }
}

/// The headers of `CFCNRuntime` with their module map, for whoever compiles against the modules of fcnc.
public enum RuntimeHeaders {
  /// Writes them below a folder unless they stand there already, and gives the folder that they are in.
  public static func write(to cache: String) throws(Toolchain.Failure) -> String {
    try RuntimeSources.write(to: cache).headers
  }
}
