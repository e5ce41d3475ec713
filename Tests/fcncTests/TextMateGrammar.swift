import Foundation
import Testing

/// As much of a TextMate grammar as highlighters have in common: `match` with captures, `begin` and `end`, `include` of the
/// repository. Rules are tried at every place of a line, the first that matches earliest wins.
struct TextMateGrammar {
  private struct Rule {
    var match: NSRegularExpression?
    var begin: NSRegularExpression?
    var end: NSRegularExpression?
    var name: String?
    var captures: [Int: String] = [:]
    var patterns: [Rule] = []
  }

  private let rules: [Rule]

  init(_ file: URL) throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let grammar = try #require(object as? [String: Any])
    let repository = try #require(grammar["repository"] as? [String: [String: Any]])
    rules = try Self.rules(try #require(grammar["patterns"] as? [[String: Any]]), repository)
  }

  private static func rules(_ patterns: [[String: Any]], _ repository: [String: [String: Any]]) throws -> [Rule] {
    try patterns.flatMap { pattern -> [Rule] in
      if let include = pattern["include"] as? String {
        let target = try #require(repository[String(include.dropFirst())], "\(include)")
        return try rules([target], repository)
      }
      let inner = try rules(pattern["patterns"] as? [[String: Any]] ?? [], repository)
      var rule = Rule(name: pattern["name"] as? String, patterns: inner)
      if let match = pattern["match"] as? String { rule.match = try NSRegularExpression(pattern: match) }
      if let begin = pattern["begin"] as? String { rule.begin = try NSRegularExpression(pattern: begin) }
      if let end = pattern["end"] as? String {
        rule.end = try NSRegularExpression(pattern: end, options: .anchorsMatchLines)
      }
      for (index, capture) in pattern["captures"] as? [String: [String: String]] ?? [:] {
        if let index = Int(index), let name = capture["name"] { rule.captures[index] = name }
      }
      return rule.match == nil && rule.begin == nil ? inner : [rule]
    }
  }

  /// The innermost scope of every byte of a text; empty where there is none.
  func scopes(of text: String) -> [String] {
    var scopes: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let string = String(line)
      var units = [String](repeating: "", count: string.utf16.count)
      var position = 0
      while position < units.count, let (rule, found) = first(in: string, from: position) {
        paint(found, rule, &units)
        position = max(found.range.location + found.range.length, position + 1)
        if rule.begin != nil, let end = rule.end {
          let rest = NSRange(location: position, length: units.count - position)
          let last = end.firstMatch(in: string, range: rest).map { $0.range.location + $0.range.length } ?? units.count
          for index in position..<last { units[index] = rule.name ?? "" }
          position = last
        }
      }
      // One scope for each byte.
      var index = 0
      for scalar in string.unicodeScalars {
        scopes += Array(repeating: units[index], count: UTF8.width(scalar))
        index += UTF16.width(scalar)
      }
      scopes.append("")
    }
    return scopes
  }

  private func first(in line: String, from position: Int) -> (Rule, NSTextCheckingResult)? {
    let rest = NSRange(location: position, length: line.utf16.count - position)
    var best: (Rule, NSTextCheckingResult)?
    for rule in rules {
      guard let expression = rule.match ?? rule.begin,
        let found = expression.firstMatch(
          in: line, options: [.withTransparentBounds, .withoutAnchoringBounds], range: rest)
      else { continue }
      if let (_, other) = best, other.range.location <= found.range.location { continue }
      best = (rule, found)
    }
    return best
  }

  private func paint(_ found: NSTextCheckingResult, _ rule: Rule, _ units: inout [String]) {
    func fill(_ range: NSRange, _ name: String) {
      guard range.location != NSNotFound else { return }
      for index in range.location..<range.location + range.length { units[index] = name }
    }
    if let name = rule.name { fill(found.range, name) }
    for (index, name) in rule.captures.sorted(by: { $0.key < $1.key }) where index < found.numberOfRanges {
      fill(found.range(at: index), name)
    }
  }
}
