import FCNCore

/// A network in the language of Graphviz.
public enum DotPicture {
  public static func text(of graph: Graph, limit: Int = NetworkDiagram.usualLimit) -> String {
    let diagram = NetworkDiagram(graph, limit: limit)
    var lines = [
      "digraph \(quoted(graph.name)) {", "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11]",
      "  edge [color=\"#7b8594\"]",
    ]
    for (index, box) in diagram.boxes.enumerated() {
      let label = ([box.title] + box.lines + (box.name.map { [$0] } ?? []) + [box.shape]).joined(separator: "\n")
      let shape = box.kind == .input || box.kind == .output ? ", shape=ellipse" : ""
      lines.append("  n\(index) [label=\(quoted(label))\(shape)]")
    }
    for arrow in diagram.arrows { lines.append("  n\(arrow.from) -> n\(arrow.to)") }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}

/// A network in the language of Mermaid, which GitHub draws in Markdown.
public enum MermaidPicture {
  public static func text(of graph: Graph, limit: Int = NetworkDiagram.usualLimit) -> String {
    let diagram = NetworkDiagram(graph, limit: limit)
    var lines = ["flowchart TD"]
    for (index, box) in diagram.boxes.enumerated() {
      let parts = [box.title] + box.lines + (box.name.map { [$0] } ?? []) + [box.shape]
      let label = parts.map(escaped).joined(separator: "<br/>")
      let (open, close) = box.kind == .input || box.kind == .output ? ("([", "])") : ("[", "]")
      lines.append("  n\(index)\(open)\"\(label)\"\(close)")
    }
    for arrow in diagram.arrows { lines.append("  n\(arrow.from) --> n\(arrow.to)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }
}
