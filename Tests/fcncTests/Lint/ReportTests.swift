import Foundation
import Testing

/// The reports for programs, against the forms that those who read them have published.
@Suite struct ReportTests {
  private static let network = """
    network larger

    input photo[3] = picture -> rgb

    def unit(x) {
      x -> conv(8, kernel: 3, pad: same, dilation: 2) -> relu -> relu
    }

    // fcnc: allow(missing-preprocessing) numbers, no picture
    input other[3]

    output larger: image = concat(photo, other) -> unit -> deconv(3, kernel: 3, stride: 2, pad: 1)
    output wrong: probability = photo -> unit -> conv(1, kernel: 1) // fcnc: allow(unbounded-probability) <scaled & "cut">

    """

  private func report(_ format: String, name: String = "nets/a b.fcn", _ text: String = network) throws -> (
    String, Folder
  ) {
    let folder = try Folder()
    let url = URL(fileURLWithPath: "\(folder.path)/\(name)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/.git", withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    // From a folder below the root of the repository: paths are those from the root.
    let result = try Tool.fcnc.run(
      ["lint", url.lastPathComponent, "--format", "\(format)=../report", "--rule", "pedantic=note"],
      in: url.deletingLastPathComponent().path)
    #expect(result.status <= 1, "\(result.errors)")
    return (try String(contentsOfFile: "\(folder.path)/report", encoding: .utf8), folder)
  }

  @Test func sarifFollowsItsSchemaAndGitHubsWishes() throws {
    let (text, folder) = try report("sarif")
    defer { folder.remove() }
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    #expect(results.count > 4 && rules.count > 3)
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] {
        let words = try #require((rule[key] as? [String: Any])?["text"] as? String)
        #expect(!words.isEmpty && (key == "help" || words.count <= 1024))
      }
    }
    var fingerprints: Set<String> = []
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let hashes = try #require(result["partialFingerprints"] as? [String: String])
      let id = try #require(result["ruleId"] as? String)
      #expect(fingerprints.insert(id + (hashes["primaryLocationLineHash"] ?? "")).inserted)
      let location = try #require(
        (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
      #expect((location["artifactLocation"] as? [String: String])?["uri"] == "nets/a%20b.fcn")
      let region = try #require(location["region"] as? [String: Int])
      #expect(["startLine", "startColumn", "endLine", "endColumn"].allSatisfy { (region[$0] ?? 0) >= 1 })
    }
    let suppressed = results.filter { $0["suppressions"] != nil }
    #expect(
      Set(suppressed.compactMap { $0["ruleId"] as? String }) == ["missing-preprocessing", "unbounded-probability"])
    #expect(results.contains { $0["fixes"] != nil } && results.contains { $0["relatedLocations"] != nil })
    guard let python = Python.schemas else { return print("skipped: no Python with a validator of JSON Schema") }
    try text.write(toFile: "\(folder.path)/report.sarif", atomically: true, encoding: .utf8)
    let valid = try python.run([
      "Tests/Scripts/validate_json.py", "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema",
      "\(folder.path)/report.sarif",
    ])
    #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
  }

  @Test func fingerprintsStayWhereLinesMove() throws {
    func hashes(_ text: String) throws -> [String] {
      let (report, folder) = try report("sarif", text)
      defer { folder.remove() }
      let log = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
      let results = (log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]] ?? []
      return results.compactMap { ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"] }
    }
    let before = try hashes(Self.network)
    let after = try hashes(Self.network.replacingOccurrences(of: "\ninput photo", with: "\n\n// More.\ninput   photo"))
    #expect(!before.isEmpty && before == after)
  }

  @Test func junitIsWellFormed() throws {
    let (text, folder) = try report("junit")
    defer { folder.remove() }
    #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fcnc\""))
    #expect(text.contains("<testsuite name=\"nets/a b.fcn\""))
    guard let python = Python.plain else { return print("skipped: no Python") }
    let script = """
      import sys, xml.etree.ElementTree as E
      root = E.parse(sys.argv[1]).getroot()
      suite = root.find("testsuite")
      cases = suite.findall("testcase")
      assert int(suite.get("tests")) == len(cases) == int(root.get("tests")), suite.attrib
      failures = [c for c in cases if c.find("failure") is not None]
      assert int(suite.get("failures")) == len(failures) == int(root.get("failures"))
      print(len(failures))
      """
    let result = try python.run(["-c", script, "\(folder.path)/report"])
    #expect(result.status == 0 && result.output != "0\n", "\(result.errors)")
  }

  @Test func gitlabGetsWhatItAsksFor() throws {
    let (text, folder) = try report("gitlab")
    defer { folder.remove() }
    let issues = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(issues.count > 2)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
    for issue in issues {
      #expect(["info", "minor", "major", "critical", "blocker"].contains(issue["severity"] as? String))
      let location = try #require(issue["location"] as? [String: Any])
      #expect(location["path"] as? String == "nets/a b.fcn")
      #expect((location["lines"] as? [String: Int])?["begin"] ?? 0 > 0)
    }
  }

  @Test func annotationsAreEscaped() throws {
    let (text, folder) = try report("github", name: "nets/a,b:c%.fcn")
    defer { folder.remove() }
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
    #expect(text.contains("file=nets/a%2Cb%3Ac%25.fcn,"))
    #expect(text.contains("%0Ahelp: "))
  }
}
