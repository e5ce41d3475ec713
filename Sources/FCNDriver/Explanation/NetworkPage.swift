import Foundation

/// What is known of a network as a page that needs nothing beside it: pictures, sizes, what is proved, costs.
public enum NetworkPage {
  /// - Parameter pictures: SVG texts.
  public static func html(_ explanation: Explanation, pictures: [String]) -> String {
    var text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(explanation.network))</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Helvetica, Arial, sans-serif; \
      max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #1f2430; background: #fff }
      h1, h2 { line-height: 1.2 }
      table { border-collapse: collapse; font-size: 13.5px; width: 100% }
      th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid #d8dde5; vertical-align: top }
      td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
      .scroll { overflow-x: auto }
      .yes { color: #1a7f37 }
      .no { color: #b3261e }
      svg { max-width: 100%; height: auto }
      @media (prefers-color-scheme: dark) {
      body { color: #e6e9ef; background: #171b22 }
      th, td { border-color: #3a4250 }
      .yes { color: #57c97a }
      .no { color: #ff8f86 }
      }
      </style>
      </head>
      <body>
      <h1>\(escaped(explanation.network))</h1>
      <p>\(escaped(explanation.file)): \(verdict(explanation)).</p>

      """
    text += "<h2>Outputs</h2>\n" + table(outputs(explanation))
    for picture in pictures { text += "<div class=\"scroll\">\n\(picture)</div>\n" }
    text += "<h2>Values</h2>\n<div class=\"scroll\">\n" + table(values(explanation)) + "</div>\n"
    if !explanation.misaligned.isEmpty {
      text += "<h2>Joins of values that do not lie at one place</h2>\n<ul>\n"
      text += explanation.misaligned.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n"
    }
    text += "<h2>Cost</h2>\n" + table(costs(explanation))
    if !explanation.sizes.isEmpty { text += table(sized(explanation)) }
    return text + "</body>\n</html>\n"
  }

  // MARK: Tables

  private struct Cell {
    var text: String
    var style = ""

    init(_ text: String, _ style: String = "") {
      self.text = text
      self.style = style
    }
  }

  private static func outputs(_ explanation: Explanation) -> [[Cell]] {
    let head = ["output", "size", "accepted", "any size", "moves with the picture", "local", "stride", "sees"]
    return [head.map { Cell($0) }]
      + explanation.outputs.map { output in
        [
          Cell(output.name), Cell("\(output.channels) x \(output.height) x \(output.width)"),
          Cell(
            output.acceptedHeights
              + (output.acceptedHeights.replacing("H", with: "W") == output.acceptedWidths
                ? "" : ", \(output.acceptedWidths)")),
          judgement(output.size), judgement(output.equivariant), judgement(output.local),
          Cell(output.stride?.text ?? ""),
          Cell(output.receptiveField?.text ?? "the whole picture"),
        ]
      }
  }

  private static func judgement(_ property: Explanation.Property) -> Cell {
    guard !property.holds, let reason = property.reasons.first else { return Cell("yes", "yes") }
    return Cell("no: \(reason.stage)\(reason.place.map { " (\($0))" } ?? "") \(reason.text)", "no")
  }

  private static func values(_ explanation: Explanation) -> [[Cell]] {
    let head = ["value", "stages", "channels", "size", "stride", "lies at", "sees"].map { Cell($0) }
    return [head]
      + (explanation.inputs + explanation.values).map { row in
        [
          Cell(row.name), Cell(row.stages.joined(separator: ", ")), Cell("\(row.channels)", "number"),
          Cell("\(row.height) x \(row.width)"), Cell(row.stride?.text ?? "", "number"),
          Cell(row.offset?.text ?? "", "number"),
          Cell(row.receptiveField?.text ?? "", "number"),
        ]
      }
  }

  private static func costs(_ explanation: Explanation) -> [[Cell]] {
    var rows = [
      [Cell("what"), Cell("for a picture of H x W")], [Cell("weights"), Cell("\(explanation.parameters)")],
      [Cell("multiply-adds"), Cell(explanation.multiplyAdds)],
    ]
    if let memory = explanation.memory {
      rows.append([
        Cell("memory for values"), Cell(memory + (explanation.memoryPeak.map { ", where \($0) is computed" } ?? "")),
      ])
    }
    if let refusal = explanation.refusal { rows.append([Cell("no program"), Cell(refusal, "no")]) }
    return rows
  }

  private static func sized(_ explanation: Explanation) -> [[Cell]] {
    [[Cell("picture"), Cell("million multiply-adds", "number"), Cell("MB for values", "number")]]
      + explanation.sizes.map { size in
        [
          Cell("\(size.height) x \(size.width)"), Cell(String(format: "%.1f", size.multiplyAdds / 1e6), "number"),
          Cell(size.memory.map { String(format: "%.1f", Double($0) / 1e6) } ?? "", "number"),
        ]
      }
  }

  private static func table(_ rows: [[Cell]]) -> String {
    func line(_ cells: [Cell], _ tag: String) -> String {
      let parts = cells.map { cell in
        "<\(tag)\(cell.style.isEmpty ? "" : " class=\"\(cell.style)\"")>\(escaped(cell.text))</\(tag)>"
      }
      return "<tr>\(parts.joined())</tr>\n"
    }
    return "<table>\n" + (rows.first.map { line($0, "th") } ?? "") + rows.dropFirst().map { line($0, "td") }.joined()
      + "</table>\n"
  }

  // MARK: Texts

  private static func verdict(_ explanation: Explanation) -> String {
    explanation.isFullyConvolutional ? "fully convolutional" : "not fully convolutional"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
