import CFCNRuntimeSources
import Foundation
import Testing

@testable import FCNSwiftBackend

/// The compiler carries the sources of the run-time support; the list of them is written by a script that somebody may
/// forget to run.
@Suite struct RuntimeSourcesTests {
  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources")

  /// Every file of the two targets that a compiler of programs needs, as paths below `Sources`, in the order of bytes.
  static func files() throws -> [String] {
    var found: [String] = []
    for target in ["FCNRuntime", "CFCNRuntime"] {
      let folder = sources.appendingPathComponent(target)
      let walk = try #require(FileManager.default.enumerator(atPath: folder.path))
      for case let path as String in walk {
        let values = try folder.appendingPathComponent(path).resourceValues(forKeys: [.isDirectoryKey])
        if values.isDirectory != true { found.append("\(target)/\(path)") }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static var carried: [fcn_source] { (0..<fcn_source_count()).map { fcn_source_at($0).pointee } }

  @Test func everyFileIsCarriedOnceAndInOrder() throws {
    let files = try Self.files()
    let unknown = files.filter { path in
      ![".swift", ".c", ".h", "/module.modulemap"].contains(where: path.hasSuffix)
    }
    #expect(unknown == [], "the script carries no files of this kind")
    #expect(files.count > 30)
    #expect(Self.carried.map { String(cString: $0.path) } == files, "run Tests/Scripts/list_runtime_sources.sh")
  }

  @Test func everyFileIsCarriedAsItStands() throws {
    for source in Self.carried {
      let path = String(cString: source.path)
      let file = try Data(contentsOf: Self.sources.appendingPathComponent(path))
      #expect(file == Data(bytes: source.bytes, count: source.size), "\(path) is carried as it was before")
    }
  }

  @Test func theListIsWhatTheScriptWrites() throws {
    let files = try Self.files()
    var lines = [
      "// Written by Tests/Scripts/list_runtime_sources.sh.", "#include \"fcn_sources.h\"",
      "#pragma clang diagnostic ignored \"-Wc23-extensions\"", "",
    ]
    for (index, file) in files.enumerated() {
      lines += ["static const unsigned char source_\(index)[] = {", "#embed \"../\(file)\"", "};"]
    }
    lines += ["", "static const fcn_source sources[] = {"]
    for (index, file) in files.enumerated() {
      lines.append("  {\"\(file)\", source_\(index), sizeof source_\(index)},")
    }
    lines += [
      "};", "", "size_t fcn_source_count(void) { return sizeof sources / sizeof *sources; }",
      "const fcn_source *fcn_source_at(size_t index) { return &sources[index]; }", "",
    ]
    let list = try String(
      contentsOf: Self.sources.appendingPathComponent("CFCNRuntimeSources/fcn_sources.c"), encoding: .utf8)
    #expect(list == lines.joined(separator: "\n"), "run Tests/Scripts/list_runtime_sources.sh")
  }

  @Test func theyAreWrittenOutForTheToolchain() throws {
    let folder = NSTemporaryDirectory() + "/fcnc-sources-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let written = try RuntimeSources.write(to: folder)
    let files = try Self.files()
    #expect(written.swift.count == files.count { $0.hasSuffix(".swift") })
    #expect(written.c.count == files.count { $0.hasSuffix(".c") })
    let root = "\(folder)/sources-\(RuntimeSources.identity)"
    #expect(written.headers == "\(root)/CFCNRuntime/include")
    for file in files { #expect(FileManager.default.fileExists(atPath: "\(root)/\(file)"), "\(file)") }
    // A file that was damaged since is written again.
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: written.swift[0]))
    _ = try RuntimeSources.write(to: folder)
    let first = try #require(files.first { $0.hasSuffix(".swift") })
    let expected = try Data(contentsOf: Self.sources.appendingPathComponent(first))
    #expect(try Data(contentsOf: URL(fileURLWithPath: written.swift[0])) == expected)
  }
}
