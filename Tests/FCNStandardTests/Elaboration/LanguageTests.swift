import FCNCore
import FCNRuntime
import FCNStandard
import Testing

/// Every form of the language, by what it makes.
@Suite struct LanguageTests {
  /// The channels of the output of a network around `body`.
  private func channels(_ body: String) -> Int? {
    let result = Elaborated.network(body)
    #expect(result.errors.isEmpty, "\(result.diagnostics.map(\.message))")
    return result.graph.flatMap { graph in graph.outputs.first.map { graph.values[$0.value].type.channels } }
  }

  @Test(arguments: [
    ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("2 ^ 3 ^ 2 / 64", 8), ("17 % 5", 2), ("7 - -1", 8), ("12 / 4", 3),
    ("min(9, 4, 6)", 4), ("max(2, channels(image))", 3), ("channels(image) * 2", 6), ("[4, 5, 6][1]", 5),
    ("if 3 < 4 { 5 } else { 6 }", 5), ("if not (1 == 1) or 2 >= 3 { 5 } else { 6 }", 6),
    ("if true and 1 != 2 { 1 } else { 2 }", 1), ("if 1.5 <= 2 { 1 } else { 2 }", 1),
  ])
  func arithmetic(_ expression: String, _ expected: Int) {
    #expect(channels("y = image -> conv(\(expression), kernel: 1)") == expected)
  }

  @Test func shortCircuits() {
    #expect(channels("y = if false and 1 / 0 == 1 { image } else { image -> conv(7, kernel: 1) }") == 7)
  }

  @Test func definitionsTakeArgumentsByPositionAndName() {
    let definition = "def widen(x, width, kernel = 1) { x -> conv(width, kernel: kernel, pad: same) }\n"
    for use in [
      "image -> widen(5)", "widen(image, 5)", "widen(image, width: 5)", "image -> widen(width: 5, kernel: 3)",
    ] {
      #expect(channels(definition + "y = \(use)") == 5)
    }
  }

  @Test func defaultsSeeEarlierParameters() {
    #expect(channels("def f(x, a, b = a * 2) { x -> conv(b, kernel: 1) }\ny = image -> f(4)") == 8)
  }

  @Test func wordsPassThroughDefinitions() {
    let result = Elaborated.network(
      "def up(x, mode = nearest) { if mode == nearest { x -> relu } else { x -> upsample(2, mode: mode) } }\n"
        + "a = image -> up\ny = image -> up(mode: bilinear)\nz = concat(a, a)", result: "concat(z, a)")
    #expect(result.errors.isEmpty)
    #expect(result.stages == ["relu", "upsample", "concat", "concat"])
  }

  @Test func definitionsGiveSeveralResults() {
    #expect(
      channels(
        "def level(x, width) {\n  skip = x -> conv(width, kernel: 1)\n  skip, skip -> conv(2 * width, kernel: 1)\n}\n"
          + "skip, down = level(image, 4)\ny = concat(down, skip)") == 12)
  }

  @Test func repeatsCarryAndCollect() {
    let body = """
      deep, skips = repeat level < 3 with x = image {
        skip = x -> conv(4 * 2 ^ level, kernel: 1)
        next x = skip -> maxpool(2)
        collect skip
      }
      y = repeat level < 3 with u = deep {
        skip = skips[2 - level]
        next u = concat(u -> upsample(2), skip) -> conv(channels(skip), kernel: 1)
      }
      """
    let result = Elaborated.network(body)
    #expect(result.errors.isEmpty)
    #expect(
      result.stages == [
        "conv", "maxpool", "conv", "maxpool", "conv", "maxpool", "upsample", "concat", "conv", "upsample", "concat",
        "conv", "upsample", "concat", "conv",
      ])
    // Three halvings: the joins hold exactly for multiples of 8.
    let height = result.graph.flatMap { graph in graph.outputs.first.map { graph.values[$0.value].type.height } }
    for size in 1...64 { #expect(height?(size) == (size % 8 == 0 ? size : nil)) }
  }

  @Test func aListStandsForSeveralValues() {
    #expect(
      channels("x, list = repeat i < 4 with x = image {\n  next x = x\n  collect x\n}\ny = concat(list, x)") == 15)
  }

  @Test func zeroTurnsPassTheValue() {
    #expect(Elaborated.network("y = image -> repeat i < 0 { relu } -> conv(2, kernel: 1)").stages == ["conv"])
  }

  @Test func chainConditionals() {
    let text = "y = image -> if false { relu } -> if false { relu } else { argmax -> relu }"
    #expect(Elaborated.network(text).stages == ["argmax", "relu"])
  }

  @Test(arguments: [
    ("image + image", "add", 2), ("image - 1", "sub", 1), ("2 * image", "mul", 1), ("1 / image", "div", 1),
  ])
  func operatorsAreStages(_ expression: String, _ stage: String, _ inputs: Int) {
    let result = Elaborated.network("y = \(expression)")
    #expect(result.errors.isEmpty)
    #expect(result.stages == [stage])
    #expect(result.graph?.nodes.first?.inputs.count == inputs)
  }

  @Test(arguments: [("1 - image", true), ("image - 1", false), ("3 / image", true), ("image / 3", false)])
  func numbersOnTheLeftAreReversed(_ expression: String, _ isReversed: Bool) {
    let stage = Elaborated.network("y = \(expression)").graph?.nodes.first?.stage
    let arguments = (stage as? SampleSub)?.arguments ?? (stage as? SampleDiv)?.arguments
    #expect(arguments?.flag("reversed") == isReversed)
  }

  @Test func maxOfValuesIsTheStage() {
    #expect(Elaborated.network("y = max(image, image)").stages == ["max"])
  }

  @Test(arguments: ["y = crop(image, like: image)", "y = image -> crop(like: image)", "y = image -> crop(image)"])
  func valueParametersBecomeInputs(_ body: String) {
    #expect(Elaborated.network(body).graph?.nodes.first?.inputs.count == 2)
  }

  @Test func stagesGiveSeveralResults() {
    let result = Elaborated.network("a, b = image -> conv(8, kernel: 1) -> split\ny = concat(b, a)")
    #expect(result.errors.isEmpty)
    #expect(result.graph?.nodes.last?.inputs == [3, 2])
  }

  @Test func settingsReplaceDefaults() {
    let text =
      "network n(width = 4, eps = 0.5, deep = true, mode = nearest)\ninput image[3]\n"
      + "output y: raw = image -> conv(width, kernel: 1) -> batchnorm(eps: eps) -> if deep { relu }"
      + " -> upsample(2, mode: mode)\n"
    let plain = Elaborated(text)
    #expect(plain.errors.isEmpty)
    #expect(plain.stages == ["conv", "batchnorm", "relu", "upsample"])
    let set = Elaborated(text, settings: ["width": "9", "deep": "false", "eps": "1", "mode": "bilinear"])
    #expect(set.errors.isEmpty)
    #expect(set.stages == ["conv", "batchnorm", "upsample"])
    #expect(set.graph?.outputs.first?.description.channels == 9)
    #expect(Elaborated(text, settings: ["width": "wide"]).errors == ["wrong-setting"])
    #expect(Elaborated(text, settings: ["width": "1.5"]).errors == ["wrong-setting"])
    #expect(Elaborated(text, settings: ["widht": "1"]).errors == ["unknown-setting"])
    #expect(Elaborated(text, settings: ["mode": "cubic"]).errors == ["unknown-word"])
  }

  @Test func includedDefinitionsSeeTheirOwnFile() {
    let files = [
      "blocks.fcn": "include \"base.fcn\" as base\nnetwork blocks(width = 6)\n"
        + "def wide(x) { x -> helper -> base.one }\ndef helper(x) { x -> conv(width, kernel: 1) }\n",
      "base.fcn": "def one(x) { x -> conv(5, kernel: 1) -> relu }\n",
    ]
    let result = Elaborated(
      "include \"blocks.fcn\" as blocks\ninclude \"base.fcn\" as base\nnetwork n(width = 2)\ninput image[3]\n"
        + "output y: raw = image -> blocks.wide -> base.one\n", files: files)
    // The network's own `width` is not used.
    #expect(result.errors.isEmpty)
    #expect(result.weightPaths == ["y.wide.helper.conv", "y.wide.one.conv", "y.one.conv"])
    #expect(result.graph?.values[1].type.channels == 6)
  }

  @Test func includeCyclesNameTheChain() {
    let files = ["a.fcn": "include \"b.fcn\" as b\n", "b.fcn": "include \"a.fcn\" as a\n"]
    let result = Elaborated(
      "include \"a.fcn\" as a\nnetwork n\ninput image[3]\noutput y: raw = image\n", files: files)
    #expect(result.errors == ["include-cycle"])
    #expect(result.diagnostics.first { $0.id.name == "include-cycle" }?.related.count == 2)
  }

  @Test func inputsStateTheirSizes() {
    let result = Elaborated(
      "network n\ninput image[3]\ninput small[1] like image / 4\ninput large[1] like small * 8\n"
        + "output a: raw = small -> relu\noutput b: raw = large -> relu\noutput c: raw = image -> relu\n")
    #expect(result.errors.isEmpty)
    let sizes = result.graph.map { graph in graph.inputs.map { graph.values[$0.value].type.height } } ?? []
    #expect(sizes.count == 3)
    for size in 1...40 {
      let divides = size % 4 == 0
      #expect(sizes.dropFirst().first?(size) == (divides ? size / 4 : nil))
      #expect(sizes.last?(size) == (divides ? size * 2 : nil))
    }
  }

  private func steps(_ preprocessing: String, channels: Int = 3) -> [String] {
    let result = Elaborated(
      "network n\ninput image[\(channels)] = picture\(preprocessing)\noutput y: raw = image -> relu\n")
    #expect(result.errors.isEmpty, "\(result.diagnostics.map(\.message))")
    return result.graph?.inputs.first?.description.preprocessing.map { "\($0)" } ?? []
  }

  @Test func preprocessing() {
    #expect(steps("") == ["rgb"])
    #expect(steps(" -> bgr -> range(255)") == ["bgr", "range(maximum: 255.0)"])
    #expect(steps(" -> grey", channels: 1) == ["grey(red: 0.299, green: 0.587, blue: 0.114)"])
    #expect(steps(" -> luma", channels: 1) == ["luma"])
    #expect(steps(" -> scale(2)") == ["rgb", "scale([2.0])"])
    #expect(steps(" -> unit") == ["rgb"])
    #expect(steps("", channels: 5) == [] && steps("", channels: 1) == [])
    #expect(steps(" -> divide(1, 2, 4, 8, 16)", channels: 5) == ["divide([1.0, 2.0, 4.0, 8.0, 16.0])"])
    #expect(steps(" -> subtract(1, 2, 3) -> luma", channels: 1) == ["subtract([1.0, 2.0, 3.0])", "luma"])
    #expect(
      steps(" -> caffe_vgg") == ["bgr", "range(maximum: 255.0)", "subtract([103.939, 116.779, 123.68])"])
    #expect(
      steps(" -> imagenet") == ["rgb", "subtract([0.485, 0.456, 0.406])", "divide([0.229, 0.224, 0.225])"])
    #expect(steps(" -> resize(factor: [3, 2], filter: area)").count == 2)
    #expect(steps(" -> resize(480x640, filter: bilinear)").last?.contains("exact(height: 480, width: 640)") == true)
    #expect(steps(" -> resize(short: 512, filter: nearest)").last?.contains("shortSide(512)") == true)
  }

  @Test func outputKinds() {
    let result = Elaborated(
      """
      network n
      input image[3]
      scores = image -> conv(2, kernel: 1)
      output a = scores -> argmax
      output b: labels(names: ["sky", "road"], colors: ["#000000", "#FF8000"], ignore: 255) = scores -> argmax
      output c: logits(names: ["sky", "road"]) = scores
      output d: image(range: 255, order: bgr) = image -> conv(3, kernel: 1)
      output e: probability = scores -> relu
      output f: density = scores -> relu
      output scores
      """)
    #expect(result.errors.isEmpty)
    let kinds = result.graph?.outputs.map { "\($0.description.kind)" } ?? []
    #expect(kinds.count == 7)
    #expect(kinds.first?.hasPrefix("labels") == true)
    if case .labels(let classes)? = result.graph?.outputs.dropFirst().first?.description.kind {
      #expect(classes.names == ["sky", "road"])
      #expect(classes.colors == [0, 0xFF8000])
      #expect(classes.ignored == 255)
    } else {
      Issue.record("the second output is of the kind labels")
    }
    #expect(kinds.last == "raw")
  }

  @Test func lumaIsJoinedWithItsInput() {
    let result = Elaborated(
      "network n\ninput image[1] = picture -> luma\noutput y: image = image -> conv(1, kernel: 1)\n")
    if case .image(_, .luma)? = result.graph?.outputs.first?.description.kind { return }
    Issue.record("an image of one channel gets the chroma of a luma input")
  }

  @Test func weightMaps() {
    let result = Elaborated.network("y = image -> conv(2, kernel: 1)\nweights {\n  \"y.conv.weight\" = \"f1\"\n}")
    #expect(result.graph?.weightMap == ["y.conv.weight": "f1"])
  }

  @Test func rejectionsSayWhichUseLedThere() throws {
    let result = Elaborated.network(
      "def inner(x) { x -> conv(4, kernel: 3) }\ndef outer(x) { x -> inner }\ny = image -> outer")
    #expect(result.errors == ["stage-rejected"])
    let diagnostic = try #require(result.diagnostics.first)
    #expect(diagnostic.range?.start == SourcePosition(line: 3, column: 37))
    let uses = diagnostic.related.map(\.text).filter { $0.hasPrefix("in this use") }
    #expect(uses == ["in this use of `inner`", "in this use of `outer`"])
  }

  @Test func rejectedInputsPointAtWhatGivesThem() throws {
    let result = Elaborated.network("a = image -> conv(4, kernel: 1)\ny = image + a")
    let diagnostic = try #require(result.diagnostics.first)
    #expect(diagnostic.range?.start == SourcePosition(line: 4, column: 13))
    #expect(diagnostic.related.contains { $0.range.start == SourcePosition(line: 4, column: 5) })
    // `a` comes from the convolution above.
    #expect(diagnostic.related.contains { $0.range.start == SourcePosition(line: 3, column: 14) })
  }

  @Test func faultsOfPluginsAreFindings() {
    #expect(Elaborated.network("y = image -> fault").errors == ["stage-fault"])
  }

  @Test func verdict() {
    let yes = Elaborated.network("y = image -> conv(4, kernel: 1)\n_z = image -> flatten")
    #expect(yes.graph.map { Verdict(of: $0).isFullyConvolutional } == true)
    let no = Elaborated.network("def head(x) { x -> flatten }\ny = image -> head").graph.map { Verdict(of: $0) }
    #expect(no?.isFullyConvolutional == false)
    #expect(no?.reasons.first?.stage == "flatten")
    #expect(no?.reasons.first?.instances.count == 1)
  }

  @Test func emptyDomainsNameTheJoin() {
    let result = Elaborated.network("a = image -> maxpool(2)\ny = concat(image, a) -> relu")
    var sink = DiagnosticSink()
    result.graph.map { Verdict(of: $0).report(to: &sink) }
    #expect(sink.diagnostics.map(\.id.name) == ["empty-size-domain"])
    #expect(sink.diagnostics.first?.range?.start == SourcePosition(line: 4, column: 5))
  }

  @Test func printedGraph() {
    let result = Elaborated.network("a = image -> conv(4, kernel: 3, pad: same)\ny = a -> maxpool(2) -> upsample(2)")
    #expect(
      result.graph.map(GraphPrinter.text) == """
        network n
        input image[3]  // H x W
        a[4] = conv(channels: 4, kernel: 3, pad: same) image  // H x W, weights a.conv
        maxpool[4] = maxpool(window: 2) a  // floor(H/2) x floor(W/2)
        y[4] = upsample(factor: 2) maxpool  // 2·floor(H/2) x 2·floor(W/2)
        output _out: raw = y

        """)
  }

  @Test func everyGraphVerifies() throws {
    let result = Elaborated.network("a, b = image -> conv(4, kernel: 1) -> split\ny = a + b")
    var graph = try #require(result.graph)
    #expect(GraphVerifier.faults(in: graph).isEmpty)
    graph.nodes.swapAt(0, 1)
    #expect(!GraphVerifier.faults(in: graph).isEmpty)
    graph.nodes.swapAt(0, 1)
    graph.values[1].type.channels = 9
    #expect(!GraphVerifier.faults(in: graph).isEmpty)
    graph.outputs[0].value = 99
    #expect(!GraphVerifier.faults(in: graph).isEmpty)
  }

  @Test func catalogHasEveryIdOnce() {
    let names = DiagnosticID.elaborationCatalog.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 40)
  }

  /// The network at the top of the language reference, with the stages that are built in.
  @Test func exampleOfTheReference() throws {
    let text = """
      fcn 1
      network nuclei(classes = 2, width = 16)
      input image[3] = picture -> rgb
      def double(x, filters) {
        x -> conv(filters, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
          -> conv(filters, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
      }
      e1 = image -> double(width)
      e2 = e1 -> maxpool(2) -> double(width * 2)
      e3 = e2 -> maxpool(2) -> double(width * 4)
      d2 = concat(e3 -> upsample(2, mode: bilinear, grid: half_pixel), e2) -> double(width * 2)
      d1 = concat(d2 -> upsample(2, mode: bilinear, grid: half_pixel), e1) -> double(width)
      output mask: labels(names: ["background", "nucleus"]) = d1 -> conv(classes, kernel: 1) -> argmax

      """
    // A definition sees the network's parameters, so its own cannot have the name of one.
    let wrong = text.replacing("filters", with: "width")
    #expect(Elaborated(wrong, plugin: StandardPlugin.self).errors == ["name-taken"])
    let result = Elaborated(text, plugin: StandardPlugin.self)
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    let graph = try #require(result.graph)
    #expect(GraphVerifier.faults(in: graph).isEmpty)
    #expect(
      result.weightPaths.prefix(4) == [
        "e1.double.conv", "e1.double.batchnorm", "e1.double.conv2", "e1.double.batchnorm2",
      ])
    #expect(result.weightPaths.last == "mask.conv")
    let verdict = Verdict(of: graph)
    #expect(verdict.isFullyConvolutional)
    // Two halvings: height and width are multiples of 4.
    for size in 1...32 { #expect(verdict.outputs.first?.height(size) == (size % 4 == 0 ? size : nil)) }
  }
}
