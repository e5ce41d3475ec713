import CFCNRuntime
import FCNCore
import FCNRuntime
import Foundation

/// Builds a program out of a lowered network: kernels for the target, run-time support for any machine of its kind,
/// weights as a section of the file.
public struct ProgramBuilder: Sendable {
  public struct Options: Sendable {
    /// Link everything, libc included, into the file.
    public var isStatic = false
    /// Read and write TIFF, which takes libtiff.
    public var hasTIFF = true
    /// Keep weights in a file beside the program: its path.
    public var weightFile: String?
    /// Called with a line for people when a step begins.
    public var progress: @Sendable (String) -> Void = { _ in }

    public init() {}
  }

  public let toolchain: Toolchain
  /// Where compiled pieces are kept between builds, by content.
  public let cache: String

  public init(toolchain: Toolchain, cache: String) {
    self.toolchain = toolchain
    self.cache = cache
  }

  /// Writes the program to `path`: to a temporary name first, then renamed.
  /// - Parameter selfTest: a small input and what the reference gives for it; the checksum is put in here.
  public func build(
    _ program: LoweredProgram, selfTest: SelfTest, to path: String, options: Options
  ) throws(Toolchain.Failure) {
    let sources = try RuntimeSources.write(to: cache)
    let runtime = Mutex<Result<[String], Toolchain.Failure>?>(nil)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      runtime.set(Result { () throws(Toolchain.Failure) in try compileRuntime(sources, options) })
    }
    let kernels = Result { () throws(Toolchain.Failure) in
      try compileKernels(program, headers: sources.headers, options)
    }
    group.wait()
    let kernelObject = try kernels.get()
    let runtimeObjects = try runtime.get()?.get() ?? []
    try link(program, selfTest, [kernelObject] + runtimeObjects, sources, path, options)
  }

  // MARK: Pieces

  private func compileKernels(
    _ program: LoweredProgram, headers: String, _ options: Options
  ) throws(Toolchain.Failure) -> String {
    try KernelCompiler(toolchain: toolchain, headers: headers).object(
      program.kernelText, target: program.target, cache: cache
    ) { options.progress("compiling \(program.kernels.count) kernels for \(program.target.name)") }
  }

  /// The run-time support, compiled for every machine of the architecture: the check of the processor is in it.
  private func compileRuntime(
    _ sources: RuntimeSources, _ options: Options
  ) throws(Toolchain.Failure) -> [String] {
    var hash = ContentHash()
    hash.add(RuntimeSources.identity)
    hash.add(toolchain.identity)
    let swiftObject = "\(cache)/runtime-\(hash.text).o"
    var objects = [swiftObject]
    let suffix = ".\(ProcessInfo.processInfo.processIdentifier)"
    if !FileManager.default.fileExists(atPath: swiftObject) {
      options.progress("compiling the run-time support, once on this machine")
      try toolchain.run(
        toolchain.swiftc,
        [
          "-swift-version", "6", "-enable-experimental-feature", "Embedded", "-wmo", "-parse-as-library", "-O",
          "-module-name", "FCNRuntime", "-I", sources.headers, "-Xcc", "-fPIC", "-Xcc", "-ffunction-sections",
          "-Xfrontend", "-function-sections", "-c",
        ] + sources.swift + ["-o", swiftObject + suffix])
      try rename(swiftObject + suffix, swiftObject)
    }
    for source in sources.c {
      let name = URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
      let lacksTIFF = !options.hasTIFF && name.hasPrefix("fcn_tiff")
      let object = "\(cache)/\(name)-\(hash.text)\(lacksTIFF ? "-absent" : "").o"
      objects.append(object)
      if FileManager.default.fileExists(atPath: object) { continue }
      try toolchain.run(
        toolchain.clang,
        ["-O2", "-fPIC", "-ffunction-sections", "-I", sources.headers] + (lacksTIFF ? ["-DFCN_NO_TIFF"] : [])
          + ["-c", source, "-o", object + suffix])
      try rename(object + suffix, object)
    }
    return objects
  }

  private func link(
    _ program: LoweredProgram, _ selfTest: SelfTest, _ objects: [String], _ sources: RuntimeSources, _ path: String,
    _ options: Options
  ) throws(Toolchain.Failure) {
    options.progress("linking")
    let folder = "\(cache)/link-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw Toolchain.Failure("`\(folder)` cannot be made: \(error.localizedDescription)") }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var description = program.description
    if let file = options.weightFile {
      description.weightFile = URL(fileURLWithPath: file).lastPathComponent
      description.weightInterface = description.interfaceHash
    }
    try write(description.encoded(), to: "\(folder)/description.bin")
    let suffix = ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    let temporary = path + suffix
    // What was not renamed in the end goes.
    defer { for file in [temporary] + (options.weightFile.map { [$0 + suffix] } ?? []) { unlink(file) } }
    let parameters = "\(folder)/parameters.o"
    var selfTest = selfTest
    if let file = options.weightFile {
      let head = WeightFileHead(count: description.parameterCount, interface: Array(description.weightInterface.utf8))
      selfTest.parameterChecksum = try write(program.parameters, between: head.encoded(), and: [], to: file + suffix)
      let none = ObjectFile(symbol: "fcn_parameters", size: 0, isArm: program.target.isArm)
      try write(none.head + none.tail, to: parameters)
    } else {
      let object = ObjectFile(
        symbol: "fcn_parameters", size: program.parameters.count * 4, isArm: program.target.isArm)
      selfTest.parameterChecksum = try write(program.parameters, between: object.head, and: object.tail, to: parameters)
    }
    try write(selfTest.encoded(), to: "\(folder)/selftest.bin")
    try write(Array(Self.dataSection.utf8), to: "\(folder)/data.S")
    try write(Array(KernelCompiler.table(count: program.kernels.count).utf8), to: "\(folder)/table.c")
    try write(Array(Self.mainText.utf8), to: "\(folder)/main.c")
    var arguments = ["-O1", "-I", sources.headers, "-Wa,-I,\(folder)", "-Wl,--gc-sections", "-Wl,-s"]
    arguments += options.isStatic ? ["-static"] : ["-pie"]
    arguments += ["\(folder)/main.c", "\(folder)/table.c", "\(folder)/data.S", parameters] + objects
    arguments += ["-o", temporary]
    if options.hasTIFF { arguments += options.isStatic ? Self.librariesOfTIFF(toolchain) : ["-ltiff"] }
    arguments += ["-lpng", "-ljpeg", "-lz", "-lm", "-lpthread"]
    try toolchain.run(toolchain.clang, arguments)
    // Both or none: an old program would not run with new weights.
    if let file = options.weightFile { try rename(file + suffix, file) }
    try rename(temporary, path)
  }

  /// libtiff and all that it was built with, as its own description says where pkg-config is, or else Debian's does. A
  /// part in C++ (Lerc) needs the library of that language.
  private static func librariesOfTIFF(_ toolchain: Toolchain) -> [String] {
    let libraries =
      Toolchain.executable("pkg-config").flatMap { try? toolchain.run($0, ["--static", "--libs", "libtiff-4"]) }
      ?? "-ltiff -lwebp -lLerc -ljbig -lzstd -llzma -ljpeg -ldeflate -lz"
    let words = libraries.split(whereSeparator: \.isWhitespace).map(String.init)
    return words.contains("-lLerc") ? words + ["-lstdc++"] : words
  }

  /// The description comes in through the assembler: a literal of a million numbers takes minutes.
  private static let dataSection = """
    .section .rodata
    .balign 64
    .globl fcn_description
    fcn_description:
    .incbin "description.bin"
    .globl fcn_description_end
    fcn_description_end:
    .byte 0
    .balign 64
    .globl fcn_self_test
    fcn_self_test:
    .incbin "selftest.bin"
    .globl fcn_self_test_end
    fcn_self_test_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits

    """

  private static let mainText = """
    #include "fcn_program.h"

    extern const fcn_kernel fcn_kernels[];
    extern const float fcn_parameters[];
    extern const unsigned char fcn_description[], fcn_description_end[];
    extern const unsigned char fcn_self_test[], fcn_self_test_end[];

    int main(int count, char **arguments) {
      const fcn_program program = {
        fcn_kernels, fcn_parameters, fcn_description, fcn_description_end - fcn_description, fcn_self_test,
        fcn_self_test_end - fcn_self_test,
      };
      return fcn_program_main(&program, count, arguments);
    }

    """

  // MARK: Files

  /// Finds before any work what would make the last step fail: a folder, a device or a pipe stands in the place of the
  /// file, or its own folder is not there or closed to the user.
  public static func checkOutput(_ path: String) throws(Toolchain.Failure) {
    let manager = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
    let shown = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : "."
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Toolchain.Failure("`\(path)` cannot be written: there is no folder `\(shown)`", help: "make it first")
    }
    guard manager.isWritableFile(atPath: folder) else {
      throw Toolchain.Failure(
        "`\(path)` cannot be written: the folder `\(shown)` is closed to you", help: "choose another folder")
    }
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard !isFolder.boolValue else {
      throw Toolchain.Failure("`\(path)` is a folder", help: "name a file in it: `-o \(path)/NAME`")
    }
    let attributes = try? manager.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw Toolchain.Failure("`\(path)` is a pipe or a device, not a file", help: "choose another name")
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(Toolchain.Failure) {
    try writeData(Data(bytes), to: path)
  }

  /// - Returns: the checksum of the numbers.
  private func write(
    _ parameters: ParameterList, between head: [UInt8], and tail: [UInt8], to path: String
  ) throws(Toolchain.Failure) -> Int {
    var writer = try ParameterWriter(path)
    try writer.write(head)
    try parameters.visitParts { numbers throws(Toolchain.Failure) in try writer.write(numbers) }
    try writer.write(tail)
    return try writer.close()
  }

  private func writeData(_ data: Data, to path: String) throws(Toolchain.Failure) {
    let code = data.withUnsafeBytes { bytes in
      fcn_write_file(path, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
    guard code == 0 else {
      throw Toolchain.Failure("`\(path)` cannot be written: \(String(cString: strerror(code)))")
    }
  }

  private func rename(_ from: String, _ to: String) throws(Toolchain.Failure) {
    guard Foundation.rename(from, to) == 0 else {
      throw Toolchain.Failure("`\(to)` cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}

/// A value that two threads hand over.
private final class Mutex<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }
  func set(_ new: Value) { lock.withLock { value = new } }
  func get() -> Value { lock.withLock { value } }
}
