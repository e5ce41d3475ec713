import FCNCore

/// Who is hurt by a change of a network.
public enum BreakingClass: String, Sendable, CaseIterable {
  /// Programs that call it: inputs, outputs, sizes.
  case interface
  /// Weight files that were made for it.
  case weights
  /// Those who compare its numbers.
  case numerics

  public var id: DiagnosticID {
    switch self {
    case .interface: .breakingInterface
    case .weights: .breakingWeights
    case .numerics: .breakingNumerics
    }
  }
}

extension DiagnosticID {
  public static let breakingInterface = DiagnosticID(
    "breaking-interface",
    """
    What a program of this network takes or gives is not what it was: an input or output went or has another number of \
    channels, another meaning or another size, sizes of pictures are not accepted any more, or pictures are prepared in \
    another way. Whoever calls the program has to change too.

    Keep the old name or form, or tell those who use the network.
    """)

  public static let breakingWeights = DiagnosticID(
    "breaking-weights",
    """
    Weight files that were made for the network do not fit any more: a weight has another name or another shape, or is \
    new.

    A label keeps a name: `conv(8, kernel: 1) @head`. A `weights` map, or `--map`, brings old names to new ones.
    """)

  public static let breakingNumerics = DiagnosticID(
    "breaking-numerics",
    """
    With the same weights the network computes something else: a stage was added, taken away, moved, or has other \
    arguments. What is only written in another way, by a definition, a repeat or other names of values, is not reported.

    Train again, or compare the answers with `fcnc compare`.
    """)

  /// The findings of `fcnc breaking`.
  public static let breakingCatalog: [DiagnosticID] = BreakingClass.allCases.map(\.id)
}
