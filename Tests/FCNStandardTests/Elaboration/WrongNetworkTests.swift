import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

/// The wrong networks of Tests/UI: the first line of each says, written by hand, which
/// findings there are; `NAME.expected.txt` holds them as they are printed.
@Suite struct WrongNetworkTests {
  static let folder = Repository.file("Tests/UI/networks")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".fcn") }.sorted().filter { name in
      guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
        return false
      }
      return text.hasPrefix("// finds: ")
    }

  @Test func thereAreManyNetworks() {
    #expect(Self.names.count >= 60)
  }

  /// What has no network of its own, and where it is tested: findings that need settings, plugins with faults, other
  /// files or sizes that never fit.
  static let testedElsewhere: Set<String> = [
    "empty-size-domain", "include-too-deep", "list-too-long", "nesting-too-deep", "sizes-too-complex", "stage-fault",
    "too-many-channels", "unknown-setting", "wrong-setting", "unused-include",
    "not-fully-convolutional", "not-equivariant", "not-local",
  ]

  @Test func everyFindingIsShown() throws {
    var shown = Self.testedElsewhere
    for name in Self.names {
      let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
      shown.formUnion(
        Elaborated(text, path: name, folder: Self.folder, plugin: StandardPlugin.self).diagnostics.map(\.id.name))
    }
    let catalog = DiagnosticID.elaborationCatalog + DiagnosticID.geometryCatalog
    #expect(Set(catalog.map(\.name)).subtracting(shown) == [])
  }

  @Test(arguments: names) func findsWhatTheFirstLineSays(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let first = text.prefix { $0 != "\n" }.dropFirst("// finds: ".count)
    let expected = first.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
    let findings = Elaborated(text, path: name, folder: Self.folder, plugin: StandardPlugin.self).diagnostics
    #expect(findings.map(\.id.name).sorted() == expected, "\(name)")
    let renderer = DiagnosticRenderer()
    let rendered = findings.map { renderer.render($0) }.joined(separator: "\n")
    let file = Self.folder.appendingPathComponent(name.replacing(".fcn", with: ".expected.txt"))
    let difference = try ExpectedText.difference(rendered, from: file)
    #expect(difference == nil)
  }
}
