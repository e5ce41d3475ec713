import FCNCore
import Foundation

extension DiagnosticID {
  public static let valueDiffers = DiagnosticID(
    "value-differs",
    """
    A stage gives other numbers than were recorded, although it is given the recorded numbers of the values before it. \
    So the difference is of its own making and not inherited. Where values between were not recorded, it is one of the \
    stages since the last ones that were.

    Where a usual mistake explains the numbers (another `eps`, border, grid, order of channels, a kernel that is \
    transposed or mirrored, the weights of another stage), the help names it: the network was computed so, and gave what \
    was recorded. Where nothing is named, look at the arguments of the stage, at its weights and at its inputs.
    """)

  public static let inputDiffers = DiagnosticID(
    "input-differs",
    """
    The array that is given as an input of the network is not the one that was recorded. The preprocessing differs: the \
    range of the numbers, the mean and deviation, or the order of the channels.
    """)

  public static let differenceGrows = DiagnosticID(
    "difference-grows",
    """
    A value differs from what was recorded by more than the tolerance, but no stage does so by itself: every one gives the \
    recorded numbers for the recorded inputs, within the tolerance. Small differences have added up on the way, as those of \
    rounding do in deep networks; or a stage magnifies them.
    """)

  /// The findings of a comparison with recorded values, in alphabetical order.
  public static let comparisonCatalog: [DiagnosticID] = [differenceGrows, inputDiffers, valueDiffers]
}

extension Diagnostic {
  /// - Parameters:
  ///   - blamed: the node that a hint speaks of.
  ///   - shape: that of the value computed from the expected ones.
  static func valueDiffers(
    _ graph: Graph, _ names: [String], _ segment: Segment, blamed: Int?, shape: [Int], expected: [Int],
    _ difference: Difference?, help: String?
  ) -> Diagnostic {
    guard let last = segment.nodes.last else { preconditionFailure("an input has no stage") }
    let node = blamed ?? last
    let origin = graph.nodes[node].origin
    var related = origin.instances.reversed().prefix(8).map { Label($0, "in this use") }
    if node != last, let range = graph.nodes[last].origin.range, range != origin.range {
      related.insert(Label(range, "`\(names[segment.value])`, where it shows"), at: 0)
    }
    var notes: [String] = []
    let between = segment.nodes.dropLast().flatMap { graph.nodes[$0].outputs }.map { names[$0] }
    if !between.isEmpty {
      notes.append(
        "computed from \(list((segment.expected + segment.inputs).map { names[$0] })); not recorded on the way: "
          + "\(list(between))")
    }
    return Diagnostic(
      .valueDiffers, message("`\(names[segment.value])`", shape, expected, difference), at: origin.range,
      label: between.isEmpty
        ? "gives other numbers for the expected inputs"
        : blamed == nil ? "this stage or one before it gives other numbers" : "this stage gives other numbers",
      related: related, notes: notes, help: help)
  }

  static func inputDiffers(
    _ name: String, at range: SourceRange?, shape: [Int], expected: [Int], _ difference: Difference?, help: String?
  ) -> Diagnostic {
    Diagnostic(
      .inputDiffers, message("the input `\(name)`", shape, expected, difference), at: range,
      label: "the array that is given is another one", help: help)
  }

  static func differenceGrows(_ row: Comparison.Row, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      .differenceGrows,
      "`\(row.value)` differs from what is expected by \(percent(row.relativeError ?? .infinity)) of its range, though no "
        + "stage does by itself", at: range,
      help: "record more of the values before it, or allow more with `--tolerance`")
  }

  private static func message(
    _ subject: String, _ shape: [Int], _ expected: [Int], _ difference: Difference?
  ) -> String {
    guard shape == expected, let difference else {
      return "\(subject) has the shape \(shape.shapeText), and \(expected.shapeText) is expected"
    }
    guard difference.greatest.isFinite else {
      return "\(subject) is not a finite number at channel \(difference.channel), row \(difference.row), "
        + "column \(difference.column)"
    }
    return "\(subject) differs from what is expected by up to \(number(difference.greatest)), "
      + "\(percent(difference.relative)) of its range, at channel \(difference.channel), row \(difference.row), "
      + "column \(difference.column)"
  }

  /// Some names, the others counted.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }

  static func number(_ value: Float) -> String { String(format: "%.3g", Double(value)) }
  static func percent(_ value: Float) -> String {
    guard value.isFinite else { return "all" }
    return value < 0.1 ? String(format: "%.2g%%", Double(value) * 100) : String(format: "%.0f%%", Double(value) * 100)
  }
}

extension String {
  /// The note about values that have an error from another one.
  static func inheriting(_ names: [String]) -> String {
    let shown = names.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
    let rest = names.count > 6 ? " and \(names.count - 6) more" : ""
    return names.count == 1 ? "\(shown) inherits the error" : "\(shown)\(rest) inherit the error"
  }
}
