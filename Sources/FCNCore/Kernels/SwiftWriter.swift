/// Writes the Swift text of kernels.
///
/// The type checker's time grows steeply with the size of an expression, so the only statements offered have one
/// operator and an explicit type. Constants are folded by whoever emits.
public struct SwiftWriter: Sendable {
  public private(set) var text = ""
  private var depth = 0
  private var counter = 0

  public init() {}

  /// A name that no other statement of this text has.
  public mutating func fresh(_ stem: String) -> String {
    counter += 1
    return "\(stem)\(counter)"
  }

  /// One line as it is, indented.
  public mutating func line(_ line: String) {
    text += String(repeating: " ", count: depth * 2) + line + "\n"
  }

  /// `let NAME: TYPE = EXPRESSION`; returns the name.
  @discardableResult
  public mutating func define(_ stem: String, _ type: String = "Int", _ expression: String) -> String {
    let name = fresh(stem)
    line("let \(name): \(type) = \(expression)")
    return name
  }

  /// `var NAME: TYPE = EXPRESSION`; returns the name.
  @discardableResult
  public mutating func variable(_ stem: String, _ type: String = "Int", _ expression: String) -> String {
    let name = fresh(stem)
    line("var \(name): \(type) = \(expression)")
    return name
  }

  public mutating func assign(_ name: String, _ expression: String) { line("\(name) = \(expression)") }

  /// `HEAD {`, the body indented, `}`.
  public mutating func block(_ head: String, _ body: (inout SwiftWriter) -> Void) {
    line(head + " {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }

  /// `while variable < limit { body; variable &+= step }` over a new variable that starts at `start`.
  public mutating func loop(
    _ stem: String, from start: String = "0", to limit: String, by step: Int = 1,
    _ body: (inout SwiftWriter, String) -> Void
  ) {
    let index = variable(stem, "Int", start)
    line("while \(index) < \(limit) {")
    depth += 1
    body(&self, index)
    line("\(index) = \(index) &+ \(step)")
    depth -= 1
    line("}")
  }

  /// `a + b` with constants folded: either may be a literal.
  public mutating func sum(_ a: String, _ b: String) -> String {
    if b == "0" { return a }
    if a == "0" { return b }
    if let x = Int(a), let y = Int(b) { return String(x + y) }
    return define("s", "Int", "\(a) &+ \(b)")
  }

  /// `a * b` with constants folded.
  public mutating func product(_ a: String, _ b: String) -> String {
    if a == "0" || b == "0" { return "0" }
    if b == "1" { return a }
    if a == "1" { return b }
    if let x = Int(a), let y = Int(b) { return String(x * y) }
    return define("m", "Int", "\(a) &* \(b)")
  }
}
