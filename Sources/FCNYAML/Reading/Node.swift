import FCNCore

/// A node of a YAML document with its place.
struct Node {
  enum Kind {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
  }

  struct Entry {
    var key: Node
    var value: Node
  }

  struct Scalar {
    enum Style { case plain, quoted, block }

    var text: String
    var style: Style
    /// The text as it stands in the file, without quotation marks or the first line of a block.
    var content: SourceRange
  }

  var kind: Kind
  var range: SourceRange
  /// The number of nodes in the tree below and with this one, those behind aliases counted at each use.
  var size: Int

  /// What the node is, for messages.
  var description: String {
    switch kind {
    case .scalar(let scalar):
      isNull ? "nothing" : scalar.style == .quoted ? "a text in quotation marks" : "a single word or number"
    case .sequence: "a sequence"
    case .mapping: "a mapping"
    }
  }

  var scalar: Scalar? {
    if case .scalar(let scalar) = kind { return scalar }
    return nil
  }

  /// True for what YAML reads as null: nothing, `~` or `null`.
  var isNull: Bool { scalar.map { $0.style == .plain && CoreScalar($0.text) == .null } ?? false }
}
