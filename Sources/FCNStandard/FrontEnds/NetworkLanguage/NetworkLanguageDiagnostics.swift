import FCNCore

extension DiagnosticID {
  /// What can be wrong with the form of a `.fcn` file.
  public static let languageCatalog: [DiagnosticID] = [
    .colonInParameter, .comparisonChain, .controlCharacter, .detachedBrace, .detachedElse, .equalsInArgument,
    .foreignComment, .foreignOperator, .foreignQuotes, .foreignWord, .invalidEscape, .invalidText, .keywordAsName,
    .malformedLabel, .malformedNumber, .methodCall, .misplacedItem, .misplacedVersion, .missingArrow, .missingComma,
    .missingElse, .mixedChain, .numberTooLarge, .semicolon, .tooDeeplyNested, .unassignable, .unclosedBracket,
    .unexpectedCharacter, .unexpectedToken, .unmatchedBracket, .unsupportedVersion, .unterminatedString,
  ]

  static let colonInParameter = DiagnosticID(
    "colon-in-parameter",
    """
    A parameter is declared by its name alone, or with a default: `def double(x, width = 64)`. Parameters have no \
    types: whatever the caller gives is taken, and checked where it is used.
    """)

  static let comparisonChain = DiagnosticID(
    "comparison-chain",
    """
    `a < b < c` would compare a truth value with a number. Write `a < b and b < c`.
    """)

  static let controlCharacter = DiagnosticID(
    "control-character",
    """
    The file holds a character that is not seen on the screen, such as NUL. It usually comes from a damaged file or \
    from a file that is not a text. In a text such a character is written `\\u{0}`.
    """)

  static let detachedBrace = DiagnosticID(
    "detached-brace",
    """
    A statement ends with its line, so a `{` on the next line belongs to nothing. It stands at the end of the line \
    before: `def double(x) {`.
    """)

  static let detachedElse = DiagnosticID(
    "detached-else",
    """
    A statement ends with its line, so an `else` on the next line has no `if` any more. Write `} else {` on one line.
    """)

  static let equalsInArgument = DiagnosticID(
    "equals-in-argument",
    """
    Named arguments are written with a colon: `conv(16, kernel: 3)`. The sign `=` gives names to values and defaults \
    to parameters.
    """)

  static let foreignComment = DiagnosticID(
    "foreign-comment",
    """
    A comment begins with `//` and ends with its line. There is no other form.
    """)

  static let foreignOperator = DiagnosticID(
    "foreign-operator",
    """
    The operators are `+ - * / % ^` on numbers, `+ - * /` on values, `== != < <= > >=`, and the words `and`, `or` and \
    `not`. A chain is written with `->`.
    """)

  static let foreignQuotes = DiagnosticID(
    "foreign-quotes",
    """
    A text stands in double quotation marks: `"sky"`. A word that a parameter offers stands without any: `pad: same`.
    """)

  static let foreignWord = DiagnosticID(
    "foreign-word",
    """
    The word belongs to another language. Truth values are `true` and `false`; a value is named by `y = ...`, a \
    definition by `def`; the last statement of a block states its results; turns are written `repeat i < 4`; other \
    files are brought in by `include "blocks.fcn" as blocks`. `True`, `False` and `None` cannot be names.
    """)

  static let invalidEscape = DiagnosticID(
    "invalid-escape",
    """
    In a text a backslash begins one of `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{...}`, which holds the number of a \
    Unicode character in hexadecimal digits. A backslash itself, as in a path, is written `\\\\`.
    """)

  static let invalidText = DiagnosticID(
    "invalid-text",
    """
    A `.fcn` file is a text in the encoding UTF-8. Save it in this encoding; a file in UTF-16 or Latin-1, or one that \
    is no text at all, cannot be read.
    """)

  static let keywordAsName = DiagnosticID(
    "keyword-as-name",
    """
    The keywords `fcn network input output def include as like if else repeat with next collect weights true false and \
    or not` have a meaning of their own and cannot be the names of values, parameters or definitions.
    """)

  static let malformedLabel = DiagnosticID(
    "malformed-label",
    """
    A label states a path for the names of weights. It follows its stage and is made of pieces with dots between them, \
    without white space: `@block.conv1`. A piece holds letters, digits, `_`, `-` and `{ }` with arithmetic. `@/` \
    begins an absolute label, and `@.` adds nothing.
    """)

  static let malformedNumber = DiagnosticID(
    "malformed-number",
    """
    Whole numbers are written `12`, decimals `0.5` or `1e-5` with digits on both sides of the point, sizes `3x5` \
    (rows x columns) without white space. A name does not begin with a digit.
    """)

  static let methodCall = DiagnosticID(
    "method-call",
    """
    Stages are no methods of values. A stage is applied with `->`, as in `x -> conv(16, kernel: 1) -> relu`, or with \
    the value in its parentheses, as in `concat(a, b)`. A dot stands only between the name of an included file and one \
    of its definitions.
    """)

  static let misplacedItem = DiagnosticID(
    "misplaced-item",
    """
    Networks, inputs, outputs, definitions, includes and weight names are stated for the whole file and cannot stand \
    inside braces. Where braces were not meant to be open any more, a `}` is missing before.
    """)

  static let misplacedVersion = DiagnosticID(
    "misplaced-version",
    """
    `fcn 1` says in which version of the language the file is written, so it stands once, before everything but \
    comments.
    """)

  static let missingArrow = DiagnosticID(
    "missing-arrow",
    """
    Two names stand beside each other. If the second is a stage, `->` belongs between them; if it begins another \
    statement, it stands on a line of its own.
    """)

  static let missingComma = DiagnosticID(
    "missing-comma",
    """
    Arguments, parameters and the elements of a list are separated by commas, also where each stands on its own line.
    """)

  static let missingElse = DiagnosticID(
    "missing-else",
    """
    An `if` that is a value must have a value in both cases, so it needs an `else`. Behind `->` it may be left out: \
    `x -> if normalize { batchnorm(eps: 1e-5) }` passes the value on unchanged.
    """)

  static let mixedChain = DiagnosticID(
    "mixed-chain",
    """
    In `a + b -> relu` one reader sees `relu` applied to the sum and another sees it applied to `b`. The language \
    takes no side: write `(a + b) -> relu` or `a + (b -> relu)`.
    """)

  static let numberTooLarge = DiagnosticID(
    "number-too-large",
    """
    Whole numbers have 64 bits with a sign, decimals are IEEE 754 binary64 numbers. What is larger cannot be \
    represented.
    """)

  static let semicolon = DiagnosticID(
    "semicolon",
    """
    A statement ends with its line; there is no sign for it.
    """)

  static let tooDeeplyNested = DiagnosticID(
    "too-deeply-nested",
    """
    Expressions and blocks may be nested \(Parser.nestingLimit) levels deep, and as many operators may follow each \
    other without parentheses. Texts made by programs can exceed this; give parts of the expression names, or use a list and \
    a stage that takes one, such as `concat`.
    """)

  static let unassignable = DiagnosticID(
    "unassignable",
    """
    On the left of `=` stands a new name, or several separated by commas. Values do not change, so nothing else can be \
    assigned to.
    """)

  static let unclosedBracket = DiagnosticID(
    "unclosed-bracket",
    """
    A `(`, `[` or `{` was opened and not closed before the place that is marked. Statements do not go on behind it as \
    long as it is open.
    """)

  static let unexpectedCharacter = DiagnosticID(
    "unexpected-character",
    """
    Outside texts and comments the language uses only ASCII: letters, digits, `_`, brackets and the signs of its \
    operators. Characters that look alike, such as curly quotation marks or blanks of a fixed width, often come from a \
    word processor or a web page.
    """)

  static let unexpectedToken = DiagnosticID(
    "unexpected-token",
    """
    The grammar asks for something else here. The message says what was expected and what was found; the forms of the \
    language are described by `Grammar/fcn.ebnf`.
    """)

  static let unmatchedBracket = DiagnosticID(
    "unmatched-bracket",
    """
    A closing bracket stands where none is open. It is left over, or its opening bracket was lost.
    """)

  static let unsupportedVersion = DiagnosticID(
    "unsupported-version",
    """
    The file says that it is written in a version of the language that this compiler does not know. A newer compiler \
    reads all older versions.
    """)

  static let unterminatedString = DiagnosticID(
    "unterminated-string",
    """
    A text ends on the line on which it begins. A line break in it is written `\\n`, and a quotation mark `\\"`.
    """)
}
