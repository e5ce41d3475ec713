import FCNCore
import FCNSwiftBackend
import Foundation

/// A plugin as one Swift file, compiled against the modules of this very fcnc and loaded into it.
///
/// The compiled form is kept in the cache under a name made of the text, the compiler and the fcnc that it is for, so a
/// stale one is never loaded. Before it is loaded for the first time a process of its own loads it: what stops the process
/// there stops nothing here.
public struct PluginFile: Sendable {
  public let path: String
  let text: String
  /// The types of the file that conform to `Plugin`.
  let types: [String]

  /// The name of the function that hands over the types of a compiled plugin.
  private static let entry = "fcnc_plugins"
  private static let sizeLimit = 1 << 20

  /// - Throws: where the file cannot be read or declares no plugin.
  public init(path: String) throws(Toolchain.Failure) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Toolchain.Failure("the plugin `\(path)` cannot be read", help: "name a Swift file")
    }
    guard data.count <= Self.sizeLimit, let text = String(data: data, encoding: .utf8) else {
      throw Toolchain.Failure("the plugin `\(path)` is no Swift text", help: "name a Swift file")
    }
    self.path = path
    self.text = text
    types = Self.pluginTypes(in: text)
    guard !types.isEmpty else {
      throw Toolchain.Failure(
        "the plugin `\(path)` declares no plugin",
        help: "it needs a type like `enum Own: Plugin`; `fcnc plugin new stage own` writes an example")
    }
  }

  /// The names of types at the top of a text that conform to `Plugin`.
  static func pluginTypes(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let pattern =
        #/^(?:public +|final +|internal +)*(?:enum|struct|class|actor) +([A-Za-z_][A-Za-z0-9_]*) *: *([^{]*)\{?.*$/#
      guard let match = line.wholeMatch(of: pattern) else { return nil }
      let conformances = match.2.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
      return conformances.contains("Plugin") || conformances.contains("FCNCore.Plugin") ? String(match.1) : nil
    }
  }

  /// Compiles the file where it has not been, and loads it.
  /// - Parameters:
  ///   - host: the path of this program.
  ///   - version: of this program.
  ///   - progress: called when it has to be compiled.
  /// - Throws: with the plugin's name, where it does not compile, or stops the process that tries it.
  public func load(
    cache: String, host: String, version: String, progress: () -> Void = {}
  ) throws(Toolchain.Failure) -> [any Plugin.Type] {
    let toolchain = try Toolchain.find()
    let modules = try Self.modules(beside: host)
    var hash = ContentHash()
    for part in [
      text, path, toolchain.identity, version, FileStamp(host).text, FileStamp(modules + "/FCNCore.swiftmodule").text,
    ] {
      hash.add(part)
    }
    let library = "\(cache)/plugin-\(hash.text).so"
    if !FileManager.default.fileExists(atPath: library) {
      progress()
      try compile(to: library, hash: hash.text, cache: cache, modules: modules, toolchain)
    }
    if !FileManager.default.fileExists(atPath: library + ".tried") {
      try tryOut(library, host: host)
      _ = FileManager.default.createFile(atPath: library + ".tried", contents: nil)
    }
    return try Self.types(ofLibrary: library, path: path)
  }

  /// The types that a compiled plugin hands over.
  /// - Parameter path: of the plugin, for messages.
  public static func types(ofLibrary library: String, path: String) throws(Toolchain.Failure) -> [any Plugin.Type] {
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, entry) else {
      let reason = dlerror().map { String(cString: $0) } ?? "unknown"
      throw Toolchain.Failure(
        "the plugin `\(path)` cannot be loaded: \(reason)", help: "use only what FCNCore and FCNStandard declare public"
      )
    }
    typealias Entry = @convention(c) (UnsafeMutableRawPointer) -> Void
    let fill = unsafeBitCast(symbol, to: Entry.self)
    var types: [any Plugin.Type] = []
    withUnsafeMutablePointer(to: &types) { fill(UnsafeMutableRawPointer($0)) }
    return types
  }

  // MARK: Compiling

  /// The folder with the modules that a plugin is compiled against.
  private static func modules(beside host: String) throws(Toolchain.Failure) -> String {
    let folder = URL(fileURLWithPath: host).resolvingSymlinksInPath().deletingLastPathComponent()
    let candidates = ["Modules", "../lib/fcnc"].map { folder.appendingPathComponent($0).standardizedFileURL.path }
    for candidate in candidates where FileManager.default.fileExists(atPath: candidate + "/FCNCore.swiftmodule") {
      return candidate
    }
    throw Toolchain.Failure(
      "plugins cannot be compiled: there are no modules of fcnc in \(candidates.map { "`\($0)`" }.joined(separator: " or "))",
      help: "use the fcnc where it was built, with the folder `Modules` beside it")
  }

  private func compile(
    to library: String, hash: String, cache: String, modules: String, _ toolchain: Toolchain
  ) throws(Toolchain.Failure) {
    let headers = try RuntimeHeaders.write(to: cache)
    let folder = "\(cache)/plugin-\(hash).\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let adds = types.map { "\($0).self" }.joined(separator: ", ")
    let entry = """
      import FCNCore

      @_cdecl("\(Self.entry)")
      public func fcncPlugins(_ list: UnsafeMutableRawPointer) {
        list.assumingMemoryBound(to: [any Plugin.Type].self).pointee += [\(adds)]
      }
      """
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try entry.write(toFile: "\(folder)/entry.swift", atomically: true, encoding: .utf8)
    } catch {
      throw Toolchain.Failure("`\(folder)` cannot be written: \(error.localizedDescription)")
    }
    // A name of its own, or two plugins with types of one name would be one.
    let module = "Plugin_" + hash.prefix(12)
    do {
      try toolchain.run(
        toolchain.swiftc,
        [
          "-emit-library", "-O", "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name", module, "-I",
          modules,
          "-I", headers, "-module-cache-path", "\(cache)/modules", path, "\(folder)/entry.swift", "-o",
          "\(folder)/plugin.so",
        ])
    } catch {
      throw Toolchain.Failure(
        "the plugin `\(path)` does not compile: \(error.message)", help: "mend it; `fcnc plugin test` compiles it again"
      )
    }
    guard rename("\(folder)/plugin.so", library) == 0 else {
      throw Toolchain.Failure("`\(library)` cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Loads a compiled plugin in a process of its own.
  private func tryOut(_ library: String, host: String) throws(Toolchain.Failure) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: host)
    process.arguments = [Self.trialArgument, library, path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    do { try process.run() } catch {
      throw Toolchain.Failure("`\(host)` could not be started: \(error.localizedDescription)")
    }
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      throw Toolchain.Failure(
        "the plugin `\(path)` stops the process when it is registered (signal \(process.terminationStatus))",
        help: "look for `!`, `try!`, an index out of range or a `precondition` in its `register` and its signatures")
    }
    guard process.terminationStatus == 0 else {
      throw Toolchain.Failure(
        "the plugin `\(path)` cannot be registered: \(complaint.trimmingCharacters(in: .whitespacesAndNewlines))")
    }
  }

  /// The hidden argument with which fcnc tries a compiled plugin.
  public static let trialArgument = "--try-plugin"
}
