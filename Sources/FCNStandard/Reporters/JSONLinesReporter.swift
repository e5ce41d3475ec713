import FCNCore

/// One JSON object a line for each finding, as `json` has them.
public struct JSONLinesReporter: Reporter {
  public let name = "jsonl"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    findings.diagnostics.map { JSONText.line(JSONFinding($0)) }.joined()
  }
}
