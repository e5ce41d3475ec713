/// Why a value does not fit a parameter.
public struct ParameterMismatch: Error, Sendable {
  public var message: String
  public var help: String?
}

extension Parameter {
  /// A value that is written somewhere else than in a network, checked against the kind of the parameter.
  public func checked(_ value: Argument, at range: SourceRange) throws(ParameterMismatch) -> Argument {
    do { return try ArgumentChecker.check(Item(value, at: range), for: self) } catch {
      throw ParameterMismatch(message: error.message, help: error.help)
    }
  }

  /// What may be written, in words.
  public var kindInWords: String { ArgumentChecker.kindInWords(kind) }
}

extension Item {
  fileprivate init(_ value: Argument, at range: SourceRange) {
    switch value {
    case .integer(let value): self = .integer(value)
    case .decimal(let value): self = .decimal(value)
    case .flag(let value): self = .flag(value)
    case .word(let value): self = .word(value, at: range, isGiven: true)
    case .text(let value): self = .text(value)
    case .size(let rows, let columns): self = .size(rows: rows, columns: columns)
    case .list(let values): self = .list(values.map { Item($0, at: range) })
    case .input: self = .poison
    }
  }
}
