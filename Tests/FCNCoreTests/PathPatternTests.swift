import FCNCore
import Testing

/// Patterns for paths, by the examples of git's documentation (gitignore(5)).
@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.fcn", "/r/a.fcn", true), ("*.fcn", "/r/a/b.fcn", true), ("*.fcn", "/r/a.fcn.yaml", false),
    ("/*.fcn", "/r/a.fcn", true), ("/*.fcn", "/r/a/b.fcn", false),
    ("doc/frotz", "/r/doc/frotz", true), ("doc/frotz", "/r/a/doc/frotz", false),
    ("**/foo", "/r/foo", true), ("**/foo", "/r/a/b/foo", true), ("**/foo/bar", "/r/a/foo/bar", true),
    ("abc/**", "/r/abc/x", true), ("abc/**", "/r/abc/x/y", true), ("abc/**", "/r/abc", false),
    ("a/**/b", "/r/a/b", true), ("a/**/b", "/r/a/x/y/b", true), ("a/**/b", "/r/a/x/y/c", false),
    ("build", "/r/build/x.fcn", true), ("build", "/r/builds", false),
    ("foo*", "/r/foo.txt", true), ("?.fcn", "/r/a.fcn", true), ("?.fcn", "/r/ab.fcn", false),
    ("[a-c].fcn", "/r/b.fcn", true), ("[a-c].fcn", "/r/d.fcn", false), ("[!a-c].fcn", "/r/d.fcn", true),
    ("a[.fcn", "/r/a[.fcn", true), ("\\*.fcn", "/r/*.fcn", true), ("\\*.fcn", "/r/a.fcn", false),
    ("*a*b*c", "/r/xaxbxc", true), ("*a*b*c", "/r/xaxbx", false), ("", "/r/a", false), ("*", "/elsewhere/a", false),
  ])
  func itMatches(pattern: String, path: String, wanted: Bool) {
    #expect(PathPattern(pattern).matches(path, from: "/r/") == wanted, "\(pattern) \(path)")
  }

  @Test func aSlashAtTheEndMeansFolders() {
    let pattern = PathPattern("build/")
    #expect(pattern.matches("/r/build", from: "/r/", isFolder: true))
    #expect(!pattern.matches("/r/build", from: "/r/"))
    #expect(pattern.matches("/r/build/a.fcn", from: "/r/"))
    #expect(pattern.matches("/r/a/build/b.fcn", from: "/r/"))
  }

  /// Stars that could be tried in very many ways.
  @Test func aHostilePatternTakesNoTime() {
    let pattern = PathPattern(String(repeating: "*a", count: 60) + "b")
    #expect(!pattern.matches("/r/" + String(repeating: "a", count: 5_000), from: "/r/"))
    let folders = PathPattern(String(repeating: "**/a/", count: 60) + "b")
    #expect(!folders.matches("/r/" + String(repeating: "a/", count: 500) + "c", from: "/r/"))
  }
}

/// Requirements of versions.
@Suite struct VersionRequirementTests {
  @Test(arguments: [
    (">=0.2", "0.2.0", true), (">=0.2", "0.1.9", false), ("<1", "0.99.99", true), ("<1", "1.0.0", false),
    (">=0.2, <0.4", "0.3.7", true), (">=0.2, <0.4", "0.4.0", false), ("0.2.1", "0.2.1", true),
    ("=0.2.1", "0.2.2", false),
    (">0.2", "0.2.0", false), ("<=0.2", "0.2.0", true), (">=0.10", "0.9.0", false),
  ])
  func itHolds(text: String, version: String, wanted: Bool) throws {
    #expect(try #require(VersionRequirement(text)).contains(version) == wanted)
  }

  @Test(arguments: ["", ",", "new", ">=", ">=1.2.3.4", "~1", ">=1.-2", "1..2"])
  func itIsNone(text: String) { #expect(VersionRequirement(text) == nil) }
}
