import FCNCore
import Foundation

/// An explanation as text for people, plain or as Markdown.
public struct ExplanationText {
  private let explanation: Explanation
  private let isMarkdown: Bool
  private var lines: [String] = []

  public static func plain(_ explanation: Explanation) -> String { text(explanation, isMarkdown: false) }
  public static func markdown(_ explanation: Explanation) -> String { text(explanation, isMarkdown: true) }

  private static func text(_ explanation: Explanation, isMarkdown: Bool) -> String {
    var text = ExplanationText(explanation: explanation, isMarkdown: isMarkdown)
    text.write()
    return text.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write() {
    let verdict = explanation.isFullyConvolutional ? "fully convolutional" : "not fully convolutional"
    if isMarkdown {
      lines += ["# \(explanation.network)", "", "`\(explanation.file)` is \(verdict).", ""]
    } else {
      lines += ["\(explanation.file): \(explanation.network) is \(verdict)", ""]
    }
    writeTable()
    for output in explanation.outputs { write(output) }
    if !explanation.misaligned.isEmpty {
      heading("joins that do not lie at one place")
      for text in explanation.misaligned { item(text) }
    }
    writeCost()
    if isMarkdown, lines.last == "" { lines.removeLast() }
  }

  // MARK: Values

  private mutating func writeTable() {
    var cells = [["value", "stages", "channels", "size", "stride", "receptive field", "offset"]]
    for row in explanation.inputs + explanation.values {
      cells.append([
        row.name, row.stages.isEmpty ? "input" : row.stages.joined(separator: " "), String(row.channels),
        "\(row.height) x \(row.width)", row.stride?.text ?? "-", row.receptiveField?.text ?? "-",
        row.offset?.text ?? "-",
      ])
    }
    if isMarkdown {
      cells.insert(cells[0].map { _ in "---" }, at: 1)
      lines += cells.map { "| " + $0.joined(separator: " | ") + " |" }
    } else {
      let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
      for row in cells {
        let padded = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
        lines.append(Self.trimmed(padded.joined(separator: "  ")))
      }
    }
    lines.append("")
    paragraph(
      "Position i of a value lies at stride * i + offset in pixels of the input, and depends on as many of them as its "
        + "receptive field says.")
  }

  // MARK: Outputs

  private mutating func write(_ output: Explanation.Output) {
    heading("output \(output.name)")
    item("size: \(output.height) x \(output.width), \(output.channels) channel\(output.channels == 1 ? "" : "s")")
    let isAlike = output.acceptedHeights.replacing("H", with: "W") == output.acceptedWidths
    item("accepted: \(output.acceptedHeights)" + (isAlike ? ", W likewise" : "; \(output.acceptedWidths)"))
    judge(
      "SIZE", output.size, yes: "pictures of every accepted size go; no stage and no weight is tied to one",
      no: "not fully convolutional")
    judge(
      "EQUIVARIANT", output.equivariant,
      yes: Self.equivariance(output),
      no: "the answer depends on where in the picture, or in how large a picture, a thing is")
    judge(
      "LOCAL", output.local, yes: Self.locality(output),
      no:
        "the whole picture is needed before the answer is known; it can run in bands except for the stages named here, "
        + "each of which costs one more pass")
  }

  private mutating func judge(_ name: String, _ property: Explanation.Property, yes: String, no: String) {
    item("\(name): \(property.holds ? "yes, \(yes)" : "no, \(no)")")
    for reason in property.reasons {
      let value = reason.value == reason.stage ? "`\(reason.stage)`" : "`\(reason.value)` (\(reason.stage))"
      item("\(value)\(reason.place.map { " at \($0)" } ?? ""): \(reason.text)", depth: 1)
    }
  }

  private static func equivariance(_ output: Explanation.Output) -> String {
    guard let stride = output.stride else {
      return "moving the picture does not change the answer, except at the edges"
    }
    let distance = stride.text == "1" ? "a pixel" : "\(stride.text) pixels"
    return "where the picture moves by \(distance), the answer moves by one position, except at the edges"
  }

  private static func locality(_ output: Explanation.Output) -> String {
    guard let field = output.receptiveField, let rows = output.rows, let columns = output.columns else {
      return "every position depends on a bounded part of the picture"
    }
    let text =
      "every position depends on at most \(field.text) pixels. A band of rows, or a tile, comes out as in the whole"
    let needs: String
    if rows.anywhere.before == columns.anywhere.before, rows.anywhere.after == columns.anywhere.after {
      needs = " picture if it gets \(halo(rows.anywhere, "before and after it"))"
    } else {
      needs =
        " picture if it gets \(halo(rows.anywhere, "above and below it")), \(halo(columns.anywhere, "left and right of it"))"
    }
    let alignment = rows.alignment
    guard alignment > 1, rows.aligned != rows.anywhere else { return text + needs }
    return text + needs
      + "; if it begins and ends at multiples of \(alignment), \(halo(rows.aligned, "are enough"))"
  }

  private static func halo(_ halo: Explanation.Halo, _ place: String) -> String {
    "\(halo.before == halo.after ? halo.before : "\(halo.before) and \(halo.after)") pixels \(place)"
  }

  // MARK: Cost

  private mutating func writeCost() {
    heading("cost")
    item("parameters: \(explanation.parameters)")
    item("multiply-adds: \(explanation.multiplyAdds)")
    if let memory = explanation.memory {
      item(
        "memory for values that lie whole in memory, in bytes: \(memory)"
          + (explanation.memoryPeak.map { " (greatest where `\($0)` is computed)" } ?? ""))
    }
    if let refusal = explanation.refusal { item("cannot be compiled: \(refusal)") }
    for size in explanation.sizes {
      let memory = size.memory.map { ", \(Self.millions(Double($0))) MB for values" } ?? ""
      item("at \(size.height)x\(size.width): \(Self.millions(size.multiplyAdds)) million multiply-adds\(memory)")
      for border in size.borders { item(Self.border(border), depth: 1) }
    }
  }

  private static func border(_ border: Explanation.Sized.Border) -> String {
    let size = "\(border.output) has \(border.height)x\(border.width) positions"
    guard let top = border.top, let bottom = border.bottom, let left = border.left, let right = border.right else {
      return "\(size), all of which have seen what lies beyond an edge of the picture, through up to "
        + "\(border.stages) stages"
    }
    guard border.stages > 0 else { return "\(size), none of which has seen what lies beyond the edges of the picture" }
    return
      "\(size); the first \(top) and last \(bottom) rows, the first \(left) and last \(right) columns have seen what "
      + "lies beyond the edges of the picture, through up to \(border.stages) stages"
  }

  private static func millions(_ number: Double) -> String { String(format: "%.1f", number / 1e6) }

  // MARK: Layout

  private mutating func heading(_ text: String) {
    if lines.last != "" { lines.append("") }
    lines += isMarkdown ? ["## \(text)", ""] : [text]
  }

  private mutating func item(_ text: String, depth: Int = 0) {
    if isMarkdown {
      lines.append(String(repeating: "  ", count: depth) + "- " + text)
    } else {
      lines += Self.wrapped(text, indent: 2 + 2 * depth)
    }
  }

  private mutating func paragraph(_ text: String) {
    lines += isMarkdown ? [text] : Self.wrapped(text, indent: 0, hanging: 0)
  }

  /// A text in lines of at most 100 characters, the lines after the first indented by some more.
  private static func wrapped(_ text: String, indent: Int, hanging: Int = 2) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > 100 {
        lines.append(line)
        line = String(repeating: " ", count: indent + hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
