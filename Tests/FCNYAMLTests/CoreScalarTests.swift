import Testing

@testable import FCNYAML

/// The core schema of YAML 1.2.2, section 10.3.2, and what readers of YAML 1.1 make something else of.
@Suite struct CoreScalarTests {
  @Test(arguments: [
    ("", CoreScalar.null), ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .text),
    ("true", .flag(true)), ("True", .flag(true)), ("FALSE", .flag(false)), ("tRUE", .text),
    ("0", .integer(0)), ("-19", .integer(-19)), ("+12", .integer(12)), ("010", .integer(10)), ("0o7", .integer(7)),
    ("0o10", .integer(8)), ("0o8", .text), ("0x3A", .integer(58)), ("0xg", .text), ("-0x3A", .text),
    ("0.", .decimal(0)), ("-0.0", .decimal(-0.0)), (".5", .decimal(0.5)), ("+12e03", .decimal(12000)),
    ("-2E+05", .decimal(-200000)), ("1e-3", .decimal(0.001)), ("1e", .text), (".", .text), ("e3", .text), ("-", .text),
    (".inf", .notFinite), ("-.Inf", .notFinite), ("+.INF", .notFinite), (".nan", .notFinite), (".NaN", .notFinite),
    ("-.nan", .text),
    ("no", .text), ("on", .text), ("yes", .text), ("off", .text), ("y", .text), ("3x5", .text), ("1_000", .text),
    ("12:30:45", .text), ("2001-12-14", .text), ("0b101", .text), ("<<", .text), ("=", .text),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .tooLarge),
    ("-9223372036854775808", .integer(.min)), ("0xFFFFFFFFFFFFFFFF", .tooLarge), ("1e400", .tooLarge),
  ])
  func isWhatTheSchemaSays(_ text: String, _ expected: CoreScalar) {
    #expect(CoreScalar(text) == expected)
  }
}
