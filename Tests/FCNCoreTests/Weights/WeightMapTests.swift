import FCNCore
import Testing

@Suite struct WeightMapTests {
  private func parse(_ text: String) -> (map: WeightMap, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink()
    let map = WeightMap(parsing: SourceFile(path: "map.txt", text: text), report: &sink)
    return (map, sink.diagnostics)
  }

  @Test func linesCommentsAndQuotesAreRead() {
    let (map, diagnostics) = parse(
      "# a comment\n\na.weight = f.0.weight\r\n  a.bias=f.0.bias # beside\n\"odd = name\" = \"with \\\"quote\\\"\"\nb#1 = c#2"
    )
    #expect(diagnostics.isEmpty)
    #expect(
      map.tensors == [
        "a.weight": "f.0.weight", "a.bias": "f.0.bias", "odd = name": "with \"quote\"", "b#1": "c#2",
      ])
    #expect(map.ranges["a.bias"]?.start.line == 4)
  }

  @Test(arguments: [
    ("a\n", 1), ("\na b = c", 2), ("a = ", 1), ("= b", 1), ("a = b c", 1), ("a = \"b", 1), ("a = \"\\x\"", 1),
    ("a = b\na = c", 2), ("a == b", 1),
  ])
  func errorsNameTheirLine(_ text: String, _ line: Int) {
    let diagnostics = parse(text).diagnostics
    #expect(diagnostics.map(\.id) == [.weightMapSyntax])
    #expect(diagnostics.first?.range?.start.line == line)
  }

  @Test func namesThatAreWrittenAreReadAgain() {
    for name in ["a.weight", "", "a b", "a=b", "#", "a\"b\\c", "line\nbreak", "ä😀"] {
      #expect(parse(WeightMap.line(weight: name, tensor: "x\(name)")).map.tensors == [name: "x\(name)"])
    }
  }

  @Test func bytesThatAreNotUTF8AreReported() {
    var sink = DiagnosticSink()
    _ = WeightMap(parsing: SourceFile(path: "map.txt", bytes: [0xC3, 0x28, 0x3D, 0x61]), report: &sink)
    #expect(sink.diagnostics.map(\.id) == [.weightMapSyntax])
  }
}
