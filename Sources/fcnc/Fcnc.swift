import ArgumentParser
import FCNCore
import FCNDriver
import FCNInterchange
import FCNPyTorch
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import FCNYAML
import Foundation

@main
struct Fcnc: ParsableCommand {
  static let version = "0.1.0"

  /// What is built in, registered as any other plugin is.
  static let plugins: [any Plugin.Type] = [
    InterchangePlugin.self, PyTorchPlugin.self, StandardPlugin.self, YAMLPlugin.self,
  ]

  static let configuration = CommandConfiguration(
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
      Bench.self, Build.self, Check.self, Compare.self, Convert.self, Doctor.self, Explain.self, Export.self, Fix.self,
      Format.self,
      Init.self, Lint.self, Run.self, Stages.self, Tune.self, Weights.self,
    ])

  /// Exit status 0: clean; 1: findings; 2: the job could not be done.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
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

  private static func fail(_ message: String, _ help: String?) -> Never {
    complain("error: \(message)" + (help.map { "\n  = help: \($0)" } ?? ""))
    Foundation.exit(2)
  }
}

/// Writes a line to standard error.
func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
