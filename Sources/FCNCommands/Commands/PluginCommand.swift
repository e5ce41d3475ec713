import ArgumentParser
import FCNCore
import FCNDriver
import FCNPlugins
import FCNSwiftBackend
import Foundation
import Synchronization

struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Write and test plugins: stages, rules, reporters, forms of networks and weights.",
    discussion: """
      A plugin is a Swift file. It is given to any command with `--plugin FILE`, or named under `plugins` in `fcnc.yaml`; \
      fcnc compiles it once with the installed Swift compiler.

      EXAMPLES:
        fcnc plugin new stage soft_threshold
        fcnc plugin test SoftThreshold.swift
        fcnc run soft_threshold.fcn --plugin SoftThreshold.swift -- photo.png -o out.png
      """,
    subcommands: [New.self, Test.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a plugin that works, to begin with.",
      discussion: "KINDS:\n" + PluginTemplate.all.map { "  \($0.kind): \($0.summary)\n" }.joined())

    @Argument(help: "What it is: \(PluginTemplate.all.map(\.kind).joined(separator: ", ")).")
    var kind: String

    @Argument(help: "Its name, in small letters: soft_threshold.")
    var name: String

    @Option(help: "The folder that it is written into.", completion: .directory)
    var into = "."

    func run() throws {
      guard let template = PluginTemplate.all.first(where: { $0.kind == kind }) else {
        let kinds = PluginTemplate.all.map(\.kind)
        let near = Suggestion.nearest(to: kind, in: kinds)
        throw Session.Failure(
          "there is no kind of plugin `\(kind)`",
          help: near.map { "did you mean `\($0)`" } ?? "kinds: \(kinds.joined(separator: ", "))")
      }
      guard PluginTemplate.isName(name) else {
        throw Session.Failure(
          "`\(name)` is no name for a plugin", help: "use small letters, digits and `_`: `soft_threshold`")
      }
      let file = "\(into)/\(PluginTemplate.fileName(name)).swift"
      let example = "\(into)/\(name).fcn"
      let network = template.network(named: name)
      for path in [file] + (network == nil ? [] : [example]) where FileManager.default.fileExists(atPath: path) {
        throw Session.Failure("`\(path)` is there already", help: "choose another name, or remove it")
      }
      try OutputFile.write(template.text(named: name), to: file)
      if let network { try OutputFile.write(network, to: example) }
      func shown(_ path: String) -> String { path.hasPrefix("./") ? String(path.dropFirst(2)) : path }
      Swift.print("\(shown(file)): \(template.summary)")
      if network != nil { Swift.print("\(shown(example)): a network to try it with") }
      Swift.print("\nnext: fcnc plugin test \(shown(file))")
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that what plugins declare is what they do.",
      discussion: """
        Stages are compared with what they declare, and their kernels with their reference; rules with their examples; \
        the others are given wrong input. Exit status: 0 if nothing is wrong, 1 if something is, 2 if a plugin cannot be \
        loaded.

        EXAMPLES:
          fcnc plugin test SoftThreshold.swift
        """)

    @Argument(help: "The Swift files of the plugins.", completion: .file(extensions: ["swift"]))
    var files: [String]

    func run() throws {
      var areRight = true
      for file in files {
        let plugins = try Plugins.load([file])
        let registry = Registry(Fcnc.builtIn + plugins)
        if let conflict = registry.conflicts.first { throw Session.Failure("\(file): \(conflict)") }
        for result in try PluginChecks(plugins, builtIn: Fcnc.builtIn, cache: try CacheFolder.path(nil)).run() {
          Swift.print("\(result.subject): \(result.faults.isEmpty ? "right" : "wrong")")
          for fault in result.faults {
            Swift.print(fault.split(separator: "\n").map { "  \($0)\n" }.joined(), terminator: "")
          }
          if !result.faults.isEmpty { areRight = false }
        }
      }
      if !areRight { throw ExitCode(1) }
    }
  }
}

/// The plugins that this process has loaded from files.
enum Plugins {
  /// What tells the plugins of this process from others: their paths and when they were written.
  static var loaded: String { stamps.withLock { $0.joined(separator: " ") } }

  private static let stamps = Mutex<[String]>([])

  /// Loads the plugins of Swift files.
  static func load(_ paths: [String]) throws -> [any Plugin.Type] {
    guard let host else {
      throw Session.Failure("this program cannot be found, so plugins cannot be compiled for it")
    }
    return try paths.flatMap { path in
      let plugins = try PluginFile(path: path).load(
        cache: try CacheFolder.path(nil), host: host, version: Fcnc.version
      ) { complain("fcnc: compiling the plugin \(path)") }
      Crash.name(path)
      stamps.withLock { $0.append(FileStamp(path).text) }
      return plugins
    }
  }

  /// The path of this program.
  static var host: String? {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    if own != "/proc/self/exe", FileManager.default.isExecutableFile(atPath: own) { return own }
    guard let argument = ProcessInfo.processInfo.arguments.first else { return nil }
    return argument.contains("/") ? argument : Toolchain.path(of: argument)
  }

  /// Takes `--plugin FILE` out of the arguments of a command line.
  static func extract(from arguments: inout [String]) throws -> [String] {
    var paths: [String] = []
    var kept: [String] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" {
        kept += arguments[index...]
        break
      }
      if argument == "--plugin" {
        guard index + 1 < arguments.count else {
          throw Session.Failure("`--plugin` names no file", help: "write `--plugin FILE.swift`")
        }
        paths.append(arguments[index + 1])
        index += 1
      } else if argument.hasPrefix("--plugin=") {
        paths.append(String(argument.dropFirst("--plugin=".count)))
      } else {
        kept.append(argument)
      }
      index += 1
    }
    arguments = kept
    return paths
  }
}

/// Says which plugins are loaded where the process is stopped by a fault: a trap cannot be caught, but it can be told.
enum Crash {
  /// The whole message, made before: a handler may allocate nothing.
  nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var names: [String] = []

  static func name(_ plugin: String) {
    names.append("`\(plugin)`")
    let text =
      "error: fcnc was stopped by a fault while plugins were loaded: \(names.joined(separator: ", "))\n"
      + "  = help: `fcnc plugin test` looks for what is wrong in one; nothing was written\n"
    message = strdup(text)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(number) { _ in
        if let message = Crash.message { _ = write(STDERR_FILENO, message, strlen(message)) }
        _exit(2)
      }
    }
  }
}
