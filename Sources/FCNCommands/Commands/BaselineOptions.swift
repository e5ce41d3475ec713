import ArgumentParser
import FCNCore
import FCNDriver
import Foundation

/// Findings that are excused until they are mended.
struct BaselineOptions: ParsableArguments {
  @Option(
    help:
      "A file of findings that are not reported again; `\(Baseline.fileName)` of the working folder where there is one.",
    completion: .file())
  var baseline: String?

  @Flag(help: "Write the warnings and notes that are found into the baseline, and report nothing.")
  var writeBaseline = false

  @Flag(help: "Take out of the baseline what is not found any more.")
  var pruneBaseline = false

  var isWriting: Bool { writeBaseline || pruneBaseline }

  /// The findings that are not excused, with one for each excuse that nothing needs.
  func apply(to findings: [Diagnostic], files: [String]) throws -> [Diagnostic] {
    let path = baseline ?? Baseline.fileName
    let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
    func relative(_ file: String) -> String {
      let full = URL(fileURLWithPath: file).standardizedFileURL.path
      return full.hasPrefix(folder + "/") ? String(full.dropFirst(folder.count + 1)) : full
    }
    if writeBaseline {
      let written = Baseline(of: findings, relative: relative)
      try OutputFile.write(written.text, to: path)
      let count = written.findings.reduce(0) { $0 + $1.count }
      complain("fcnc: `\(path)` excuses \(count) finding\(count == 1 ? "" : "s")")
      return findings.filter { $0.severity == .error }
    }
    guard baseline != nil || FileManager.default.fileExists(atPath: path) else {
      if pruneBaseline { throw Session.Failure("there is no baseline `\(path)`", help: "`--write-baseline` makes one") }
      return findings
    }
    var excuses = try Baseline(path: path)
    let (left, stale) = excuses.apply(to: findings, checked: Set(files.map(relative)), relative: relative)
    if pruneBaseline {
      excuses.prune(stale)
      if !stale.isEmpty { try OutputFile.write(excuses.text, to: path) }
      return left
    }
    return left
      + stale.map { entry in
        Diagnostic(
          .staleBaseline,
          "the baseline excuses \(entry.count) finding\(entry.count == 1 ? "" : "s") of `\(entry.rule)` in `\(entry.file)` "
            + "that \(entry.count == 1 ? "is" : "are") not there", at: nil, severity: .warning,
          help: "`--prune-baseline` takes it out")
      }
  }
}
