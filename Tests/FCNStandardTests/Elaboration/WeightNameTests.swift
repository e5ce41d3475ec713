import FCNCore
import Testing

/// Texts and the weight paths that the rules of the language reference give; the rule stands before each.
@Suite struct WeightNameTests {
  static let double = """
    def double(x, width) {
      x -> conv(width, kernel: 1) -> batchnorm(eps: 1e-5) -> relu -> conv(width, kernel: 1) -> relu
    }

    """

  static let cases: [(rule: String, text: String, paths: [String])] = [
    ("1: a label is the path", "y = image -> conv(16, kernel: 1) @head", ["head"]),
    ("1: dots in a label", "y = image -> conv(16, kernel: 1) @enc.head.0", ["enc.head.0"]),
    ("2: value, stage", "edge = image -> conv(8, kernel: 1)\ny = edge", ["edge.conv"]),
    (
      "2: numbers from the second use on",
      "y = image -> conv(8, kernel: 1) -> conv(8, kernel: 1) -> conv(8, kernel: 1)",
      ["y.conv", "y.conv2", "y.conv3"]
    ),
    (
      "2: every stage counts for itself", "y = image -> conv(8, kernel: 1) -> batchnorm(eps: 0) -> conv(8, kernel: 1)",
      ["y.conv", "y.batchnorm", "y.conv2"]
    ),
    ("2: stages without weights rename nothing", "y = image -> relu -> conv(8, kernel: 1)", ["y.conv"]),
    (
      "2: a label on one use renames no other",
      "y = image -> conv(8, kernel: 1) @a -> conv(8, kernel: 1)", ["a", "y.conv2"]
    ),
    ("2: the first of several names counts", "a, b = image -> conv(8, kernel: 1) -> split\ny = a + b", ["a.conv"]),
    (
      "2: both sides of an operator", "y = (image -> conv(8, kernel: 1)) + (image -> conv(8, kernel: 1))",
      ["y.conv", "y.conv2"]
    ),
    (
      "2: an if belongs to its statement",
      "y = if true { t = image -> conv(4, kernel: 1)\n t -> conv(8, kernel: 1) } else { image }", ["t.conv", "y.conv"]
    ),
    (
      "2: an if in a chain belongs to its statement",
      "y = image -> conv(8, kernel: 1) -> if true { conv(8, kernel: 1) }", ["y.conv", "y.conv2"]
    ),
    (
      "3: the path of the use before the paths inside", double + "e1 = image -> double(16)\ny = e1",
      ["e1.double.conv", "e1.double.batchnorm", "e1.double.conv2"]
    ),
    (
      "3: a label on the use", double + "y = image -> double(16) @enc",
      ["enc.conv", "enc.batchnorm", "enc.conv2"]
    ),
    (
      "3: two uses in one statement", double + "y = image -> double(4) -> double(8)",
      [
        "y.double.conv", "y.double.batchnorm", "y.double.conv2", "y.double2.conv", "y.double2.batchnorm",
        "y.double2.conv2",
      ]
    ),
    (
      "3: definitions in definitions",
      "def a(x) {\n  t = x -> conv(4, kernel: 1)\n  t -> relu\n}\ndef b(x) {\n  u = x -> a\n  u -> a\n}\ny = image -> b",
      ["y.b.u.a.t.conv", "y.b.a.t.conv"]
    ),
    (
      "4: value, turn, name in the turn",
      double
        + "deep = repeat i < 2 with x = image {\n  skip = x -> double(4)\n  next x = skip -> conv(4, kernel: 1)\n}\ny = deep",
      [
        "deep.0.skip.double.conv", "deep.0.skip.double.batchnorm", "deep.0.skip.double.conv2", "deep.0.x.conv",
        "deep.1.skip.double.conv", "deep.1.skip.double.batchnorm", "deep.1.skip.double.conv2", "deep.1.x.conv",
      ]
    ),
    (
      "4: a repeat in a chain", "y = image -> conv(4, kernel: 1) -> repeat i < 2 { conv(4, kernel: 1) -> relu }",
      ["y.conv", "y.0.conv", "y.1.conv"]
    ),
    (
      "4: a label and the turn", "y = image -> repeat i < 2 { conv(4, kernel: 1) } @down",
      ["down.0.conv", "down.1.conv"]
    ),
    (
      "4: a label with the index stays as it is", "y = image -> repeat i < 2 { conv(4, kernel: 1) } @b.{2 * i + 1}",
      ["b.1.conv", "b.3.conv"]
    ),
    (
      "4: repeats in repeats", "y = image -> repeat i < 2 { repeat j < 2 { conv(4, kernel: 1) } }",
      ["y.0.0.conv", "y.0.1.conv", "y.1.0.conv", "y.1.1.conv"]
    ),
    (
      "4: a collected stage stands alone",
      "x, list = repeat i < 2 with x = image {\n  next x = x\n  collect x -> conv(4, kernel: 1)\n}\ny = concat(list)",
      ["x.0.conv", "x.1.conv"]
    ),
    (
      "5: an absolute label", "def a(x) { x -> conv(4, kernel: 1) @/stem.conv }\ny = image -> a", ["stem.conv"]
    ),
    (
      "5: an absolute label on a use", double + "def outer(x) { x -> double(4) @/core }\ny = image -> outer",
      ["core.conv", "core.batchnorm", "core.conv2"]
    ),
    (
      "5: an empty label on a use", "def a(x) { x -> conv(4, kernel: 1) @one }\ny = image -> a @.", ["one"]
    ),
    (
      "5: an empty label on a repeat", "y = image -> repeat i < 2 { conv(4, kernel: 1) @block.{i} } @.",
      ["block.0", "block.1"]
    ),
    (
      "6: shared on purpose",
      "a = image -> conv(3, kernel: 1) @/s\ny = a -> conv(3, kernel: 1) @/s", ["s", "s"]
    ),
    (
      "6: shared definitions",
      "def f(x) { x -> conv(3, kernel: 1) }\na = image -> f @/s\ny = a -> f @/s", ["s.conv", "s.conv"]
    ),
  ]

  @Test(arguments: cases) func pathsFollowTheRules(rule: String, text: String, paths: [String]) {
    let result = Elaborated.network(text)
    #expect(result.errors.isEmpty, "\(rule): \(result.diagnostics.map(\.message))")
    #expect(result.weightPaths == paths, "\(rule)")
  }

  @Test func outputNamesItsStages() {
    let result = Elaborated("network n\ninput image[3]\noutput mask = image -> conv(2, kernel: 1) -> argmax\n")
    #expect(result.weightPaths == ["mask.conv"])
  }

  @Test func putInStatementsRenameNothing() {
    let before = Elaborated.network("a = image -> conv(4, kernel: 1)\ny = a -> conv(4, kernel: 1)")
    let after = Elaborated.network(
      "a = image -> conv(4, kernel: 1) -> relu\nb = a -> batchnorm(eps: 0)\ny = b -> conv(4, kernel: 1)")
    #expect(before.weightPaths == ["a.conv", "y.conv"])
    #expect(after.weightPaths == ["a.conv", "b.batchnorm", "y.conv"])
  }

  @Test(arguments: [
    // A label that is given twice.
    "a = image -> conv(4, kernel: 1) @w\ny = a -> conv(4, kernel: 1) @w",
    // One absolute, the other not.
    "a = image -> conv(4, kernel: 1) @w\ny = a -> conv(4, kernel: 1) @/w",
    // A repeat whose label tells no turns apart.
    "y = image -> repeat i < 2 { conv(3, kernel: 1) @w } @.",
    // Twice inside one use of a definition, which an absolute label on the use does not excuse.
    "def f(x) { x -> conv(3, kernel: 1) @w -> conv(3, kernel: 1) @w }\ny = image -> f @/s",
    // Two repeats in one statement.
    "y = image -> repeat i < 1 { conv(3, kernel: 1) } -> repeat i < 1 { conv(3, kernel: 1) }",
  ])
  func ambiguousNamesAreErrors(_ text: String) {
    #expect(Elaborated.network(text).errors == ["ambiguous-weight-name"])
  }

  @Test func sharedWeightsNeedOneShape() {
    let result = Elaborated.network("a = image -> conv(4, kernel: 1) @/s\ny = a -> conv(4, kernel: 1) @/s")
    #expect(result.errors == ["shared-weights-differ"])
  }
}
