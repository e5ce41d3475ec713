import FCNCore

/// The network language: `.fcn` files, as `Grammar/fcn.ebnf` writes them.
public struct NetworkLanguage: FrontEnd {
  public let name = "fcn"
  public let fileExtensions = ["fcn"]

  /// The words that cannot be names.
  public static let keywords = Keyword.allCases.map(\.rawValue)
  /// The operators, brackets and marks.
  public static let symbols = Symbol.allCases.map(\.rawValue)

  public init() {}

  public func parse(_ file: SourceFile, report sink: inout DiagnosticSink) -> NetworkSyntax {
    let lexer = Lexer(file)
    var parser = Parser(file, lexer: lexer)
    let tree = parser.parseFile(comments: lexer.comments)
    for diagnostic in parser.diagnostics { sink.report(diagnostic) }
    return tree
  }

  public func print(_ tree: NetworkSyntax) -> String {
    var printer = Printer(tree)
    return printer.print()
  }
}
