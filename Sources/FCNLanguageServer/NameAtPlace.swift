import FCNCore

/// The name in a text that a place lies in, and what it is the name of.
struct NameAtPlace {
  enum Role {
    /// A stage or a definition.
    case stage(CallSyntax)
    /// A parameter of a call.
    case argument(String, CallSyntax)
    case value
  }

  var text: String
  var range: SourceRange
  var role: Role

  init?(_ tree: NetworkSyntax, _ offset: Int) {
    var found: NameAtPlace?
    func look(_ name: Identifier, _ role: Role) {
      guard name.range.file === tree.file, name.range.lower <= offset, offset <= name.range.upper else { return }
      found = NameAtPlace(text: name.name, range: name.range, role: role)
    }
    tree.forEachPart { part in
      switch part {
      case .call(let call):
        for argument in call.arguments {
          if let name = argument.name { look(name, .argument(name.name, call)) }
        }
        look(call.name, .stage(call))
        if let namespace = call.namespace { look(namespace, .value) }
      case .expression(let expression):
        if case .name(let name) = expression.kind { look(Identifier(name, expression.range), .value) }
      case .statement(let statement):
        if case .binding(let names, _) = statement.kind { for name in names { look(name, .value) } }
        if case .next(let name, _) = statement.kind { look(name, .value) }
      case .item(.input(let input)): look(input.name, .value)
      case .item(.output(let output)): look(output.name, .value)
      case .item(.definition(let definition)):
        look(definition.name, .value)
        for parameter in definition.parameters { look(parameter.name, .value) }
      case .item(.network(let header)):
        look(header.name, .value)
        for parameter in header.parameters { look(parameter.name, .value) }
      case .item(.include(let include)):
        look(include.name, .value)
        look(Identifier(include.path, include.pathRange), .value)
      case .item, .block, .links: break
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init(text: String, range: SourceRange, role: Role) {
    self.text = text
    self.range = range
    self.role = role
  }
}
