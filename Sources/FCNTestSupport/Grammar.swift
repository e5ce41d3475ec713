/// A grammar in the notation of `Grammar/fcn.ebnf` (ISO 14977 without its exceptions and counts): it can be asked for
/// its words, and gives random sentences.
public struct Grammar: Sendable {
  public indirect enum Form: Sendable {
    case terminal(String)
    case rule(String)
    case sequence([Form])
    case choice([Form])
    case option(Form)
    case repetition(Form)
  }

  public private(set) var rules: [String: Form] = [:]
  public private(set) var order: [String] = []

  /// What cannot be read ends the text of the error.
  public struct Failure: Error {
    public var rest: String
  }

  public init(_ text: String) throws(Failure) {
    var reader = GrammarReader(text)
    while !reader.isAtEnd {
      let name = try reader.word()
      try reader.take("=")
      rules[name] = try reader.choice()
      try reader.take(";")
      order.append(name)
    }
  }

  /// Every text in quotation marks in the rules that are given.
  public func terminals(in names: some Sequence<String>) -> Set<String> {
    var found: Set<String> = []
    func visit(_ form: Form) {
      switch form {
      case .terminal(let text): found.insert(text)
      case .rule: break
      case .sequence(let parts), .choice(let parts): parts.forEach(visit)
      case .option(let part), .repetition(let part): visit(part)
      }
    }
    for name in names { rules[name].map(visit) }
    return found
  }

  /// The rules that others speak of and that are not there.
  public var undefined: Set<String> {
    var used: Set<String> = []
    func visit(_ form: Form) {
      switch form {
      case .terminal: break
      case .rule(let name): used.insert(name)
      case .sequence(let parts), .choice(let parts): parts.forEach(visit)
      case .option(let part), .repetition(let part): visit(part)
      }
    }
    rules.values.forEach(visit)
    return used.subtracting(rules.keys)
  }

  /// A random sentence, as the list of its words. `word` gives the text for a rule or nil where the rule itself is
  /// to be followed; `depth` rules deep, only the shortest forms are taken.
  public func sentence(
    of rule: String, depth: Int, using random: inout some RandomNumberGenerator, word: (String, UInt64) -> [String]?
  ) -> [String] {
    let heights = self.heights
    var result: [String] = []
    func add(_ form: Form, _ depth: Int) {
      switch form {
      case .terminal(let text): result.append(text)
      case .rule(let name):
        if let text = word(name, random.next()) {
          result += text
        } else if let form = rules[name] {
          add(form, depth - 1)
        }
      case .sequence(let parts): for part in parts { add(part, depth) }
      case .choice(let parts):
        let least = parts.map { height($0, heights) }.min() ?? 0
        let possible = depth > least ? parts : parts.filter { height($0, heights) == least }
        if let part = possible.randomElement(using: &random) { add(part, depth) }
      case .option(let part):
        if depth > height(part, heights), Bool.random(using: &random) { add(part, depth) }
      case .repetition(let part):
        while depth > height(part, heights), Int.random(in: 0..<3, using: &random) == 0 { add(part, depth) }
      }
    }
    if let form = rules[rule] { add(form, depth) }
    return result
  }

  /// How many rules deep the shortest sentence of each rule is.
  private var heights: [String: Int] {
    var result: [String: Int] = [:]
    var changes = true
    while changes {
      changes = false
      for (name, form) in rules {
        let new = height(form, result) + 1
        if new < result[name] ?? 1000 {
          result[name] = new
          changes = true
        }
      }
    }
    return result
  }

  private func height(_ form: Form, _ heights: [String: Int]) -> Int {
    switch form {
    case .terminal, .option, .repetition: 0
    case .rule(let name): rules[name] == nil ? 0 : heights[name] ?? 1000
    case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
    case .choice(let parts): parts.map { height($0, heights) }.min() ?? 0
    }
  }
}

private struct GrammarReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
    skip()
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func skip() {
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard rest.hasPrefix("(*") else { return }
      while !rest.isEmpty, !rest.hasPrefix("*)") { rest.removeFirst() }
      rest = rest.dropFirst(2)
    }
  }

  private var failure: Grammar.Failure { Grammar.Failure(rest: String(rest.prefix(60))) }

  private mutating func took(_ mark: String) -> Bool {
    guard rest.hasPrefix(mark) else { return false }
    rest = rest.dropFirst(mark.count)
    skip()
    return true
  }

  mutating func take(_ mark: String) throws(Grammar.Failure) {
    guard took(mark) else { throw failure }
  }

  mutating func word() throws(Grammar.Failure) -> String {
    let name = rest.prefix { $0.isLetter || $0 == "_" }
    guard !name.isEmpty else { throw failure }
    rest = rest.dropFirst(name.count)
    skip()
    return String(name)
  }

  mutating func choice() throws(Grammar.Failure) -> Grammar.Form {
    var parts = [try sequence()]
    while took("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws(Grammar.Failure) -> Grammar.Form {
    var parts = [try primary()]
    while let first = rest.first, !"|)]};".contains(first) {
      _ = took(",")
      parts.append(try primary())
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func primary() throws(Grammar.Failure) -> Grammar.Form {
    if took("(") { return try closed(")") }
    if took("[") { return .option(try closed("]")) }
    if took("{") { return .repetition(try closed("}")) }
    if took("...") { return .sequence([]) }
    for quote in ["\"", "'"] where rest.hasPrefix(quote) {
      let text = rest.dropFirst().prefix { String($0) != quote }
      rest = rest.dropFirst(text.count + 2)
      skip()
      return .terminal(String(text))
    }
    return .rule(try word())
  }

  private mutating func closed(_ bracket: String) throws(Grammar.Failure) -> Grammar.Form {
    let form = try choice()
    try take(bracket)
    return form
  }
}
