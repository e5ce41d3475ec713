/// Parts of SVG files, the same text for the same numbers.
enum SVGText {
  /// A number with at most one digit behind the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10)
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Text in which XML finds no marks of its own.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// A text that is not longer than a box can hold.
  static func short(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  /// About how wide a text is, in a sans-serif font.
  static func width(_ text: String, size: Double) -> Double {
    text.reduce(0) { sum, letter in
      let share =
        "iljtfr.,:;'|()[]/ ".contains(letter) ? 0.34 : "mwMW".contains(letter) ? 0.88 : letter.isUppercase ? 0.68 : 0.57
      return sum + share * size
    }
  }

  /// The head of a file with the colours of the kinds of stages, in the light and in the dark.
  static func head(_ title: String, width: Double, height: Double) -> String {
    let (w, h) = (number(width), number(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" role="img" \
      font-family="system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif">
      <title>\(escaped(title))</title>
      <style>
      .title { fill: #fff; font-size: 12px; font-weight: 600 }
      .line { fill: #1f2430; font-size: 11px }
      .shape { fill: #5b6472; font-size: 10.5px }
      .name { fill: #1f2430; font-size: 11px; font-style: italic }
      .body { fill: #fff; stroke: #b8c0cc }
      .arrow { fill: none; stroke: #7b8594; stroke-width: 1.4 }
      .skip { fill: none; stroke: #2f6fb3; stroke-width: 1.6 }
      .head { fill: #7b8594 }
      .skiphead { fill: #2f6fb3 }
      .edge { stroke: #1f2430; stroke-opacity: 0.35; stroke-width: 0.8 }
      \(StageColor.rules)
      @media (prefers-color-scheme: dark) {
      .line, .name { fill: #e6e9ef }
      .shape { fill: #a7b0be }
      .body { fill: #232831; stroke: #4a5362 }
      .arrow { stroke: #8d97a6 }
      .head { fill: #8d97a6 }
      .skip { stroke: #6fb1f5 }
      .skiphead { fill: #6fb1f5 }
      .edge { stroke: #e6e9ef }
      }
      </style>

      """
  }
}

/// The colours of the kinds of boxes: one hue each, dark enough for white text.
enum StageColor {
  private static let colors: [(name: String, color: String)] = [
    ("convolution", "#2f5fa7"), ("normalization", "#46705c"), ("activation", "#a0433a"), ("arithmetic", "#6b6f76"),
    ("pooling", "#8a5a00"), ("resampling", "#1f7a7a"), ("join", "#6a4a9c"), ("arrangement", "#5c6470"),
    ("decision", "#9b2f6a"), ("input", "#3c4350"), ("output", "#3c4350"), ("group", "#2f5fa7"),
  ]

  static let rules = colors.map { ".\($0.name) { fill: \($0.color) }" }.joined(separator: "\n")
}

extension NetworkDiagram.Box.Kind {
  /// The class of its colour.
  var className: String {
    switch self {
    case .input: "input"
    case .output: "output"
    case .group: "group"
    case .stage(let category): category.rawValue
    }
  }
}
