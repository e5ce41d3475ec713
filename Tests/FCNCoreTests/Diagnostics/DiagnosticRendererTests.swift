import FCNCore
import Testing

@Suite struct DiagnosticRendererTests {
  private static let id = DiagnosticID("some-id", "")

  private func range(_ file: SourceFile, _ lower: Int, _ upper: Int) -> SourceRange {
    SourceRange(file: file, lower: lower, upper: upper)
  }

  @Test func showsEveryPart() {
    let lines = (1...12).map { "line \($0)\n" }.joined()
    let file = SourceFile(path: "a.fcn", text: lines)
    let other = SourceFile(path: "lib/b.fcn", text: "x\nother\n")
    let finding = Diagnostic(
      Self.id, "the message", at: range(file, 14, 18), severity: .warning, label: "here",
      related: [
        .init(range(file, 7, 11), "before"), .init(range(file, 19, 20), "also"),
        .init(range(file, file.lineStarts[10], file.lineStarts[10] + 4), "far"), .init(range(other, 2, 7), "elsewhere"),
      ],
      notes: ["a note"], help: "some help",
      fixIts: [FixIt("change it", .suggested, [.init(range(file, 14, 18), "row"), .init(range(file, 20, 20), "!")])])
    #expect(
      DiagnosticRenderer().render(finding) == """
        warning[some-id]: the message
          --> a.fcn:3:1
           |
         2 | line 2
           | ---- before
         3 | line 3
           | ^^^^ here
           |      - also
        ...
        11 | line 11
           | ---- far
          ::: lib/b.fcn:2:1
           |
         2 | other
           | ----- elsewhere
           = note: a note
           = help: some help
           = help: change it
           |
         3 | row 3!
           | ~~~  +

        """)
  }

  @Test func showsFindingsWithoutAPlace() {
    #expect(
      DiagnosticRenderer().render(Diagnostic(Self.id, "gone", at: nil, help: "look")) == """
        error[some-id]: gone
          = help: look

        """)
  }

  /// A tab goes to the next multiple of four columns, a wide character takes two, a combining mark none.
  @Test func alignsWideCharactersAndTabs() {
    let text = "a\t世e\u{301}x"
    let file = SourceFile(path: "a", text: text)
    let place = Array(text.utf8).count - 1
    #expect(
      DiagnosticRenderer().render(Diagnostic(Self.id, "m", at: range(file, place, place + 1))) == """
        error[some-id]: m
         --> a:1:6
          |
        1 | a   世e\u{301}x
          |        ^

        """)
  }

  /// A range over several lines is cut at the end of its first; an empty one, and one behind the file, is one column.
  @Test func clipsRanges() {
    let file = SourceFile(path: "a", text: "ab cd\r\nef")
    func mark(_ lower: Int, _ upper: Int) -> String {
      let lines = DiagnosticRenderer().render(Diagnostic(Self.id, "m", at: range(file, lower, upper)))
      return String(lines.split(separator: "\n").last ?? "")
    }
    #expect(mark(3, 9) == "  |    ^^")
    #expect(mark(5, 5) == "  |      ^")
    #expect(mark(9, 9) == "  |   ^")
    #expect(mark(99, 120) == "  |   ^")
  }

  @Test func nothingInTheSourceReachesTheTerminal() {
    let file = SourceFile(path: "a\u{1B}[2J", text: "x\u{1B}[31m\u{202E}y")
    let text = DiagnosticRenderer().render(Diagnostic(Self.id, "m\u{7}", at: range(file, 0, 1)))
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
  }

  @Test func coloursOnlyDecorate() {
    let file = SourceFile(path: "a", text: "ab")
    let finding = Diagnostic(
      Self.id, "m", at: range(file, 0, 1), label: "l", notes: ["n"],
      fixIts: [FixIt("f", .manual, [.init(range(file, 1, 1), "+")])])
    let colored = DiagnosticRenderer(usesColor: true).render(finding)
    #expect(colored.contains("\u{1B}[1;31merror[some-id]\u{1B}[0m"))
    var plain = ""
    for (index, part) in colored.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated() {
      plain += index == 0 ? part : part.drop { $0 != "m" }.dropFirst()
    }
    #expect(plain == DiagnosticRenderer().render(finding))
  }
}
