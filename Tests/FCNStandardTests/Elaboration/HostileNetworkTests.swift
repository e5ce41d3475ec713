import FCNCore
import FCNStandard
import Testing

/// Networks that ask for too much end with an error, soon.
@Suite struct HostileNetworkTests {
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("stages", "y = image -> repeat a < 10000 { repeat b < 10000 { relu } }", "network-too-large"),
      (
        "empty turns",
        "y = repeat a < 10000 with x = image {\n  next x = repeat b < 10000 with z = x {\n  next z = z\n}\n}",
        "network-too-large"
      ),
      ("turns", "y = image -> repeat a < 10001 { relu }", "repeat-count"),
      ("turns without end", "y = image -> repeat a < 9223372036854775807 { relu }", "repeat-count"),
      ("overflow", "y = image -> conv(9223372036854775807 + 1, kernel: 1)", "arithmetic-overflow"),
      ("product", "y = image -> conv(4611686018427387904 * 4, kernel: 1)", "arithmetic-overflow"),
      ("power", "y = image -> conv(3 ^ 1000000000000, kernel: 1)", "arithmetic-overflow"),
      ("decimal power", "y = image -> batchnorm(eps: 10.0 ^ 10000)", "arithmetic-overflow"),
      ("remainder", "y = image -> conv(5 % 0, kernel: 1)", "division-by-zero"),
      ("negated", "y = image -> conv(-(0 - 9223372036854775807 - 1), kernel: 1)", "arithmetic-overflow"),
      ("quotient", "y = image -> conv((0 - 9223372036854775807 - 1) / -1, kernel: 1)", "arithmetic-overflow"),
      ("channels", "y = repeat i < 60 with x = image {\n  next x = concat(x, x)\n}", "too-many-channels"),
      ("recursion", "def f(x) { x -> f }\ny = image -> f", "recursive-definition"),
      ("padding", "y = image -> conv(3, kernel: 1, pad: [1, 2, 3, 9223372036854775807])", "argument-out-of-range"),
      (
        "periods", "y = image -> maxpool(13) -> maxpool(11) -> maxpool(7) -> maxpool(5) -> maxpool(3)", "stage-rejected"
      ),
      (
        "list", "x, list = repeat i < 10000 with x = image {\n  next x = x\n  collect x\n  collect x\n}\ny = x -> relu",
        "list-too-long"
      ),
      ("index", "y = [image][9223372036854775807]", "index-out-of-range"),
      ("input", "input big[9223372036854775807]\ny = image -> relu", "input-channels"),
      (
        "input size", "input big[1] like image * 4096 * 4096 * 4096 * 4096 * 4096 * 4096\ny = image -> relu",
        "sizes-too-complex"
      ),
    ])
  func endsWithAnError(what: String, body: String, id: String) {
    #expect(Elaborated.network(body).errors == [id], "\(what)")
  }

  @Test(.timeLimit(.minutes(1))) func definitionsThatDouble() {
    var text = "def d0(x) { x -> relu }\n"
    for level in 1...40 { text += "def d\(level)(x) { x -> d\(level - 1) -> d\(level - 1) }\n" }
    #expect(Elaborated.network(text + "y = image -> d40").errors == ["network-too-large"])
  }

  @Test(.timeLimit(.minutes(1))) func definitionsInALongRow() {
    var text = "def d0(x) { x -> relu }\n"
    for level in 1...5_000 { text += "def d\(level)(x) { x -> d\(level - 1) }\n" }
    #expect(Elaborated.network(text + "y = image -> d5000").errors == ["nesting-too-deep"])
  }

  @Test(.timeLimit(.minutes(1))) func listsOfLists() {
    var text = "a0 = [1, 2]\n"
    for level in 1...60 { text += "a\(level) = [a\(level - 1), a\(level - 1)]\n" }
    #expect(Elaborated.network(text + "y = image -> conv(a60, kernel: 1)").errors == ["wrong-kind"])
  }

  @Test(.timeLimit(.minutes(1))) func longLabelsInDefinitions() {
    let long = String(repeating: "a", count: 600)
    let text = "def f(x) { x -> conv(3, kernel: 1) @\(long) }\ny = image -> f @\(long)"
    #expect(Elaborated.network(text).errors == ["weight-name-too-long"])
  }

  @Test(.timeLimit(.minutes(1))) func manyIncludes() {
    var files: [String: String] = [:]
    for index in 0..<100 { files["f\(index).fcn"] = "include \"f\(index + 1).fcn\" as other\n" }
    let result = Elaborated(
      "include \"f0.fcn\" as f\nnetwork n\ninput image[3]\noutput y: raw = image\n", files: files)
    #expect(result.errors == ["include-too-deep"])
  }

  /// Many different misspelt names among many names: no search through all of them for each.
  @Test(.timeLimit(.minutes(1))) func manyMisspeltNames() {
    var text = ""
    for index in 0..<20_000 { text += "value\(index) = image\n" }
    for index in 0..<20_000 { text += "other\(index) = valeu\(index)\n" }
    let result = Elaborated.network(text, result: "image")
    #expect(result.errors.count == 20_000)
  }

  @Test(.timeLimit(.minutes(1))) func manyWrongArguments() {
    let arguments = (0..<20_000).map { "a\($0): 1" }.joined(separator: ", ")
    let result = Elaborated.network("y = image -> conv(3, kernel: 1, \(arguments))")
    #expect(result.errors.count == 20_000)
  }

  @Test(.timeLimit(.minutes(1))) func manyUsesOfManyParameters() {
    let parameters = (0..<10_000).map { "p\($0)" }.joined(separator: ", ")
    let uses = (0..<10_000).map { "y\($0) = image -> f\n" }.joined()
    let result = Elaborated.network("def f(\(parameters)) { p0 }\n\(uses)", result: "image")
    #expect(result.errors.last == "network-too-large")
  }

  @Test(.timeLimit(.minutes(1))) func manyOutputs() {
    let outputs = (0..<20_000).map { "output o\($0): raw = image\n" }.joined()
    #expect(Elaborated.network("y = image -> relu\n" + outputs).errors.isEmpty)
  }

  /// A name of half a megabyte that each finding would repeat.
  @Test func longNames() {
    let long = String(repeating: "a", count: 500_000)
    let result = Elaborated.network("\(long) = image\ny = \(long)b")
    #expect(result.errors == ["unknown-name"])
    #expect(result.diagnostics.allSatisfy { $0.message.utf8.count < 5_000 })
  }

  @Test func filesThatAreTooLargeTogether() {
    let large = "// " + String(repeating: "x", count: 1 << 20) + "\n"
    var files: [String: String] = [:]
    var text = ""
    for index in 0..<17 {
      files["f\(index).fcn"] = large
      text += "include \"f\(index).fcn\" as f\(index)\n"
    }
    let result = Elaborated("\(text)network n\ninput image[3]\noutput y: raw = image\n", files: files)
    #expect(Set(result.errors) == ["include-too-deep"])
  }

  /// Deep trees that no parser of text would make.
  @Test func deepTrees() {
    let file = SourceFile(path: "deep.fcn", text: "x")
    let range = SourceRange(file: file, lower: 0, upper: 1)
    var expression = ExpressionSyntax(.integer(1), range: range)
    for _ in 0..<2_000 { expression = ExpressionSyntax(.parenthesized(expression), range: range) }
    let input = InputSyntax(
      name: Identifier("x", range), channels: expression, like: nil, preprocessing: nil, range: range)
    var sink = DiagnosticSink()
    let elaborator = Elaborator(registry: Registry([]))
    #expect(elaborator.elaborate(NetworkSyntax(file: file, items: [.input(input)]), report: &sink) == nil)
    #expect(sink.diagnostics.map(\.id.name) == ["nesting-too-deep"])
  }

  /// Every prefix and every single-byte damage of a whole network ends without a trap.
  @Test func damagedTexts() {
    let text = Array(
      """
      network n(w = 2)
      input image[3] = picture -> rgb -> divide(2)
      def f(x, k = 1) { x -> conv(w * k, kernel: 1) @a.{k} }
      d, s = repeat i < 2 with x = image { t = x -> f
      next x = t -> maxpool(2)
      collect t }
      y = concat(s[0], s[0] - 1) -> if w > 1 { relu }
      output y: raw
      output z: labels(names: ["a", "b"]) = d -> argmax

      """.utf8)
    for end in stride(from: 0, to: text.count, by: 3) {
      _ = Elaborated(String(decoding: text[..<end], as: UTF8.self))
    }
    for index in text.indices {
      for byte in Array("(9-\"]".utf8) {
        var damaged = text
        damaged[index] = byte
        _ = Elaborated(String(decoding: damaged, as: UTF8.self))
      }
    }
    #expect(Elaborated(String(decoding: text, as: UTF8.self)).errors.isEmpty)
  }
}
