import FCNCore

extension Parser {
  /// `file = { NEWLINE } [ version ] { item end }`
  mutating func parseFile(comments: [Comment]) -> NetworkSyntax {
    var tree = NetworkSyntax(file: file, comments: comments)
    while current.kind != .end {
      let start = current
      statementStart = index
      do throws(Recovery) {
        if at(.fcn), next.kind != .symbol(.assign) {
          let version = try parseVersion()
          if tree.version != nil || !tree.items.isEmpty {
            report(
              Diagnostic(
                .misplacedVersion, "the version of the language does not stand first", at: version.range,
                related: tree.version.map { [.init($0.range, "the version is stated here already")] } ?? [],
                help: tree.version == nil ? "move the line to the beginning of the file" : "remove the line"))
          } else {
            tree.version = version
          }
        } else {
          tree.items.append(try parseItem())
        }
        try endStatement()
      } catch {
        synchronize(from: start)
        if current.lower == start.lower { advance() }
      }
    }
    return tree
  }

  private mutating func parseVersion() throws(Recovery) -> VersionSyntax {
    let start = current
    advance()
    guard case .integer(let number) = current.kind, !atLineEnd else {
      throw unexpected("the version of the language, a whole number", help: "the newest version is `fcn 1`")
    }
    advance()
    let version = VersionSyntax(number: number, range: range(from: start))
    if let diagnostic = version.problem { report(diagnostic) }
    return version
  }

  mutating func parseItem() throws(Recovery) -> NetworkSyntax.Item {
    guard case .keyword(let keyword) = current.kind, next.kind != .symbol(.assign) else {
      return .statement(try parseStatement())
    }
    switch keyword {
    case .include: return .include(try parseInclude())
    case .network: return .network(try parseHeader())
    case .input: return .input(try parseInput())
    case .output: return .output(try parseOutput())
    case .def: return .definition(try parseDefinition())
    case .weights: return .weights(try parseWeights())
    default: return .statement(try parseStatement())
    }
  }

  private mutating func parseInclude() throws(Recovery) -> IncludeSyntax {
    let start = current
    let help = "an include is written `include \"blocks.fcn\" as blocks`"
    advance()
    guard case .string(let path) = current.kind, !atLineEnd else {
      throw unexpected("the path of a file in quotation marks", help: help)
    }
    let pathRange = range(current)
    advance()
    guard at(.as) else { throw unexpected("`as` and a name after the path", help: help) }
    advance()
    let name = try expectName("the name of the included file")
    return IncludeSyntax(path: path, pathRange: pathRange, name: name, range: range(from: start))
  }

  private mutating func parseHeader() throws(Recovery) -> HeaderSyntax {
    let start = current
    advance()
    let name = try expectName("the name of the network")
    let parameters = at(.leftParenthesis) ? try parseParameters() : []
    if !atLineEnd { throw unexpected("the parameters in `( )` or the end of the line") }
    return HeaderSyntax(name: name, parameters: parameters, range: range(from: start))
  }

  private mutating func parseParameters() throws(Recovery) -> [ParameterSyntax] {
    var parameters: [ParameterSyntax] = []
    _ = try parseList(of: "a parameter") { parser throws(Recovery) in
      let name = try parser.expectName("the name of a parameter")
      if parser.at(.colon) {
        let colon = parser.range(parser.current)
        let hasType = parser.next.kind == .name
        let fixIt =
          hasType
          ? FixIt(
            "leave the type out", .suggested,
            [.init(parser.range(colon.lower, parser.next.upper), "")])
          : FixIt("write `=`", .suggested, [.init(colon, " =")])
        parser.report(
          Diagnostic(
            .colonInParameter, "a parameter is not followed by `:`", at: colon,
            help: "parameters have no types; a default is written `\(name.name) = ...`", fixIts: [fixIt]))
        parser.advance()
        _ = try parser.parseExpression()
        if parser.take(.assign) { _ = try parser.parseExpression() }
        return parameters.append(ParameterSyntax(name: name, defaultValue: nil))
      }
      let value: ExpressionSyntax? = parser.take(.assign) ? try parser.parseExpression() : nil
      parameters.append(ParameterSyntax(name: name, defaultValue: value))
    }
    return parameters
  }

  private mutating func parseInput() throws(Recovery) -> InputSyntax {
    let start = current
    advance()
    let name = try expectName("the name of the input")
    guard at(.leftBracket) else {
      throw unexpected(
        "the number of channels in `[ ]`", help: "an input is written `input \(name.name)[3]`")
    }
    var values: [ExpressionSyntax] = []
    let opener = current
    let isRead = try parseList(of: "the number of channels") { parser throws(Recovery) in
      values.append(try parser.parseExpression())
    }
    if isRead, values.count != 1 {
      report(
        Diagnostic(
          .unexpectedToken, "an input states one number, its channels", at: range(from: opener),
          help: "heights and widths are not stated: a network takes every size that it can; write `\(name.name)[3]`"))
    }
    var like: ExpressionSyntax?
    if at(.like) {
      advance()
      like = try parseExpression()
    }
    if at(.arrow) {
      throw unexpected(
        "`=` before the preprocessing",
        help: "the steps follow the word `picture`: `input \(name.name)[3] = picture -> rgb`")
    }
    let preprocessing: ExpressionSyntax? = take(.assign) ? try parseExpression() : nil
    return InputSyntax(
      name: name, channels: values.first ?? invalid(from: opener), like: like, preprocessing: preprocessing,
      range: range(from: start))
  }

  private mutating func parseOutput() throws(Recovery) -> OutputSyntax {
    let start = current
    advance()
    let name = try expectName("the name of the output")
    var kind: CallSyntax?
    if take(.colon) { kind = try parseCall("the kind of the output, such as `labels`") }
    if at(.arrow) {
      throw unexpected("`=` before the value of the output", help: "an output is written `output \(name.name) = ...`")
    }
    guard at(.assign) || atLineEnd else { throw unexpected("\(kind == nil ? "`:`, " : "")`=` or the end of the line") }
    let value: ExpressionSyntax? = take(.assign) ? try parseExpression() : nil
    return OutputSyntax(name: name, kind: kind, value: value, range: range(from: start))
  }

  private mutating func parseDefinition() throws(Recovery) -> DefinitionSyntax {
    let start = current
    advance()
    let name = try expectName("the name of the definition")
    guard at(.leftParenthesis) else {
      throw unexpected(
        "the parameters in `( )`", help: "a definition is written `def \(name.name)(x) { ... }`")
    }
    let parameters = try parseParameters()
    if at(.colon) {
      let colon = range(current)
      report(
        Diagnostic(
          .unexpectedToken, "expected `{`, found `:`", at: colon,
          help: "the body of a definition stands in `{ }`: `def \(name.name)(x) { ... }`"))
      throw Recovery()
    }
    let body = try parseBlock("the body of the definition")
    return DefinitionSyntax(name: name, parameters: parameters, body: body, range: range(from: start))
  }

  private mutating func parseWeights() throws(Recovery) -> WeightMapSyntax {
    let start = current
    let help = "a pair is written `\"name in the network\" = \"name in the file\"`, one on a line"
    advance()
    let opener = current
    try expect(.leftBrace, "after `weights`", help: "write `weights { ... }`")
    blockDepth += 1
    defer { blockDepth -= 1 }
    var entries: [WeightMapSyntax.Entry] = []
    while !(current.kind == .symbol(.rightBrace)) {
      guard current.kind != .end, !startsItemOutside(opener) else {
        reportUnclosed(opener)
        return WeightMapSyntax(entries: entries, range: range(from: start))
      }
      let first = current
      statementStart = index
      do throws(Recovery) {
        let weight = try expectString("the name of a weight in quotation marks", help: help)
        try expect(.assign, "after the name of the weight", help: help)
        let tensor = try expectString("the name of a tensor in quotation marks", help: help)
        entries.append(.init(weight: weight, tensor: tensor))
        if !take(.comma), !atLineEnd, current.kind != .symbol(.rightBrace) {
          throw unexpected("the end of the line or `,` after the pair", help: help)
        }
      } catch {
        synchronize(from: first)
        if current.lower == first.lower, current.kind != .symbol(.rightBrace) { advance() }
      }
    }
    advance()
    return WeightMapSyntax(entries: entries, range: range(from: start))
  }

  private mutating func expectString(_ role: String, help: String) throws(Recovery) -> Identifier {
    guard case .string(let value) = current.kind, !atLineEnd else {
      throw unexpected(role, help: help)
    }
    let string = Identifier(value, range(current))
    advance()
    return string
  }
}

extension VersionSyntax {
  /// What is wrong with the number, nil where this compiler reads the version.
  var problem: Diagnostic? {
    guard number != 1 else { return nil }
    return Diagnostic(
      .unsupportedVersion, "version \(number) of the language is not known", at: range,
      help: "this compiler reads `fcn 1`\(number > 1 ? "; a newer one may read the file" : "")")
  }
}
