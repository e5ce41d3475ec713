import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

@Suite struct PrinterTests {
  static let cases: [(text: String, printed: String)] = [
    ("", ""),
    ("fcn   1", "fcn 1\n"),
    ("// only\n\n\n//two  \n", "// only\n\n// two\n"),
    (
      "fcn 1\n\n\n\nnetwork n( a=1 ,b ,)\ninput  i [3]  like j/4=picture->rgb->divide( 2 )\n",
      "fcn 1\n\nnetwork n(a = 1, b)\ninput i[3] like j / 4 = picture -> rgb -> divide(2)\n"
    ),
    (
      "output m:labels(names:[\"a\",\"b\",])=x->argmax\noutput  k\n",
      "output m: labels(names: [\"a\", \"b\"]) = x -> argmax\noutput k\n"
    ),
    ("include  \"a\\\\b\\u{e9}\"  as  b", "include \"a\\\\bé\" as b\n"),
    ("a=-x^2%3>=not(b)or c", "a = -x ^ 2 % 3 >= not (b) or c\n"),
    ("a=[1e-5,0.50,100000.0,3x5,true]", "a = [1e-5, 0.50, 100000.0, 3x5, true]\n"),
    ("def f(x){y=x->relu\ny}", "def f(x) {\n  y = x -> relu\n  y\n}\n"),
    ("def f(){}", "def f() {}\n"),
    ("weights{\"a\"=\"b\",\"c\"=\"d\"}", "weights {\n  \"a\" = \"b\"\n  \"c\" = \"d\"\n}\n"),
    ("y=x->f(1)@a.{i+1}.b->g@.->h@/m.0", "y = x -> f(1) @a.{i + 1}.b -> g @. -> h @/m.0\n"),
    // The author's breaks before `->` stay; others are joined.
    ("y = x -> f ->\n  g\n-> h", "y = x -> f\n  -> g\n  -> h\n"),
    ("y = x +\n  1", "y = x + 1\n"),
    ("y=if a{x}else{z}", "y = if a { x } else { z }\n"),
    ("y=if a{\nx}else if b{z}else{\nw\n}", "y = if a {\n  x\n} else if b {\n  z\n} else {\n  w\n}\n"),
    ("y=x->if a{f->g}else{h}->repeat i<4{f(i)}@d", "y = x -> if a { f -> g } else { h } -> repeat i < 4 { f(i) } @d\n"),
    (
      "d,s=repeat i<n with x=a,y=b{next x=y\n\n\n\ncollect x}@q",
      "d, s = repeat i < n with x = a, y = b {\n  next x = y\n\n  collect x\n} @q\n"
    ),
    // Too long: one argument a line; chains before `->`.
    (
      "y = concat(aaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccccc)",
      "y = concat(\n  aaaaaaaaaaaaaaaaaaaaaaaaaaaa,\n  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n  cccccccccccccccccccccccccccccc\n)\n"
    ),
    (
      "y = image -> conv(16, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu -> conv(16, kernel: 3, pad: same) -> relu",
      "y = image -> conv(16, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu\n  -> conv(16, kernel: 3, pad: same) -> relu\n"
    ),
    // Comments.
    ("// a\nx = y // b\n// c\n\n// d\nz = w\n// e", "// a\nx = y  // b\n// c\n\n// d\nz = w\n// e\n"),
    (
      "def f(x) { // a\n// b\n  x -> g // c\n// d\n} // e\n",
      "def f(x) {  // a\n  // b\n  x -> g  // c\n  // d\n}  // e\n"
    ),
    ("y = x // a\n// b\n  -> f // c\n  -> g // d\n", "y = x  // a\n  // b\n  -> f  // c\n  -> g  // d\n"),
    (
      "y = f(a, // one\n  // two\n  b // three\n  // four\n)\n",
      "y = f(\n  a,  // one\n  // two\n  b  // three\n  // four\n)\n"
    ),
    ("y = f( // a\n)\n", "y = f(\n  // a\n)\n"),
    (
      "y = x -> if a { // a\n  // b\n  f // c\n  // d\n} else {\n  g\n}\n",
      "y = x -> if a {  // a\n  // b\n  f  // c\n  // d\n} else {\n  g\n}\n"
    ),
    (
      "weights { // a\n  // b\n  \"a\" = \"b\" // c\n  // d\n}",
      "weights {  // a\n  // b\n  \"a\" = \"b\"  // c\n  // d\n}\n"
    ),
    ("y = (a + // why\n  b)\n", "y = (\n  a +  // why\n    b\n)\n"),
    ("y = a -> f(b, c) -> g // one\n", "y = a -> f(b, c) -> g  // one\n"),
    ("def f(x, y) { g(x, y) } // one\n", "def f(x, y) {\n  g(x, y)\n}  // one\n"),
    ("/// a\n//\nx = y\n", "/// a\n//\nx = y\n"),
  ]

  @Test(arguments: cases) func prints(_ text: String, _ expected: String) {
    let tree = Sample.read(text)
    #expect(tree.findings == [])
    #expect(NetworkLanguage().print(tree.tree) == expected)
    Sample.expectStable(text)
  }
}

/// A text as the tests of the language read and print it.
enum Sample {
  static func read(_ text: String) -> (tree: NetworkSyntax, findings: [String]) {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "test.fcn", text: text), report: &sink)
    return (
      tree, sink.diagnostics.map { "\($0.range.map { "\($0.start.line):\($0.start.column)" } ?? "") \($0.message)" }
    )
  }

  /// Printing keeps the tree and the comments, and printing again changes nothing.
  static func expectStable(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let first = read(text)
    let printed = NetworkLanguage().print(first.tree)
    let second = read(printed)
    #expect(second.findings == [], "\(printed)", sourceLocation: sourceLocation)
    #expect(SyntaxDump.dump(second.tree) == SyntaxDump.dump(first.tree), "\(printed)", sourceLocation: sourceLocation)
    #expect(
      second.tree.comments.map(\.text).sorted() == first.tree.comments.map(\.text).sorted(), "\(printed)",
      sourceLocation: sourceLocation)
    #expect(NetworkLanguage().print(second.tree) == printed, sourceLocation: sourceLocation)
  }
}
