import FCNCore
import FCNDriver
import Foundation

/// The table of findings on the page of a GitHub workflow's run, which holds more of them than annotations do.
enum StepSummary {
  static func write(_ report: FindingReport) throws {
    let environment = ProcessInfo.processInfo.environment
    guard environment["GITHUB_ACTIONS"] == "true", let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty,
      !report.diagnostics.isEmpty
    else { return }
    var text = "### fcnc lint\n\n| | place | finding | rule |\n| --- | --- | --- | --- |\n"
    for diagnostic in report.diagnostics.prefix(500) {
      let place = diagnostic.range.map { "\(report.repositoryPath($0.file.path)):\($0.start.line)" } ?? ""
      text +=
        "| \(diagnostic.severity.rawValue) | \(cell(place)) | \(cell(diagnostic.message)) | `\(diagnostic.id.name)` |\n"
    }
    if report.diagnostics.count > 500 { text += "\nand \(report.diagnostics.count - 500) more\n" }
    // Other steps append to the file too.
    guard let handle = FileHandle(forWritingAtPath: path) ?? made(path) else {
      throw Session.Failure("the summary `\(path)` cannot be written", help: "it is named by `GITHUB_STEP_SUMMARY`")
    }
    defer { try? handle.close() }
    _ = try? handle.seekToEnd()
    handle.write(Data((text + "\n").utf8))
  }

  private static func made(_ path: String) -> FileHandle? {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return FileHandle(forWritingAtPath: path)
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ").replacing("<", with: "&lt;")
  }
}
