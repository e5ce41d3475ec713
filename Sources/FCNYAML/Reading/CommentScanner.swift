import FCNCore

/// Finds the comments of a YAML file, which libyaml drops: what begins with `#` at the beginning of a line or behind
/// white space, outside scalars.
enum CommentScanner {
  /// - Parameter scalars: the scalars of the file, in its order.
  static func comments(of file: SourceFile, scalars: [SourceRange]) -> [Comment] {
    let bytes = file.bytes
    var comments: [Comment] = []
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var next = 0
    var lineIsBlank = true
    var isBehindSpace = true
    while position < bytes.count {
      while next < scalars.count, scalars[next].upper <= position { next += 1 }
      if next < scalars.count, scalars[next].lower == position {
        let isBlock = bytes[position] == UInt8(ascii: "|") || bytes[position] == UInt8(ascii: ">")
        if isBlock, let comment = headComment(file, scalars[next]) { comments.append(comment) }
        position = scalars[next].upper
        lineIsBlank = bytes[position - 1] == UInt8(ascii: "\n")
        isBehindSpace = lineIsBlank
        continue
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "#"), isBehindSpace {
        let comment = comment(file, from: position, isTrailing: !lineIsBlank)
        comments.append(comment)
        position = max(position + 1, comment.range.upper)
        continue
      }
      isBehindSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
      if byte == UInt8(ascii: "\n") { lineIsBlank = true } else if !isBehindSpace { lineIsBlank = false }
      position += 1
    }
    return comments
  }

  /// The comment on the first line of a block scalar.
  private static func headComment(_ file: SourceFile, _ scalar: SourceRange) -> Comment? {
    var position = scalar.lower + 1
    while position < scalar.upper, file.bytes[position] != UInt8(ascii: "\n") {
      if file.bytes[position] == UInt8(ascii: "#") { return comment(file, from: position, isTrailing: true) }
      position += 1
    }
    return nil
  }

  private static func comment(_ file: SourceFile, from start: Int, isTrailing: Bool) -> Comment {
    var end = start
    while end < file.bytes.count, file.bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let upper = end
    var lower = start + 1
    while lower < end, isBlank(file.bytes[lower]) { lower += 1 }
    while end > lower, isBlank(file.bytes[end - 1]) { end -= 1 }
    return Comment(
      text: String(decoding: file.bytes[lower..<end], as: UTF8.self),
      range: SourceRange(file: file, lower: start, upper: upper), isTrailing: isTrailing)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 || byte == 13 }
}
