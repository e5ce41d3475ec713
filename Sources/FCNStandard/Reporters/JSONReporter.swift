import FCNCore

/// Findings for programs: one JSON object with the version of the form and the findings. Lines and columns count from
/// 1, columns in Unicode scalars; offsets count UTF-8 bytes from 0; an end is exclusive.
public struct JSONReporter: Reporter {
  public let name = "json"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    JSONText.pretty(Report(diagnostics: findings.diagnostics.map(JSONFinding.init)))
  }

  private struct Report: Encodable {
    var version = 1
    var diagnostics: [JSONFinding]
  }
}
