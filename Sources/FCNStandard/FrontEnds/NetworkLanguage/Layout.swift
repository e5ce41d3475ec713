/// A text with the places where its lines may be broken (after Wadler, "A prettier printer", 2003).
indirect enum Layout {
  case text(String)
  /// A blank, or a line break where the group around it does not fit on the line.
  case line
  /// Nothing, or a line break where the group around it does not fit on the line.
  case softLine
  /// A line break in any case.
  case newline
  /// A comment that stands at the end of the line, whatever follows the layout.
  case trailing(String)
  case sequence([Layout], breaks: Bool)
  case indented([Layout], breaks: Bool)
  /// Indented as the line on which it begins, whatever stands around it.
  case aligned([Layout], breaks: Bool)
  /// Broken at all of its own lines or at none.
  case group([Layout], breaks: Bool)

  static func sequence(_ parts: [Layout]) -> Layout { .sequence(parts, breaks: parts.contains(where: \.breaks)) }
  static func indented(_ parts: [Layout]) -> Layout { .indented(parts, breaks: parts.contains(where: \.breaks)) }
  static func aligned(_ parts: [Layout]) -> Layout { .aligned(parts, breaks: parts.contains(where: \.breaks)) }
  static func group(_ parts: [Layout]) -> Layout { .group(parts, breaks: parts.contains(where: \.breaks)) }

  /// True where the layout cannot stand on one line.
  var breaks: Bool {
    switch self {
    case .text, .line, .softLine: false
    case .newline, .trailing: true
    case .sequence(_, let breaks), .indented(_, let breaks), .aligned(_, let breaks), .group(_, let breaks): breaks
    }
  }

  /// The layout as text with lines of at most `width` columns where it allows that.
  func rendered(width: Int) -> String {
    var writer = LayoutWriter(width: width)
    writer.write(self)
    return writer.output
  }
}

private struct LayoutWriter {
  struct Pending {
    var indentation: Int
    var isFlat: Bool
    var layout: Layout
  }

  let width: Int
  var output = ""
  private var column = 0
  private var comments = ""
  private var stack: [Pending] = []

  init(width: Int) { self.width = width }

  mutating func write(_ layout: Layout) {
    stack = [Pending(indentation: 0, isFlat: false, layout: layout)]
    var indentation = 0
    while let pending = stack.popLast() {
      switch pending.layout {
      case .text(let text):
        guard !text.isEmpty else { continue }
        if column == 0 {
          output += String(repeating: " ", count: indentation)
          column = indentation
        }
        output += text
        column += text.unicodeScalars.count
      case .line where pending.isFlat:
        output += " "
        column += 1
      case .softLine where pending.isFlat: break
      case .line, .softLine, .newline:
        endLine()
        indentation = pending.indentation
      case .trailing(let comment): comments += "  " + comment
      case .sequence(let parts, _): push(parts, pending.indentation, pending.isFlat)
      case .indented(let parts, _): push(parts, pending.indentation + 2, pending.isFlat)
      case .aligned(let parts, _): push(parts, indentation, pending.isFlat)
      case .group(let parts, let breaks):
        push(parts, pending.indentation, !breaks && (pending.isFlat || fits(parts, from: max(column, indentation))))
      }
    }
    endLine()
  }

  private mutating func push(_ parts: [Layout], _ indentation: Int, _ isFlat: Bool) {
    for part in parts.reversed() { stack.append(Pending(indentation: indentation, isFlat: isFlat, layout: part)) }
  }

  private mutating func endLine() {
    output += comments + "\n"
    comments = ""
    column = 0
  }

  /// True where the parts and what follows them up to the next possible line break fit on the line.
  private func fits(_ parts: [Layout], from column: Int) -> Bool {
    var left = width - column
    var flat = Array(parts.reversed())
    var rest = stack.count
    while left >= 0 {
      let layout: Layout
      let isFlat: Bool
      if let next = flat.popLast() {
        (layout, isFlat) = (next, true)
      } else {
        guard rest > 0 else { return true }
        rest -= 1
        (layout, isFlat) = (stack[rest].layout, stack[rest].isFlat)
        // What follows in a layout that is not flat may be broken at its first line.
        if !isFlat, let length = Self.lengthToBreak(layout, limit: left) { return length <= left }
        if !isFlat, case .text(let text) = layout {
          left -= text.unicodeScalars.count
          continue
        }
      }
      switch layout {
      case .text(let text): left -= text.unicodeScalars.count
      case .line: left -= 1
      case .softLine, .trailing: break
      case .newline: return true
      case .sequence(let inner, _), .indented(let inner, _), .aligned(let inner, _), .group(let inner, _):
        flat += inner.reversed()
      }
    }
    return false
  }

  /// The columns up to the first line of a layout that is not flat; nil where it has none.
  private static func lengthToBreak(_ layout: Layout, limit: Int) -> Int? {
    var length = 0
    var parts = [layout]
    while let part = parts.popLast(), length <= limit {
      switch part {
      case .text(let text): length += text.unicodeScalars.count
      case .line, .softLine, .newline: return length
      case .trailing: break
      case .sequence(let inner, _), .indented(let inner, _), .aligned(let inner, _), .group(let inner, _):
        parts += inner.reversed()
      }
    }
    return length > limit ? length : nil
  }
}
