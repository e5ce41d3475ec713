import FCNCore
import Foundation

/// Compiles kernel text with the target's flags.
public struct KernelCompiler: Sendable {
  public let toolchain: Toolchain
  /// The folder with the headers of `CFCNRuntime`.
  public let headers: String

  public init(toolchain: Toolchain, headers: String) {
    self.toolchain = toolchain
    self.headers = headers
  }

  /// The flags that make the Embedded subset with C vector functions inlined. A loop over the eight lanes of a block
  /// stays a loop: unrolled whole, a tile of 3 x 3 spills.
  static func swiftFlags(headers: String) -> [String] {
    [
      "-swift-version", "6", "-enable-experimental-feature", "Embedded", "-wmo", "-parse-as-library", "-Ounchecked",
      "-enforce-exclusivity=unchecked", "-Xllvm", "-unroll-full-max-count=7", "-I", headers,
    ]
  }

  /// The object file of a text of kernels, from the cache where it was compiled before.
  /// - Parameter progress: called when it has to be compiled.
  func object(
    _ text: String, target: Target, cache: String, progress: () -> Void = {}
  ) throws(Toolchain.Failure) -> String {
    var hash = ContentHash()
    hash.add(text)
    hash.add(target.name)
    hash.add(target.architecture)
    for flag in Self.swiftFlags(headers: "") { hash.add(flag) }
    hash.add(toolchain.identity)
    hash.add(RuntimeSources.identity)
    let object = "\(cache)/kernels-\(hash.text).o"
    if FileManager.default.fileExists(atPath: object) { return object }
    progress()
    let source = "\(cache)/kernels-\(hash.text).swift"
    // Two processes may compile the same text at once.
    let temporary = "\(object).\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"
    do {
      try text.write(toFile: source, atomically: true, encoding: .utf8)
    } catch { throw Toolchain.Failure("`\(source)` cannot be written: \(error.localizedDescription)") }
    try compile(source, to: temporary, target: target)
    guard rename(temporary, object) == 0 else {
      throw Toolchain.Failure("`\(object)` cannot be written: \(String(cString: strerror(errno)))")
    }
    return object
  }

  /// Compiles a Swift file of kernels into an object file for a target.
  public func compile(_ source: String, to object: String, target: Target) throws(Toolchain.Failure) {
    var arguments = Self.swiftFlags(headers: headers)
    arguments += ["-module-name", "Kernels", "-Xcc", "-march=\(target.architecture)"]
    if let triple = target.triple { arguments += ["-target", triple] }
    arguments += ["-Xcc", "-fPIC", "-c", source, "-o", object]
    try toolchain.run(toolchain.swiftc, arguments)
  }

  /// The C file that lists kernels in a table called `fcn_kernels`.
  static func table(count: Int) -> String {
    var text = "#include \"fcn_kernel.h\"\n"
    for index in 0..<count {
      text += "void \(LoweredProgram.symbol(index))(const fcn_kernel_arguments *, intptr_t, intptr_t);\n"
    }
    text += "const fcn_kernel fcn_kernels[] = {"
    text += (0..<count).map(LoweredProgram.symbol).joined(separator: ", ")
    return text + "};\n"
  }

  /// Links kernels and their table into a shared library in a folder, for loading into a running process.
  func library(_ object: String, count: Int, in folder: String) throws(Toolchain.Failure) -> String {
    let table = "\(folder)/table.c"
    let library = "\(folder)/kernels.so"
    do {
      try Self.table(count: count).write(toFile: table, atomically: true, encoding: .utf8)
    } catch { throw Toolchain.Failure("`\(folder)` cannot be written: \(error.localizedDescription)") }
    try toolchain.run(toolchain.clang, ["-shared", "-fPIC", "-O1", "-I", headers, table, object, "-o", library])
    return library
  }
}
