import FCNSwiftBackend
import Foundation

/// A Swift package whose program is fcnc with more plugins built in: for those who want one file to hand on, or plugins with
/// dependencies of their own.
public struct CustomPackage: Sendable {
  /// The files of the package by their paths in it.
  public let files: [(path: String, text: String)]

  /// - Parameters:
  ///   - name: of the program.
  ///   - plugins: the paths of Swift files with plugins.
  ///   - source: where fcnc is: the path of a checkout, or the address of its repository.
  ///   - version: of fcnc, for an address.
  /// - Throws: where a file cannot be read, declares no plugin, or two have one name.
  public init(name: String, plugins: [String], source: String, version: String) throws(Toolchain.Failure) {
    var files: [(path: String, text: String)] = []
    var types: [String] = []
    for path in plugins {
      let plugin = try PluginFile(path: path)
      let file = URL(fileURLWithPath: path).lastPathComponent
      guard file != "main.swift", !files.contains(where: { $0.path == "Sources/\(name)/\(file)" }) else {
        throw Toolchain.Failure("two plugins of the package are called `\(file)`", help: "rename one of the files")
      }
      types += plugin.types
      files.append(("Sources/\(name)/\(file)", plugin.text))
    }
    let isAddress = source.contains("://") || source.hasPrefix("git@")
    let identity = URL(fileURLWithPath: source).lastPathComponent.replacing(".git", with: "")
    let dependency =
      isAddress
      ? ".package(url: \(Self.quoted(source)), exact: \(Self.quoted(version)))"
      : ".package(path: \(Self.quoted(URL(fileURLWithPath: source).standardizedFileURL.path)))"
    let products = ["FCNCommands", "FCNCore", "FCNStandard"].map {
      "        .product(name: \"\($0)\", package: \(Self.quoted(identity))),\n"
    }
    let manifest = """
      // swift-tools-version: 6.2
      import PackageDescription

      let package = Package(
        name: \(Self.quoted(name)),
        dependencies: [
          \(dependency)
        ],
        targets: [
          .executableTarget(
            name: \(Self.quoted(name)),
            dependencies: [
      \(products.joined())      ],
            // Plugins from files find the symbols of fcnc in the program itself.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"], .when(platforms: [.linux]))])
        ],
        swiftLanguageModes: [.v6]
      )

      """
    let library = "FCNCommands"
    let main = """
      import \(library)

      Fcnc.main(plugins: [\(types.map { "\($0).self" }.joined(separator: ", "))])

      """
    self.files = [("Package.swift", manifest), ("Sources/\(name)/main.swift", main)] + files
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
