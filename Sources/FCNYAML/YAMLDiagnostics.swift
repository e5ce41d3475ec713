import FCNCore

extension DiagnosticID {
  /// What can be wrong with the form of a YAML file.
  public static let yamlCatalog: [DiagnosticID] = [
    .yamlAlias, .yamlCall, .yamlDocuments, .yamlDuplicateKey, .yamlEmpty, .yamlForm, .yamlKey, .yamlMerge,
    .yamlMissingKey, .yamlName, .yamlNesting, .yamlNumber, .yamlSyntax, .yamlTag, .yamlTooLarge, .yamlUnknownKey,
  ]

  static let yamlAlias = DiagnosticID(
    "yaml-alias",
    """
    `&name` before a node is an anchor and `*name` an alias: it stands for the node, as if that were written again. The \
    anchor comes first in the file, and an alias cannot stand inside its own node.
    """)

  static let yamlCall = DiagnosticID(
    "yaml-call",
    """
    The use of a stage or a definition is a mapping with its name as the one key, and the arguments as its value: \
    `conv: [16, kernel: 3, pad: same]`, `batchnorm: {eps: 1e-5}`, `maxpool: 2`. Beside it only the key `label` can \
    stand. A stage without arguments is its name alone: `relu`.
    """)

  static let yamlDocuments = DiagnosticID(
    "yaml-documents",
    """
    `---` inside the file begins another YAML document. A file holds one network, so it holds one document.
    """)

  static let yamlDuplicateKey = DiagnosticID(
    "yaml-duplicate-key",
    """
    YAML asks that the keys of a mapping differ; tools that do not check it keep the last one and lose the others \
    silently. Values of a network cannot be given twice in any case. Only a key that comes in through `<<` gives way to \
    one that is written.
    """)

  static let yamlEmpty = DiagnosticID(
    "yaml-empty",
    """
    Nothing stands here (or `~` or `null`, which YAML reads as nothing), where a value is needed.
    """)

  static let yamlForm = DiagnosticID(
    "yaml-form",
    """
    Something else stands here than the form asks for: a scalar (one text or number), a sequence (`- ...` lines or \
    `[...]`) or a mapping (`key: value` lines or `{...}`).
    """)

  static let yamlKey = DiagnosticID(
    "yaml-key",
    """
    Keys are names and words, so they are scalars. A sequence or mapping cannot be a key.
    """)

  static let yamlMerge = DiagnosticID(
    "yaml-merge",
    """
    The key `<<` takes the entries of another mapping, or of several in a sequence, into this one. Keys that are written \
    in the mapping itself go before them, and earlier mappings of the sequence before later ones.
    """)

  static let yamlMissingKey = DiagnosticID(
    "yaml-missing-key",
    """
    The mapping lacks a key that it needs in this place.
    """)

  static let yamlName = DiagnosticID(
    "yaml-name",
    """
    The names of values, parameters, definitions, inputs and outputs are letters, digits and `_`, not beginning with a \
    digit, and no keywords of the network language. Several names of one value are separated by commas: `skip, down:`.
    """)

  static let yamlNesting = DiagnosticID(
    "yaml-nesting",
    """
    Sequences and mappings may be nested \(Composer.nestingLimit) levels deep.
    """)

  static let yamlNumber = DiagnosticID(
    "yaml-number",
    """
    Whole numbers have 64 bits with a sign, decimals are finite IEEE 754 binary64 numbers.
    """)

  static let yamlSyntax = DiagnosticID(
    "yaml-syntax",
    """
    The file cannot be read as YAML, so nothing behind this place is known. Frequent causes: a tab in the indentation; \
    `: ` inside a plain text, which makes it a mapping; a text that begins with one of `[ ] { } & * ! | > ' " % @` \
    without being meant so.
    """)

  static let yamlTag = DiagnosticID(
    "yaml-tag",
    """
    Tags such as `!!str` say which type a YAML node has. Here the place decides that, so they are not used.
    """)

  static let yamlTooLarge = DiagnosticID(
    "yaml-too-large",
    """
    A file may have \(Composer.nodeLimit) scalars, sequences and mappings, those that aliases stand for counted each \
    time. Aliases of aliases grow fast: nine levels of ten are a thousand million.
    """)

  static let yamlUnknownKey = DiagnosticID(
    "yaml-unknown-key",
    """
    The mapping has a key that means nothing in this place.
    """)
}
