import FCNCore

extension NetworkSyntax {
  /// Where an output is named.
  func nameRange(ofOutput name: String) -> SourceRange? {
    for case .output(let output) in items where output.name.name == name { return output.name.range }
    return nil
  }

  /// Where an input is named.
  func nameRange(ofInput name: String) -> SourceRange? {
    for case .input(let input) in items where input.name.name == name { return input.name.range }
    return nil
  }

  /// Where the network is named.
  var networkName: SourceRange? {
    for case .network(let header) in items { return header.name.range }
    return nil
  }
}
