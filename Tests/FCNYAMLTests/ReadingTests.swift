import FCNCore
import FCNStandard
import FCNTestSupport
import FCNYAML
import Testing

/// What the forms of YAML mean in the network language, against texts written by hand.
@Suite struct ReadingTests {
  private func expect(_ yaml: String, means text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let read = Conversion.read(yaml, YAMLFrontEnd())
    #expect(read.findings == [], sourceLocation: sourceLocation)
    let expected = Conversion.read(text, NetworkLanguage())
    #expect(expected.findings == [], sourceLocation: sourceLocation)
    #expect(Conversion.meaning(read.tree) == Conversion.meaning(expected.tree), sourceLocation: sourceLocation)
  }

  @Test func scalarsAreThoseOfTheCoreSchema() {
    expect(
      """
      values:
        a: {f: [no, on, 1e-3, 010, 3x5, 0x1F, 0o17, True, +4, .5, "no", '010']}
      """, means: "a = f(no, on, 1e-3, 10, 3x5, 31, 15, true, 4, 0.5, \"no\", \"010\")")
  }

  @Test func argumentsHaveThreeForms() {
    expect(
      """
      values:
        a: [x, conv: [8, kernel: 3, pad: same]]
        b: [x, conv: {channels: 8, kernel: 3, pad: [1, 2, 3, 4]}]
        c: [x, maxpool: 2, relu]
      """,
      means: """
        a = x -> conv(8, kernel: 3, pad: same)
        b = x -> conv(channels: 8, kernel: 3, pad: [1, 2, 3, 4])
        c = x -> maxpool(2) -> relu
        """)
  }

  @Test func expressionsStandInAnyScalar() {
    expect(
      """
      values:
        a: max(x -> relu, (x * -1) -> relu)
        b: |
          x -> conv(8, kernel: 1)
            -> relu
        c: >
          x ->
          relu
        d: "x + b"
        e: [a + b, relu @/head.0]
        f: x +
          b
      """,
      means: """
        a = max(x -> relu, (x * -1) -> relu)
        b = x -> conv(8, kernel: 1) -> relu
        c = x -> relu
        d = x + b
        e = (a + b) -> relu @/head.0
        f = x + b
        """)
  }

  @Test func anchorsStandForTheirNodes() {
    expect(
      """
      definitions:
        f:
          parameters: [x]
          result: [x, conv: &small [8, kernel: 1]]
      values:
        a: [x, conv: *small]
        b: &chain [a, relu]
        c: *chain
      """,
      means: """
        def f(x) { x -> conv(8, kernel: 1) }
        a = x -> conv(8, kernel: 1)
        b = a -> relu
        c = a -> relu
        """)
  }

  @Test func writtenKeysGoBeforeMergedOnes() {
    expect(
      """
      values:
        a: [x, conv: &one {channels: 8, kernel: 3, pad: same}]
        b: [x, conv: {<<: *one, kernel: 5}]
        c: [x, conv: {kernel: 7, <<: [{bias: false, kernel: 1}, *one]}]
      """,
      means: """
        a = x -> conv(channels: 8, kernel: 3, pad: same)
        b = x -> conv(kernel: 5, channels: 8, pad: same)
        c = x -> conv(kernel: 7, bias: false, channels: 8, pad: same)
        """)
  }

  @Test func theSectionsComeInAnyOrder() {
    expect(
      """
      outputs:
        y: {kind: {labels: {names: [a, "b"]}}, value: [x, argmax]}
        z:
      values: {z: [x, relu]}
      parameters: {width: 8, depth: }
      network: n
      weights: {z.weight: t.0}
      inputs:
        x: {channels: width, preprocessing: [picture, rgb, subtract: [1, 2, 3]]}
        guide: {channels: 1, like: x / 4}
      include: {blocks: ../blocks.fcn}
      fcn: 1
      """,
      means: """
        fcn 1
        include "../blocks.fcn" as blocks
        network n(width = 8, depth)
        input x[width] = picture -> rgb -> subtract(1, 2, 3)
        input guide[1] like x / 4
        weights { "z.weight" = "t.0" }
        z = x -> relu
        output y: labels(names: [a, "b"]) = x -> argmax
        output z
        """)
  }

  @Test func controlHasAForm() {
    expect(
      """
      values:
        a, b:
          repeat: i < depth
          with: {x: image, y: image}
          body:
            - s: [x, blocks.double: [8, k: 3]]
            - next x: s
            - next y: y
            - collect: s
            - collect: [s, relu]
          label: down.{depth}
        c:
          if: depth > 3 and not flat
          then: a
          else:
            body: {t: [a, relu]}
            result: t + a
        d:
          - a
          - if: flat
            then: relu
          - if: flat
            then: [relu, sigmoid]
            else:
              - repeat: i < 2
                links: [conv: [8, kernel: 1], relu]
                label: r
        e: {list: [1, 2]}
        f: {concat: [chain: [a, relu], {if: flat, then: a, else: b}]}
      include: {blocks: b.fcn}
      """,
      means: """
        include "b.fcn" as blocks
        a, b = repeat i < depth with x = image, y = image {
          s = x -> blocks.double(8, k: 3)
          next x = s
          next y = y
          collect s
          collect s -> relu
        } @down.{depth}
        c = if depth > 3 and not flat { a } else {
          t = a -> relu
          t + a
        }
        d = a -> if flat { relu } -> if flat { relu -> sigmoid } else {
          repeat i < 2 { conv(8, kernel: 1) -> relu } @r
        }
        e = [1, 2]
        f = concat(a -> relu, if flat { a } else { b })
        """)
  }
}
