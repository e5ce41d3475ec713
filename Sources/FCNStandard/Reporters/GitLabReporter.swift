import FCNCore

/// GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public struct GitLabReporter: Reporter {
  public let name = "gitlab"

  public init() {}

  public func report(_ findings: FindingReport) -> String {
    let fingerprints = Fingerprint.all(of: findings.diagnostics)
    return JSONText.pretty(
      zip(findings.diagnostics, fingerprints).map { diagnostic, fingerprint in
        let path = findings.repositoryPath(diagnostic.range?.file.path ?? "")
        var hash = ContentHash()
        hash.add(path)
        hash.add(fingerprint.text)
        return Issue(
          checkName: diagnostic.id.name, description: diagnostic.message, fingerprint: hash.text,
          location: Location(
            path: path,
            lines: Lines(begin: diagnostic.range?.start.line ?? 1, end: diagnostic.range?.end.line ?? 1)),
          severity: diagnostic.severity.gitLabName)
      })
  }

  private struct Issue: Encodable {
    var checkName: String
    var description: String
    var fingerprint: String
    var location: Location
    var severity: String

    enum CodingKeys: String, CodingKey {
      case checkName = "check_name"
      case description, fingerprint, location, severity
    }
  }

  private struct Location: Encodable {
    var path: String
    var lines: Lines
  }

  private struct Lines: Encodable {
    var begin: Int
    var end: Int
  }
}

extension Diagnostic.Severity {
  fileprivate var gitLabName: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
