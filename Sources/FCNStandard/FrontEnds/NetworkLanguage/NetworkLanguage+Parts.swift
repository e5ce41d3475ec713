import FCNCore

/// Expressions of the network language inside files of another form.
extension NetworkLanguage {
  /// Reads a stretch of a file as one expression; line ends in it are white space. What cannot be read is reported and
  /// gives an expression that is invalid.
  ///
  /// - Parameter namespaces: the names under which the file includes others.
  public static func expression(
    at range: SourceRange, namespaces: Set<String>, report sink: inout DiagnosticSink
  ) -> ExpressionSyntax {
    read(range, namespaces: namespaces, report: &sink) { parser throws(Recovery) in try parser.parseExpression() }
      ?? ExpressionSyntax(.invalid, range: range)
  }

  /// Reads a stretch of a file as one link of a chain; nil where it cannot be read, which is reported.
  public static func link(
    at range: SourceRange, namespaces: Set<String>, report sink: inout DiagnosticSink
  ) -> ChainLinkSyntax? {
    read(range, namespaces: namespaces, report: &sink) { parser throws(Recovery) in try parser.parseLink() }
  }

  /// Reads a stretch of a file as a label without its `@`; nil where it cannot be read, which is reported.
  public static func label(at range: SourceRange, report sink: inout DiagnosticSink) -> LabelSyntax? {
    read(range, asLabel: true, namespaces: [], report: &sink) { parser throws(Recovery) in try parser.parseLabel() }
      ?? nil
  }

  /// The text of an expression, on one line where it holds no block of statements; its comments are left out.
  public static func text(of expression: ExpressionSyntax) -> String {
    var printer = Printer(partsOf: expression.range.file)
    return printer.text(expression)
  }

  /// The text of the use of a stage or a definition.
  public static func text(of call: CallSyntax) -> String {
    var printer = Printer(partsOf: call.range.file)
    return printer.text(call)
  }

  /// The text of a label without its `@`.
  public static func text(of label: LabelSyntax) -> String {
    var printer = Printer(partsOf: label.range.file)
    return printer.text(label)
  }

  /// Reports a version of the language that is not known.
  public static func check(_ version: VersionSyntax, report sink: inout DiagnosticSink) {
    if let diagnostic = version.problem { sink.report(diagnostic) }
  }

  private static func read<Part>(
    _ range: SourceRange, asLabel: Bool = false, namespaces: Set<String>, report sink: inout DiagnosticSink,
    _ body: (inout Parser) throws(Recovery) -> Part
  ) -> Part? {
    let lexer = Lexer(range, asLabel: asLabel)
    var parser = Parser(range.file, lexer: lexer, namespaces: namespaces)
    // An open bracket around the text makes its line ends white space.
    parser.brackets = [
      Token(
        kind: .symbol(.leftParenthesis), lower: range.lower, upper: range.lower, startsLine: false, indentation: -1)
    ]
    var part: Part?
    do throws(Recovery) {
      let found = try body(&parser)
      guard parser.current.kind == .end else {
        throw parser.unexpectedAfterExpression(asLabel ? "the end of the label" : "the end of the text")
      }
      part = found
    } catch {}
    for diagnostic in parser.diagnostics { sink.report(diagnostic) }
    for comment in lexer.comments {
      sink.report(
        Diagnostic(
          .foreignComment, "`//` does not begin a comment here", at: comment.range,
          help: "in this form a comment begins with ` #`"))
      part = nil
    }
    return part
  }
}
