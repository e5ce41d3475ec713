import FCNCore

/// The comments of a file that allow rules: `// fcnc: allow(RULE, RULE) reason`.
struct Suppressions {
  /// One rule of one comment.
  private struct Entry {
    var rule: String
    /// The name in the comment.
    var name: SourceRange
    var comment: Int
    /// The bytes of the file for which it holds.
    var scope: Range<Int>
    var isUsed = false
  }

  private struct Comment {
    var range: SourceRange
    var isTrailing: Bool
    var reason: String
  }

  private var entries: [Entry] = []
  private var comments: [Comment] = []
  /// What is wrong in the comments themselves.
  private(set) var findings: [Diagnostic] = []

  /// - Parameter rules: every rule by every name that it has or had.
  init(_ tree: NetworkSyntax, rules: [String: RuleDescription]) {
    let places = Places(tree)
    for comment in tree.comments where comment.text.hasPrefix("fcnc:") {
      let text = comment.text.dropFirst("fcnc:".count)
      guard let (names, reason) = Self.parse(text) else {
        findings.append(
          Diagnostic(
            .malformedSuppression, "this comment is for the linter, but it does not allow a rule", at: comment.range,
            help: "write `fcnc: allow(RULE) reason`"))
        continue
      }
      comments.append(Comment(range: comment.range, isTrailing: comment.isTrailing, reason: reason))
      for name in names {
        let range = Self.range(of: name, in: comment)
        guard let rule = rules[name] else {
          let near = Suggestion.nearest(to: name, in: rules.keys.sorted())
          findings.append(
            Diagnostic(
              .unknownRule, "there is no rule `\(name)`", at: range,
              help: near.map { "did you mean `\($0)`" } ?? "`fcnc rules` lists them",
              fixIts: near.map { [FixIt("did you mean `\($0)`", .suggested, [.init(range, $0)])] } ?? []))
          continue
        }
        entries.append(
          Entry(rule: rule.id.name, name: range, comment: comments.count - 1, scope: places.scope(of: comment)))
      }
    }
  }

  /// The reason for which a finding is allowed; nil where it is not.
  mutating func reason(for finding: Diagnostic) -> String? {
    guard let range = finding.range else { return nil }
    var reason: String?
    for index in entries.indices
    where entries[index].rule == finding.id.name && entries[index].scope.contains(range.lower) {
      entries[index].isUsed = true
      reason = reason ?? comments[entries[index].comment].reason
    }
    return reason
  }

  /// Findings about rules that are allowed and not found, and about comments without a reason.
  /// - Parameters:
  ///   - checked: the rules that were checked; of others nothing is known.
  func unused(checked: Set<String>, unused: inout RuleReport, unexplained: inout RuleReport) {
    for (index, comment) in comments.enumerated() {
      let own = entries.filter { $0.comment == index }
      let idle = own.filter { !$0.isUsed && checked.contains($0.rule) }
      if idle.count == own.count, !own.isEmpty {
        unused.report(
          "\(list(own.map(\.rule))) \(own.count == 1 ? "finds" : "find") nothing here", at: comment.range,
          help: "remove the comment", fixIts: [FixIt("remove it", .automatic, [.init(line(of: comment), "")])])
      } else {
        for entry in idle {
          let fix = removal(of: entry, among: own)
          unused.report(
            "`\(entry.rule)` finds nothing here", at: entry.name, help: "remove it from the comment",
            fixIts: fix.map { [FixIt("remove it", .automatic, [$0])] } ?? [])
        }
      }
      if comment.reason.isEmpty {
        unexplained.report(
          "the comment does not say why \(list(own.map(\.rule))) may be ignored", at: comment.range,
          help: "write the reason behind the parenthesis")
      }
    }
  }

  private func list(_ rules: [String]) -> String { rules.map { "`\($0)`" }.joined(separator: ", ") }

  /// The comment with its line, where nothing else stands in it.
  private func line(of comment: Comment) -> SourceRange {
    let file = comment.range.file
    var lower = comment.range.lower
    if comment.isTrailing {
      while lower > 0, file.bytes[lower - 1] == UInt8(ascii: " ") { lower -= 1 }
      return SourceRange(file: file, lower: lower, upper: comment.range.upper)
    }
    let number = file.lineNumber(at: lower)
    let upper = number < file.lineStarts.count ? file.lineStarts[number] : file.bytes.count
    return SourceRange(file: file, lower: file.lineStarts[number - 1], upper: upper)
  }

  private func removal(of entry: Entry, among all: [Entry]) -> FixIt.Edit? {
    guard let index = all.firstIndex(where: { $0.name == entry.name }) else { return nil }
    let range =
      index > 0
      ? SourceRange(file: entry.name.file, lower: all[index - 1].name.upper, upper: entry.name.upper)
      : SourceRange(file: entry.name.file, lower: entry.name.lower, upper: all[1].name.lower)
    return FixIt.Edit(range, "")
  }

  /// `allow(a, b) reason` as names and reason.
  private static func parse(_ text: Substring) -> (names: [String], reason: String)? {
    let text = text.drop(while: \.isWhitespace)
    guard text.hasPrefix("allow") else { return nil }
    let rest = text.dropFirst("allow".count).drop(while: \.isWhitespace)
    guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return nil }
    let names = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace } }
    guard !names.contains("") else { return nil }
    var reason = rest[rest.index(after: end)...].drop(while: \.isWhitespace)
    while let last = reason.last, last.isWhitespace { reason = reason.dropLast() }
    return (names, String(reason))
  }

  /// Where a name stands in a comment.
  private static func range(of name: String, in comment: FCNCore.Comment) -> SourceRange {
    let bytes = comment.range.file.bytes[comment.range.lower..<comment.range.upper]
    let wanted = Array(name.utf8)
    func isWord(_ byte: UInt8) -> Bool {
      byte != 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")")
    }
    var start = bytes.startIndex
    while start + wanted.count <= bytes.endIndex {
      let end = start + wanted.count
      if bytes[start..<end].elementsEqual(wanted), start == bytes.startIndex || !isWord(bytes[start - 1]),
        end == bytes.endIndex || !isWord(bytes[end])
      {
        return SourceRange(file: comment.range.file, lower: start, upper: end)
      }
      start += 1
    }
    return comment.range
  }
}

/// Where statements and links begin and end, to tell what a comment stands before.
private struct Places {
  private let file: SourceFile
  private let firstItem: Int
  private var ranges: [Range<Int>] = []

  init(_ tree: NetworkSyntax) {
    file = tree.file
    let items = tree.items.map(\.range.lower) + (tree.version.map { [$0.range.lower] } ?? [])
    firstItem = items.min() ?? .max
    var ranges: [Range<Int>] = []
    tree.forEachPart { part in
      switch part {
      case .item(let item): ranges.append(item.range.lower..<item.range.upper)
      case .statement(let statement): ranges.append(statement.range.lower..<statement.range.upper)
      case .links(let links): ranges += links.map { $0.range.lower..<$0.range.upper }
      case .block, .expression, .call: break
      }
    }
    self.ranges = ranges.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
  }

  func scope(of comment: Comment) -> Range<Int> {
    if comment.range.upper <= firstItem { return 0..<file.bytes.count + 1 }
    if comment.isTrailing {
      let line = file.lineNumber(at: comment.range.lower)
      let upper = line < file.lineStarts.count ? file.lineStarts[line] : file.bytes.count + 1
      return file.lineStarts[line - 1]..<upper
    }
    return ranges.first { $0.lowerBound >= comment.range.upper } ?? 0..<0
  }
}
