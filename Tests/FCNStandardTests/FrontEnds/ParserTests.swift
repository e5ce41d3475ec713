import FCNCore
import FCNStandard
import FCNTestSupport
import Foundation
import Testing

@Suite struct ParserTests {
  /// A text and the dump of its tree; the text must be read without any finding.
  static let cases: [(text: String, dump: String)] = [
    ("", ""),
    ("fcn 1\n", "(fcn 1)"),
    ("\u{FEFF}// first\r\nfcn 1\r\nx = y\r\n", "(fcn 1)\n(= x y)"),
    ("network n", "(network n)"),
    ("network n(a = 1, b,)", "(network n (a 1) b)"),
    ("include \"a b.fcn\" as blocks", "(include \"a b.fcn\" blocks)"),
    ("input image[3]", "(input image 3)"),
    (
      "input guide[1] like image / 4 = picture -> grey -> divide(255)",
      "(input guide 1 (like (/ image 4)) (= (-> picture (call grey) (call divide() 255))))"
    ),
    ("output mask", "(output mask)"),
    ("output m: labels(names: [\"a\", \"b\"],) = x", "(output m (: (call labels() names:(list \"a\" \"b\"))) (= x))"),
    ("output m: raw = x -> argmax", "(output m (: (call raw)) (= (-> x (call argmax))))"),
    ("weights { \"a\" = \"b\" }", "(weights (= \"a\" \"b\"))"),
    (
      "weights {\n  \"a\" = \"b\"\n\n  \"c\" = \"d\", \"e\" = \"f\",\n}",
      "(weights (= \"a\" \"b\") (= \"c\" \"d\") (= \"e\" \"f\"))"
    ),
    ("weights {}", "(weights)"),
    ("def f() { 1 }", "(def f () {(result 1)})"),
    (
      "def f(x, n = 2 * 3) {\n\n  y = x -> relu\n  y, x\n}",
      "(def f ( x (n (* 2 3))) {(= y (-> x (call relu))) (result y x)})"
    ),
    ("a, b = f(x)", "(= a b (call f() x))"),
    ("a,\nb =\n f(x)", "(= a b (call f() x))"),
    ("x = a\n  -> f\n  -> g(1)", "(= x (-> a (call f) (call g() 1)))"),
    ("x = a ->\n f", "(= x (-> a (call f)))"),
    ("x = (a\n + b\n * c)", "(= x (paren (+ a (* b c))))"),
    ("x = a +\n b", "(= x (+ a b))"),
    ("x = 1 - 2 - 3", "(= x (- (- 1 2) 3))"),
    ("x = 2 ^ 3 ^ 4", "(= x (^ 2 (^ 3 4)))"),
    ("x = -2 ^ 2", "(= x (^ (- 2) 2))"),
    ("x = not a == b and c or d", "(= x (or (and (== (not a) b) c) d))"),
    ("x = a % 2 < b + 1", "(= x (< (% a 2) (+ b 1)))"),
    ("x = [1, 0.5, 1e-5, 2.5E+3, 3x5, true, false, \"s\",]", "(= x (list 1 0.5d 1e-05d 2500.0d 3x5 true false \"s\"))"),
    ("x = []", "(= x (list))"),
    ("x = \"a\\\"\\\\\\n\\t\\u{e9}\"", "(= x \"a<34><92><10><9>é\")"),
    ("x = s[i - 1][0]", "(= x (at (at s (- i 1)) 0))"),
    ("include \"b\" as b\nx = b.f(1, k: 2) -> b.g", "(include \"b\" b)\n(= x (-> (call b.f() 1 k:2) (call b.g)))"),
    ("x = f @a.b-1.{i + 1}x.3x5", "(= x (call f @a.b-1.{(+ i 1)}x.3x5))"),
    ("x = f() @/m.0.1 -> g @. -> h @/", "(= x (-> (call f() @/m.0.1) (call g @) (call h @/)))"),
    (
      "x = f(g -> h @a.b, k: (a + b) -> relu)",
      "(= x (call f() (-> g (call h @a.b)) k:(-> (paren (+ a b)) (call relu))))"
    ),
    ("y = if d > 3 { x } else { z }", "(= y (if (> d 3) {(result x)} {(result z)}))"),
    (
      "y = if a { x } else if b {\n z = x\n z\n} else { w }",
      "(= y (if a {(result x)} {(result (if b {(= z x) (result z)} {(result w)}))}))"
    ),
    ("y = x -> if n { b(1) -> c } -> d", "(= y (-> x (if n {(call b() 1) (call c)}) (call d)))"),
    (
      "y = x -> if n {\n  b\n    -> c\n} else if m { d } else {\n e\n}",
      "(= y (-> x (if n {(call b) (call c)} {(if m {(call d)} {(call e)})})))"
    ),
    ("y = x -> repeat i < 4 { f(i) @a.{i} } @b", "(= y (-> x (repeat i 4 {(call f() i @a.{i})} @b)))"),
    (
      "d, s = repeat l < n with x = a, y = b -> c {\n  next x = f(x)\n  collect x\n  next y = y\n} @down",
      "(= d s (repeat l n (x a) (y (-> b (call c))) {(next x (call f() x)) (collect x) (next y y)} @down))"
    ),
    (
      "x = f(if a { b } else { c },\n  repeat i < 2 with t = u {\n    v = t\n    next t = v\n  })",
      "(= x (call f() (if a {(result b)} {(result c)}) (repeat i 2 (t u) {(= v t) (next t v)})))"
    ),
    ("a -> f, b", "(result (-> a (call f)) b)"),
    ("x = 9223372036854775807", "(= x 9223372036854775807)"),
    ("x =\ta\t// note", "(= x a)"),
  ]

  @Test(arguments: cases) func reads(_ text: String, _ expected: String) {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "test.fcn", text: text), report: &sink)
    #expect(sink.diagnostics.map { "\($0.id.name): \($0.message)" } == [])
    #expect(SyntaxDump.dump(tree) == expected)
  }
}
