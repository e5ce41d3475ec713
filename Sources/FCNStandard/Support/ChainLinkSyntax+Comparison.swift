import FCNCore

extension ChainLinkSyntax {
  /// The text of the link with its blanks made one, and without the label of a call.
  var comparableText: String {
    var upper = range.upper
    if case .call(let call) = self, let label = call.label { upper = label.range.lower }
    return range.file.bytes[range.lower..<max(range.lower, upper)].comparableText
  }
}

extension ArraySlice<UInt8> {
  /// The text with its blanks made one.
  var comparableText: String {
    var text = String(decoding: self, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.hasSuffix("@") { text = text.dropLast().split(separator: " ").joined(separator: " ") }
    return text
  }
}
