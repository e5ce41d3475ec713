import ArgumentParser
import FCNCore
import FCNDriver
import FCNPlugins
import Foundation

struct Custom: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a Swift package that makes an fcnc with plugins built in.",
    discussion: """
      EXAMPLES:
        fcnc custom -o my-fcnc --source ../fcnc SoftThreshold.swift
        swift build -c release --package-path my-fcnc
      """)

  @Argument(
    help: "Swift files with plugins; those of the nearest `fcnc.yaml` if nothing is named.",
    completion: .file(extensions: ["swift"]))
  var files: [String] = []

  @Option(
    name: .shortAndLong,
    help: "The folder of the package, which must not be there; its last part is the program's name.")
  var output: String

  @Option(help: "Where fcnc is: the path of a checkout, or the address of its repository.")
  var source: String

  func run() throws {
    let name = URL(fileURLWithPath: output).lastPathComponent
    guard name.wholeMatch(of: #/[A-Za-z][A-Za-z0-9_-]*/#) != nil, name != "fcnc" else {
      throw Session.Failure(
        "`\(name)` is no name for a program of one's own", help: "use letters, digits, `-` and `_`, and not `fcnc`")
    }
    guard !FileManager.default.fileExists(atPath: output) else {
      throw Session.Failure("`\(output)` is there already", help: "choose another folder, or remove it")
    }
    if !source.contains("://"), !source.hasPrefix("git@"),
      !FileManager.default.fileExists(atPath: source + "/Package.swift")
    {
      throw Session.Failure(
        "there is no package in `\(source)`", help: "name the folder of fcnc's sources, or an address")
    }
    let plugins = files.isEmpty ? try Fcnc.configuredPlugins() : files
    guard !plugins.isEmpty else {
      throw Session.Failure(
        "there are no plugins to build in", help: "name Swift files, or list them under `plugins` in `fcnc.yaml`")
    }
    let package = try CustomPackage(name: name, plugins: plugins, source: source, version: Fcnc.version)
    for file in package.files {
      let path = "\(output)/\(file.path)"
      do {
        try FileManager.default.createDirectory(
          atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
      } catch {
        throw Session.Failure("`\(path)` cannot be written: \(error.localizedDescription)")
      }
      try OutputFile.write(file.text, to: path)
    }
    Swift.print(
      "\(output): fcnc with \(plugins.joined(separator: ", "))\n\nnext: swift build -c release --package-path \(output)"
    )
  }
}
