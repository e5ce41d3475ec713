import FCNCore
import Testing

/// Where in their files weights are found: behind prefixes, in one of several state dicts.
@Suite struct PlacedWeightsTests {
  typealias Shapes = [(String, [Int])]

  /// The tensors of the network of `WeightBinderTests` behind a beginning.
  private static func behind(_ beginning: String, changing changes: [String: [Int]?] = [:]) -> Shapes {
    WeightBinderTests.shapes.compactMap { name, shape in
      guard let change = changes[name] else { return (beginning + name, shape) }
      return change.map { (beginning + name, $0) }
    }
  }

  private func bind(
    _ sources: [any WeightSource], map: WeightMap = [:], strict: Bool = false
  ) throws -> (graph: Graph, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    let graph = WeightBinder(sources, map: map, strict: strict).bind(try WeightBinderTests.network(), report: &sink)
    return (graph, sink.diagnostics)
  }

  private func isBound(_ graph: Graph) -> Bool { graph.nodes.allSatisfy { !$0.weights.isEmpty } }

  // MARK: Prefixes

  @Test(arguments: ["module.", "_orig_mod.", "module._orig_mod.", "model.", "net.", "a.b.c.d.e.f.g.h."])
  func aPrefixOfAllNamesIsLeftOut(_ prefix: String) throws {
    let (graph, diagnostics) = try bind([MemoryWeights(shapes: Self.behind(prefix))], strict: true)
    #expect(isBound(graph))
    #expect(diagnostics.map(\.id) == [.placedWeights])
    #expect(diagnostics.map(\.severity) == [.note])
    #expect(diagnostics.first?.message == "memory: `\(prefix)` before the names is left out")
  }

  @Test func plainNamesNeedNoWord() throws {
    let (graph, diagnostics) = try bind([MemoryWeights(shapes: Self.behind("") + Self.behind("ema."))])
    #expect(isBound(graph))
    #expect(diagnostics.map(\.id) == [.unusedTensor])
    #expect(diagnostics.first?.notes.first?.hasPrefix("in memory: `ema.a.weight`") == true)
  }

  /// One tensor that does not fit is named; the prefix is found all the same.
  @Test func aPrefixIsFoundWhereNotEverythingFits() throws {
    let misshapen = try bind([MemoryWeights(shapes: Self.behind("module.", changing: ["b.bias": [3]]))]).diagnostics
    #expect(misshapen.map(\.id) == [.placedWeights, .misshapenWeight])
    #expect(misshapen[1].message.hasPrefix("tensor `module.b.bias` (for `b.bias`) has the shape [3]"))
    let missing = try bind([MemoryWeights(shapes: Self.behind("module.", changing: ["b.bias": nil]))]).diagnostics
    #expect(missing.map(\.id) == [.placedWeights, .missingWeight])
    #expect(missing[1].message == "no tensor for the weight `b.bias` of shape [2]")
  }

  /// A few names that happen to end alike are no prefix.
  @Test func aPrefixOfFewNamesIsNotOne() throws {
    let shapes: Shapes = [("x.b.bias", [2]), ("x.b.weight", [2, 8, 1, 1])] + (0..<9).map { ("y.\($0)", [8]) }
    let diagnostics = try bind([MemoryWeights(shapes: shapes)]).diagnostics
    #expect(!diagnostics.contains { $0.id == .placedWeights })
    #expect(diagnostics.count { $0.id == .missingWeight } == 8)
  }

  @Test func twoPrefixesAreNotChosenFrom() throws {
    let source = MemoryWeights(shapes: Self.behind("net.") + Self.behind("ema.") + [("ema.more", [1])])
    let (graph, diagnostics) = try bind([source])
    #expect(!isBound(graph))
    #expect(diagnostics.map(\.id) == [.ambiguousStateDict])
    #expect(diagnostics.first?.message == "memory holds 2 sets of tensors that fit the network")
    #expect(diagnostics.first?.notes == ["`ema`: 9 tensors", "`net`: 8 tensors"])
    #expect(diagnostics.first?.help == "say which one is meant: `--key ema`")
    let selected = try #require(SelectedWeights(source, key: "net"))
    #expect(try bind([selected], strict: true).diagnostics.isEmpty)
    #expect(SelectedWeights(source, key: "ne") == nil)
  }

  /// What is mapped is called as in the file, or without the prefix.
  @Test(arguments: ["module.first", "first"])
  func aMapGoesWithAPrefix(_ tensor: String) throws {
    let shapes = Self.behind("module.", changing: ["a.bias": nil]) + [("module.first", [8])]
    let (graph, diagnostics) = try bind([MemoryWeights(shapes: shapes)], map: ["a.bias": tensor], strict: true)
    #expect(isBound(graph))
    #expect(diagnostics.map(\.id) == [.placedWeights])
  }

  @Test func everyFileHasItsOwnPrefix() throws {
    let all = WeightBinderTests.shapes
    let first = MemoryWeights(shapes: all.prefix(2).map { ("module.\($0)", $1) }, path: "one")
    let second = MemoryWeights(shapes: all.dropFirst(2).map { ("net.\($0)", $1) }, path: "two")
    let (graph, diagnostics) = try bind([first, second], strict: true)
    #expect(isBound(graph))
    #expect(
      diagnostics.map(\.message) == [
        "one: `module.` before the names is left out", "two: `net.` before the names is left out",
      ])
    let both = try bind([MemoryWeights(shapes: Self.behind("net."), path: "one"), second]).diagnostics
    #expect(both.filter { $0.id == .ambiguousTensor }.count == 6)
  }

  // MARK: State dicts

  private func checkpoint(_ parts: [(key: String, shapes: Shapes)], top: Shapes = []) -> MemoryWeights {
    var source = MemoryWeights(shapes: top + parts.flatMap { key, shapes in shapes.map { ("\(key).\($0.0)", $0.1) } })
    source.stateDicts = parts.map(\.key)
    return source
  }

  @Test func theOnlyStateDictNeedsNoWord() throws {
    let (graph, diagnostics) = try bind([checkpoint([("state_dict", Self.behind(""))])], strict: true)
    #expect(isBound(graph))
    #expect(diagnostics.isEmpty)
  }

  @Test func theStateDictThatFitsIsChosen() throws {
    let other: Shapes = [("fc.weight", [5, 5]), ("fc.bias", [5])]
    let parts = [("critic", other), ("model", Self.behind("module."))]
    let (graph, diagnostics) = try bind([checkpoint(parts, top: [("loss", [])])], strict: true)
    #expect(isBound(graph))
    #expect(
      diagnostics.map(\.message) == [
        "memory: the weights are those of `model`, and `module.` before the names is left out"
      ])
    let plain = try bind([checkpoint([("critic", other), ("model", Self.behind(""))])], strict: true)
    #expect(plain.diagnostics.map(\.message) == ["memory: the weights are those of `model`"])
  }

  /// Tensors beside the weights in the same state dict are not used; those of other state dicts are no concern.
  @Test func onlyTheStateDictItselfIsLookedThrough() throws {
    let parts = [("model", Self.behind("net.") + [("loss.weight", [1])]), ("critic", [("fc.weight", [5, 5])])]
    let diagnostics = try bind([checkpoint(parts)]).diagnostics
    #expect(diagnostics.map(\.id) == [.placedWeights, .unusedTensor])
    #expect(diagnostics.last?.notes == ["in memory: `loss.weight`"])
  }

  @Test func severalThatFitAreListed() throws {
    let source = checkpoint([("model", Self.behind("module.")), ("models.ema", Self.behind(""))])
    let diagnostics = try bind([source]).diagnostics
    #expect(diagnostics.map(\.id) == [.ambiguousStateDict])
    #expect(diagnostics.first?.notes == ["`model.module`: 8 tensors", "`models.ema`: 8 tensors"])
    for key in ["model.module", "models.ema", "model", "models"] {
      let selected = try #require(SelectedWeights(source, key: key))
      #expect(isBound(try bind([selected], strict: true).graph), "\(key)")
    }
  }

  @Test func whereNoneFitsAllAreListed() throws {
    let parts: [(String, Shapes)] = [("a b", [("w", [1])]), ("c", [("w", [1]), ("v", [1])])]
    let diagnostics = try bind([checkpoint(parts, top: [("loss", [])])]).diagnostics
    #expect(diagnostics.map(\.id) == [.ambiguousStateDict])
    #expect(diagnostics.first?.message == "memory holds 3 state dicts, and none of them fits the network")
    #expect(diagnostics.first?.notes == ["`c`: 2 tensors", "at the top: 1 tensor", "`a b`: 1 tensor"])
    #expect(diagnostics.first?.help == "say which one is meant: `--key c`")
  }

  /// A small state dict of which all fits is not the network's for that.
  @Test func aStateDictOfFewTensorsIsNotChosen() throws {
    let parts: [(String, Shapes)] = [
      ("other", [("b.bias", [2])]), ("model", Self.behind("", changing: [:]).map { ("\($0.0)s", $0.1) }),
    ]
    let diagnostics = try bind([checkpoint(parts)]).diagnostics
    #expect(diagnostics.map(\.id) == [.ambiguousStateDict])
    #expect(diagnostics.first?.notes == ["`model`: 8 tensors", "`other`: 1 tensor"])
  }

  /// Keys that are given and keys that are proposed go together.
  @Test func aProposedKeyIsTheWholeOne() throws {
    let source = checkpoint([("all.a", Self.behind("")), ("all.b b", Self.behind("") + [("x", [1])])])
    let selected = try #require(SelectedWeights(source, key: "all"))
    let found = try #require(try bind([selected]).diagnostics.first)
    #expect(found.notes == ["`all.b b`: 9 tensors", "`all.a`: 8 tensors"])
    #expect(found.help == "say which one is meant: `--key 'all.b b'`")
    #expect(isBound(try bind([try #require(SelectedWeights(source, key: "all.b b"))]).graph))
  }

  @Test func aSuggestionLooksInTheStateDictToo() throws {
    let source = checkpoint([
      ("state_dict", Self.behind("module.", changing: ["a.weight": nil]) + [("first", [8, 3, 3, 3])])
    ])
    var sink = DiagnosticSink()
    let suggestion = WeightSuggestion(for: try WeightBinderTests.network(), from: [source], report: &sink)
    #expect(suggestion.text == "a.weight = first\n")
    #expect(sink.diagnostics.map(\.id) == [.placedWeights])
  }

  /// Names of many dots, and many of them: the search is bounded.
  @Test(.timeLimit(.minutes(5))) func longNamesDoNotHoldItUp() throws {
    let dots = String(repeating: "a.", count: 2000)
    let shapes: Shapes = (0..<2000).map { ("\(dots)\($0)", [1]) }
    #expect(try bind([MemoryWeights(shapes: shapes)]).diagnostics.contains { $0.id == .missingWeight })
  }
}
