import Foundation

/// A profile as a table for people, plain or as Markdown.
public enum ProfileText {
  public static func plain(_ profile: NetworkProfile) -> String {
    var lines = [heading(profile), ""]
    let cells = cells(profile)
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    for row in cells {
      let padded = zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column < textColumns ? cell.0 + space : space + cell.0
      }
      lines.append(padded.joined(separator: "  "))
    }
    return (lines + ["", closing(profile)]).joined(separator: "\n") + "\n"
  }

  public static func markdown(_ profile: NetworkProfile) -> String {
    var rows = cells(profile)
    rows.insert(rows[0].indices.map { $0 < textColumns ? "---" : "---:" }, at: 1)
    let table = rows.map { "| " + $0.joined(separator: " | ") + " |" }
    return ([heading(profile), ""] + table + ["", closing(profile)]).joined(separator: "\n") + "\n"
  }

  /// The first columns hold words, the others numbers.
  private static let textColumns = 3

  private static func heading(_ profile: NetworkProfile) -> String {
    "\(profile.network) at \(profile.height)x\(profile.width) on \(threads(profile)): \(profile.target), "
      + "accuracy \(profile.accuracy)"
  }

  private static func threads(_ profile: NetworkProfile) -> String {
    profile.threads == 1 ? "1 thread" : "\(profile.threads) threads"
  }

  private static func cells(_ profile: NetworkProfile) -> [[String]] {
    let isMeasured = profile.run != nil
    var rows = [["step", "algorithm", "output", "GFLOP", "MB", "predicted ms"]]
    rows[0] += (isMeasured ? ["measured ms", "GFLOP/s"] : []) + ["share"]
    for step in profile.steps {
      var row = [
        step.name, step.algorithm, "\(step.channels) x \(step.height) x \(step.width)",
        number(step.multiplyAdds * 2e-9, 3), number(step.bytes * 1e-6, 1), number(step.predicted * 1e3, 2),
      ]
      if isMeasured {
        row += [
          step.measured.map { number($0 * 1e3, 2) } ?? "", step.multiplyAdds > 0 ? number(step.gigaflops ?? 0, 0) : "-",
        ]
      }
      rows.append(row + [number(step.share * 100, 1) + " %"])
    }
    let sum = { (part: (NetworkProfile.Step) -> Double) in profile.steps.reduce(0) { $0 + part($1) } }
    var total = [
      "all steps", "", "", number(sum { $0.multiplyAdds } * 2e-9, 3), number(sum { $0.bytes } * 1e-6, 1),
      number(sum { $0.predicted } * 1e3, 2),
    ]
    if isMeasured {
      let seconds = sum { $0.measured ?? 0 }
      total += [number(seconds * 1e3, 2), seconds > 0 ? number(sum { $0.multiplyAdds } * 2e-9 / seconds, 0) : "-"]
    }
    rows.append(total + ["100.0 %"])
    return rows
  }

  private static func closing(_ profile: NetworkProfile) -> String {
    guard let run = profile.run else {
      return "Predicted by the cost model, not measured: `--measure` does that on this machine."
    }
    return "A whole run takes \(number(run.median * 1e3, 2)) ms (median of \(run.count)), at least "
      + "\(number(run.least * 1e3, 2)) ms."
  }

  private static func number(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }
}
