import FCNCore

/// Checks that what a stage declares is what it does.
///
/// One call serves the built-in stages and any plugin's. It uses the stage in many ways, with arguments and inputs drawn
/// at random, and compares every declaration with what the reference (`evaluate`) does: the shape rule, the positions
/// that are read, the border, the movement of the output with the input, the place of the output in the input, the facts
/// and the weights.
public enum Conformance {
  /// What is wrong with a stage: the first fault of each kind that was found; empty for a stage that does what it says.
  /// - Parameters:
  ///   - stage: the type that a plugin registers.
  ///   - seed: decides the arguments, inputs and weights; the same seed always gives the same answer.
  ///   - uses: what to try beside the uses that are drawn, of which a stage with unusual demands may accept hardly any.
  public static func faults(of stage: any Stage.Type, seed: UInt64 = 1, uses: [Use] = []) -> [Fault] {
    var generator = UseGenerator(stage, seed: seed)
    let drawn = generator.uses()
    var examination = Examination(of: stage, seed: seed)
    if drawn.count + uses.count < UseGenerator.fewestUses {
      examination.report(
        .rejectedUses, declared: "arguments and inputs as the signature has them",
        seen: "\(drawn.count) of \(generator.draws) uses are accepted and have a size of \(Subject.sizeCount) or less"
          + (generator.rejection.map { "; of the last it is said: \($0)" } ?? ""))
    }
    for use in uses + drawn { examination.examine(use) }
    examination.finish()
    return examination.faults
  }

  /// The uses that `faults(of:seed:)` draws, the simplest first: to find the one at which a reference stops the process.
  public static func uses(of stage: any Stage.Type, seed: UInt64 = 1) -> [Use] {
    var generator = UseGenerator(stage, seed: seed)
    return generator.uses()
  }
}

extension Conformance {
  /// A declaration that is not true.
  public struct Fault: Hashable, Sendable, CustomStringConvertible {
    public var kind: Kind
    /// The name of the stage.
    public var stage: String
    /// The use that shows it, as lines of text: the stage with its arguments, and the types of its inputs; empty where
    /// no single use does.
    public var use: [String]
    /// The size of the image for which it shows; nil where no single size does.
    public var size: String?
    public var declared: String
    public var seen: String

    /// The fault in words, over several lines.
    public var description: String {
      let uses = use.enumerated().map { "  \($0 == 0 ? "use: " : "     ")\($1)" }
      let lines = uses + (size.map { ["  size: \($0)"] } ?? []) + ["  declared: \(declared)", "  seen: \(seen)"]
      return "\(stage): \(kind.rawValue)\n" + lines.joined(separator: "\n")
    }
  }
}

extension Conformance.Fault {
  /// What a fault is about.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case rejectedUses = "hardly any use is accepted"
    case outputCount = "the number of outputs is not that of the signature"
    case shape = "the reference gives another size than the shape rule"
    case domain = "an output has a size where an input has none"
    case constantSize = "the types for one size differ from those for all sizes"
    case undeclaredRead = "a position matters that is not declared"
    case unreadPosition = "a declared position does not matter"
    case border = "something else than the declared border stands beyond the edge"
    case movement = "the output does not move with the input"
    case place = "the output does not lie where it is placed"
    case identity = "the output is not the input"
    case concatenation = "the output is not the channels of the inputs"
    case fixedSize = "whether it fixes the size is not as declared"
    case affine = "the output is not the scaled and shifted input"
    case absorption = "a scale and shift are absorbed wrongly"
    case cost = "the multiply-adds are not counted"
    case weights = "the weights are not as declared"
    case alternatives = "an alternative cannot be one"
  }
}
