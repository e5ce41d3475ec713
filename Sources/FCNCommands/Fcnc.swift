import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import FCNPlugins
import FCNPyTorch
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import FCNYAML
import Foundation
import Synchronization

/// The command line of fcnc.
public struct Fcnc: ParsableCommand {
  static let version = "0.2.0"

  /// What is built in, registered as any other plugin is.
  static let builtIn: [any Plugin.Type] = [
    InterchangePlugin.self, PyTorchPlugin.self, StandardPlugin.self, YAMLPlugin.self,
  ]

  private static let added = Mutex<[any Plugin.Type]>([])

  /// Every plugin of this program.
  static var plugins: [any Plugin.Type] { builtIn + added.withLock { $0 } }

  public init() {}

  public static let configuration = CommandConfiguration(
    commandName: "fcnc",
    abstract: "Compiles fully convolutional networks, written as text, into small native programs.",
    discussion: """
      EXAMPLES:
        fcnc check Networks/edges/edges.fcn
        fcnc build Networks/edges/edges.fcn --weights Networks/edges/edges.safetensors -o edges
        ./edges photo.jpg -o edges.png
        fcnc stages conv
        fcnc --generate-completion-script bash
      """,
    version: "fcnc \(version)",
    subcommands: [
      Bench.self, Breaking.self, Build.self, Check.self, Compare.self, Config.self, Convert.self, Custom.self,
      Doctor.self,
      Explain.self,
      Export.self, Fix.self,
      Format.self, GraphCommand.self,
      Init.self, Lint.self, Lsp.self, PluginCommand.self, Rules.self, Run.self, Stages.self, Tune.self, Weights.self,
    ])

  /// Runs the command that the arguments of the process name, and ends the process. Exit status 0: clean; 1: findings; 2:
  /// the job could not be done.
  /// - Parameter plugins: extensions beside what is built in.
  public static func main(plugins: [any Plugin.Type]) -> Never {
    added.withLock { $0 = plugins }
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.count == 3, arguments[0] == PluginFile.trialArgument { tryOut(arguments[1], arguments[2]) }
      let files = try configuredPlugins() + Plugins.extract(from: &arguments)
      if !files.isEmpty {
        let loaded = try Plugins.load(files)
        added.withLock { $0 += loaded }
      }
      var command = try parseAsRoot(arguments)
      try command.run()
      Foundation.exit(0)
    } catch let failure as Session.Failure {
      fail(failure.message, failure.help)
    } catch let failure as Toolchain.Failure {
      fail(failure.message, failure.help)
    } catch let failure as RuntimeFailure {
      fail(failure.message, failure.help)
    } catch let code as ExitCode where code.rawValue <= 2 {
      Foundation.exit(code.rawValue)
    } catch {
      let status = exitCode(for: error)
      let text = fullMessage(for: error)
      if status == .success {
        print(text)
        Foundation.exit(0)
      }
      complain(text)
      Foundation.exit(2)
    }
  }

  /// The plugins that the nearest `fcnc.yaml` above the working folder names.
  static func configuredPlugins() throws -> [String] {
    let registry = Registry(builtIn)
    var configurations = try Configurations(path: nil, isIsolated: false, version: version) { file, sink in
      ConfigurationReader.read(file, registry: registry, report: &sink)
    }
    // What is wrong in it is told by the commands that go by it.
    return (try? configurations.configuration(for: "./stdin"))?.plugins ?? []
  }

  /// Loads and registers a compiled plugin, for another fcnc that wants to know whether that goes well.
  private static func tryOut(_ library: String, _ path: String) -> Never {
    do {
      let conflicts = Registry(builtIn + (try PluginFile.types(ofLibrary: library, path: path))).conflicts
      if let conflict = conflicts.first {
        complain(conflict)
        Foundation.exit(1)
      }
      Foundation.exit(0)
    } catch {
      complain(error.message)
      Foundation.exit(1)
    }
  }

  private static func fail(_ message: String, _ help: String?) -> Never {
    complain("error: \(message)" + (help.map { "\n  = help: \($0)" } ?? ""))
    Foundation.exit(2)
  }
}

/// Writes a line to standard error.
func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
