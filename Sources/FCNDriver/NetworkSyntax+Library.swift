import FCNCore

extension NetworkSyntax {
  /// True for a file of definitions only, which other networks include.
  public var isLibrary: Bool {
    !items.isEmpty
      && items.allSatisfy { item in
        switch item {
        case .definition, .include: true
        default: false
        }
      }
  }
}
