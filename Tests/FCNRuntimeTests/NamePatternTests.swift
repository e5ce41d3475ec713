import Foundation
import Testing

@testable import FCNRuntime

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("*.jpg", ["a.jpg", ".jpg.jpg", "b.JPG", "a.jpg.png", "jpg", "å b.jpg"], ["a.jpg", "å b.jpg"]),
    ("?.png", ["a.png", "å.png", "ab.png", ".png"], ["a.png", "å.png"]),
    ("[a-c]*[!0-9]", ["a1", "ab", "bx1", "dx", "c"], ["ab"]),
    ("scan[[]1].png", ["scan[1].png", "scan1.png"], ["scan[1].png"]),
    ("\\*", ["*", "a"], ["*"]), ("[ab", ["[ab", "a"], ["[ab"]), (".*", [".a", "a"], [".a"]), ("[.]a", [".a"], []),
    ("a*b*c", ["abc", "aabbcc", "acb", "axbxc", "abcb"], ["abc", "aabbcc", "axbxc"]),
  ]) func matches(pattern: String, names: [String], expected: [String]) {
    #expect(names.filter { NamePattern(pattern).matches($0) } == expected)
  }

  /// What the C library's `fnmatch` says of random patterns and names.
  @Test func agreesWithTheSystem() {
    var generator = SeededGenerator(state: 11)
    let parts = ["a", "b", ".", "-", "*", "*", "?", "[ab]", "[!a]", "[^b-c]", "[a-b.]", "[]-]", "[", "]", "\\*", "\\a"]
    let letters = ["a", "b", "c", ".", "-", "]", "[", "*"]
    var hits = 0
    for _ in 0..<100_000 {
      let pattern = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        parts.randomElement(using: &generator) ?? ""
      }.joined()
      let name = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? ""
      }.joined()
      // Behind a star glibc takes a dot in the middle for one at the begin.
      let expected = fnmatch(pattern, name, name.hasPrefix(".") ? FNM_PERIOD : 0) == 0
      hits += expected ? 1 : 0
      #expect(NamePattern(pattern).matches(name) == expected, "\(pattern) and \(name)")
    }
    #expect(hits > 5000)
  }

  /// A pattern that would take for ever, were every way tried.
  @Test(.timeLimit(.minutes(1))) func manyStars() {
    let pattern = NamePattern(String(repeating: "a*", count: 100) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    #expect(pattern.matches(String(repeating: "a", count: 2000) + "b"))
  }

  @Test(arguments: [
    ("photos/**/*.jpg", "photos", ["a.jpg", "x/a.jpg", "x/y/a.jpg", "y/x/a.jpg"]), ("/*/a.jpg", "/", ["x/a.jpg"]),
    ("**/x/*", "", ["x/a.jpg", "y/x/a.jpg", "x/b.png"]),
    ("p/**", "p", ["a.jpg", "x/a.jpg", "x/y/a.jpg", "y/x/a.jpg", "x/b.png"]),
    ("p/x/../*/a.jpg", "p/x/..", ["x/a.jpg"]), ("p/*/**/**/a.jpg", "p", ["x/a.jpg", "x/y/a.jpg", "y/x/a.jpg"]),
  ]) func paths(text: String, base: String, expected: [String]) throws {
    let pattern = try PathPattern(text)
    #expect(pattern.base == base)
    for path in ["a.jpg", "x/a.jpg", "x/y/a.jpg", "y/x/a.jpg", "x/b.png", ".x/a.jpg", "x/.a.jpg"] {
      let state = path.split(separator: "/").reduce(pattern.start) { pattern.state(behind: String($1), from: $0) }
      #expect(pattern.accepts(state) == expected.contains(path), "\(path)")
    }
  }

  @Test func tooManyParts() {
    #expect(throws: RuntimeFailure.self) { try PathPattern(String(repeating: "*/", count: 61)) }
  }
}
