/// How far a compiled program may be from exact arithmetic, for the sake of speed.
///
/// The error of an output is its largest distance from the same network in 64-bit arithmetic, divided by the range
/// (largest minus smallest number) of that output.
public enum Accuracy: String, Hashable, Sendable, CaseIterable {
  /// Every convolution is summed directly, as its definition says.
  case strict
  /// Minimal filtering where it loses little: an error of at most 2e-5, or eight times that of `strict` where that is
  /// more.
  case normal
  /// Minimal filtering with large tiles: an error of at most 3e-4.
  case fast
}
