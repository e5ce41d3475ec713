import FCNCore

extension FixIt {
  /// Takes a link out of a chain, with the arrow before it; nil where the call is no link, or its text is not that of the
  /// network language.
  static func removingLink(_ call: SourceRange?, _ applicability: Applicability) -> FixIt? {
    guard let call else { return nil }
    let bytes = call.file.bytes
    var position = call.lower
    func skipBlanks() { while position > 0, bytes[position - 1] <= 0x20 { position -= 1 } }
    skipBlanks()
    guard position >= 2, bytes[position - 2] == UInt8(ascii: "-"), bytes[position - 1] == UInt8(ascii: ">") else {
      return nil
    }
    position -= 2
    skipBlanks()
    guard position > 0, bytes[position - 1] != UInt8(ascii: "|") else { return nil }
    let removed = SourceRange(file: call.file, lower: position, upper: call.upper)
    return FixIt("remove it", applicability, [Edit(removed, "")])
  }

  /// Takes an argument out of a call; nil where the text around it is not that of the network language.
  static func removingArgument(_ index: Int, of call: CallSyntax, _ applicability: Applicability) -> FixIt? {
    let argument = call.arguments[index].range
    func between(_ lower: Int, _ upper: Int) -> String {
      lower <= upper ? String(decoding: argument.file.bytes[lower..<upper], as: UTF8.self) : "?"
    }
    func isComma(_ text: String) -> Bool { text.filter { !$0.isWhitespace } == "," }
    let removed: SourceRange
    if index > 0, isComma(between(call.arguments[index - 1].range.upper, argument.lower)) {
      removed = SourceRange(file: argument.file, lower: call.arguments[index - 1].range.upper, upper: argument.upper)
    } else if index == 0, call.arguments.count > 1, isComma(between(argument.upper, call.arguments[1].range.lower)) {
      removed = SourceRange(file: argument.file, lower: argument.lower, upper: call.arguments[1].range.lower)
    } else {
      return nil
    }
    return FixIt("leave it out", applicability, [Edit(removed, "")])
  }
}
