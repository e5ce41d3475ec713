import FCNCore
import Foundation

/// A comparison as a table for people.
public enum ComparisonText {
  /// The table, and what was not compared.
  public static func table(of comparison: Comparison) -> String {
    let hasOtherNames = comparison.rows.contains { $0.array != $0.value }
    var cells = [
      (hasOtherNames ? ["expected"] : []) + ["value", "stage", "place", "shape", "error", "of range", "status"]
    ]
    for row in comparison.rows {
      let shape = row.shape.shapeText + (row.shape == row.expectedShape ? "" : ", not \(row.expectedShape.shapeText)")
      cells.append(
        (hasOtherNames ? [row.array] : [])
          + [
            row.value, row.stage, row.place ?? "-", shape, row.error.map(number) ?? "-",
            row.relativeError.map(number) ?? "-", row.status.rawValue,
          ])
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    var lines = cells.map { row in
      let padded = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
      return padded.joined(separator: "  ").trimmingSuffix(" ")
    }
    lines += leftovers(comparison.leftovers)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What came out, in a line.
  public static func summary(of comparison: Comparison) -> String {
    let rows = comparison.rows
    let tolerance = number(comparison.tolerance)
    let values = "\(rows.count) value\(rows.count == 1 ? "" : "s")"
    guard let first = rows.first(where: { $0.status != .ok }) else {
      return "\(values) compared, all within \(tolerance) of their range"
    }
    let wrong = rows.count { $0.status == .wrong }
    let inheriting = rows.count { $0.status == .inherits }
    let place = first.place.map { " (\($0))" } ?? ""
    return
      "\(values) compared, \(wrong) wrong, \(inheriting) that inherit\(inheriting == 1 ? "s" : ""); the first beyond "
      + "\(tolerance) of its range is `\(first.value)`\(place)"
  }

  private static func leftovers(_ leftovers: [Comparison.Leftover]) -> [String] {
    guard !leftovers.isEmpty else { return [] }
    let shown = leftovers.prefix(20).map { "  `\($0.array)` \($0.reason)" }
    let rest = leftovers.count > 20 ? ["  and \(leftovers.count - 20) more"] : []
    return ["", "not compared:"] + shown + rest
  }

  private static func number(_ value: Float) -> String {
    value == 0 ? "0" : value.isFinite ? String(format: "%.1e", Double(value)) : "not finite"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    guard let last = lastIndex(where: { $0 != character }) else { return "" }
    return String(self[...last])
  }
}
