/// A stretch of a source file, in byte offsets, `upper` exclusive.
public struct SourceRange: Hashable, Sendable {
  public let file: SourceFile
  public let lower: Int
  public let upper: Int

  public init(file: SourceFile, lower: Int, upper: Int) {
    self.file = file
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// The smallest range that holds both; ranges of different files give `self`.
  public func union(_ other: SourceRange) -> SourceRange {
    guard file === other.file else { return self }
    return SourceRange(file: file, lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  public var start: SourcePosition { file.position(at: lower) }
  public var end: SourcePosition { file.position(at: upper) }

  public static func == (left: Self, right: Self) -> Bool {
    left.file === right.file && left.lower == right.lower && left.upper == right.upper
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(lower)
    hasher.combine(upper)
  }
}
