import Foundation

/// Texts that tests expect as files. With the variable `FCNC_RECORD=1` they are written anew, and every run that
/// writes fails, so that recording is never taken for testing.
public enum ExpectedText {
  public static var isRecording: Bool { ProcessInfo.processInfo.environment["FCNC_RECORD"] == "1" }

  /// Nil where the file holds exactly the text; else what is wrong.
  public static func difference(_ actual: String, from file: URL) throws -> String? {
    if isRecording {
      try actual.write(to: file, atomically: true, encoding: .utf8)
      return "recorded \(file.lastPathComponent)"
    }
    guard let data = try? Data(contentsOf: file) else { return "\(file.lastPathComponent) is missing" }
    let expected = String(decoding: data, as: UTF8.self)
    return expected == actual ? nil : "\(file.lastPathComponent)\nexpected:\n\(expected)\nfound:\n\(actual)"
  }
}
