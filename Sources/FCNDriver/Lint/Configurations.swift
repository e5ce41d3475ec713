import FCNCore
import Foundation

/// Finds the configuration of a network file: the nearest `fcnc.yaml` in its folder or one above, with what that extends.
public struct Configurations {
  /// Reads one file.
  public typealias Reader = (SourceFile, inout DiagnosticSink) -> ConfigurationDocument

  public static let names = ["fcnc.yaml", ".fcnc.yaml"]

  private let reader: Reader
  private let version: String
  /// The one file that was named for all networks.
  private let fixed: LintConfiguration?
  private var byFolder: [String: LintConfiguration] = [:]
  private var byFile: [String: LintConfiguration] = [:]
  /// What is wrong in the files that were read.
  public private(set) var findings: [Diagnostic] = []

  /// - Parameters:
  ///   - path: a file that serves for all networks; nil to look for one beside each.
  ///   - isIsolated: looks for none.
  public init(
    path: String?, isIsolated: Bool, version: String, reader: @escaping Reader
  ) throws(Session.Failure) {
    self.reader = reader
    self.version = version
    if isIsolated {
      fixed = LintConfiguration()
    } else if let path {
      var own = Self(version: version, reader: reader)
      guard FileManager.default.fileExists(atPath: path) else {
        throw Session.Failure(
          "there is no configuration file `\(path)`", help: "`--config` names a file like `fcnc.yaml`")
      }
      fixed = try own.load(path)
      findings = own.findings
    } else {
      fixed = nil
    }
  }

  private init(version: String, reader: @escaping Reader) {
    self.version = version
    self.reader = reader
    fixed = nil
  }

  /// The configuration for a file.
  /// - Throws: where it cannot be read, or another version of fcnc is required.
  public mutating func configuration(for path: String) throws(Session.Failure) -> LintConfiguration {
    if let fixed { return fixed }
    var passed: [String] = []
    var found = LintConfiguration()
    for folder in Ancestors.folders(of: path == "-" ? "stdin" : path) {
      if let known = byFolder[folder] {
        found = known
        break
      }
      passed.append(folder)
      let candidates = Self.names.map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }
      if let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) {
        found = try load(shown(path))
        break
      }
    }
    for folder in passed { byFolder[folder] = found }
    return found
  }

  /// A path as people read it: from the working folder, where it lies there.
  private func shown(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }

  private mutating func load(_ path: String, extending: [String] = []) throws(Session.Failure) -> LintConfiguration {
    let full = URL(fileURLWithPath: path).standardizedFileURL.path
    if let known = byFile[full] { return known }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Session.Failure("the configuration `\(path)` cannot be read")
    }
    guard data.count <= Session.sizeLimit else {
      throw Session.Failure("`\(path)` is no configuration: it is too large")
    }
    let file = SourceFile(path: path, bytes: Array(data))
    var sink = DiagnosticSink()
    let document = reader(file, &sink)
    let folder = URL(fileURLWithPath: full).deletingLastPathComponent().path
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    var result = LintConfiguration()
    if let parent = document.extends {
      let target = parent.hasPrefix("/") ? parent : URL(fileURLWithPath: base + parent).standardizedFileURL.path
      if extending.contains(target) || target == full {
        sink.report(
          Diagnostic(
            .wrongConfiguration, "`\(parent)` extends this file itself", at: document.extendsRange,
            help: "name a file that does not lead back here"))
      } else if FileManager.default.fileExists(atPath: target) {
        result = try load(shown(target), extending: extending + [full])
      } else {
        sink.report(
          Diagnostic(
            .wrongConfiguration, "there is no file `\(parent)` to extend", at: document.extendsRange,
            help: "the path is relative to the folder of this file"))
      }
    }
    findings += sink.sorted
    if let requirement = document.requiredVersion, !requirement.contains(version) {
      throw Session.Failure(
        "`\(path)` requires fcnc \(requirement.text), but this is fcnc \(version)", help: "install a version that fits")
    }
    result.file = path
    result.rules.merge(document.rules)
    result.plugins += document.plugins.map { shown($0.hasPrefix("/") ? $0 : base + $0) }
    result.excluded += document.excluded.map { ($0, base) }
    result.overrides += document.paths.map { .init(pattern: $0.pattern, folder: base, rules: $0.rules) }
    result.requiredVersion = document.requiredVersion ?? result.requiredVersion
    result.includesPreview = document.includesPreview ?? result.includesPreview
    byFile[full] = result
    return result
  }
}
