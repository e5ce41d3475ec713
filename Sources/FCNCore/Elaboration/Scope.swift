/// The names of a block, and the block around it.
final class Scope {
  struct Binding {
    var item: Item
    var range: SourceRange
  }

  let parent: Scope?
  private(set) var bindings: [String: Binding] = [:]

  init(parent: Scope?) { self.parent = parent }

  func lookUp(_ name: String) -> Binding? {
    var scope: Scope? = self
    while let current = scope {
      if let binding = current.bindings[name] { return binding }
      scope = current.parent
    }
    return nil
  }

  func bind(_ name: String, _ binding: Binding) { bindings[name] = binding }

  /// Every name that can be seen from here.
  var visibleNames: [String] {
    var names: [String] = []
    var scope: Scope? = self
    while let current = scope {
      names += current.bindings.keys
      scope = current.parent
    }
    return names
  }
}

/// A file of the network: its definitions, the files that it includes, and its parameters.
final class SourceUnit {
  let file: SourceFile
  let parameters = Scope(parent: nil)
  var definitions: [String: Definition] = [:]
  var includes: [String: (unit: SourceUnit?, range: SourceRange)] = [:]
  /// Where the values of the network are defined, also those further down.
  var valueRanges: [String: SourceRange] = [:]

  init(file: SourceFile) { self.file = file }
}

/// A definition and the file whose names it sees.
final class Definition {
  let syntax: DefinitionSyntax
  unowned let unit: SourceUnit

  init(syntax: DefinitionSyntax, unit: SourceUnit) {
    self.syntax = syntax
    self.unit = unit
  }
}

/// Everything that the meaning of an expression depends on beside its text.
struct Environment {
  /// One use of a definition on the way to the text that is evaluated.
  struct Instance {
    var definition: Definition
    var range: SourceRange
  }

  /// What a statement may do beyond binding names.
  enum Place {
    /// The statements of the network itself.
    case network
    /// A body whose last statement states the results.
    case body
    /// A turn of a repeat.
    case turn
  }

  var unit: SourceUnit
  var scope: Scope
  var instances: [Instance] = []
  var scopes: [Graph.Scope] = []
  var prefix = WeightPath()
  var statement = StatementNames(base: nil)
}
