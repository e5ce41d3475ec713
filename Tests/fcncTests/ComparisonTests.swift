import Foundation
import Testing

/// `fcnc compare` on networks with one mistake each, whose expected numbers PyTorch made (Tests/Scripts/comparison_goldens.py):
/// the stage that is wrong is found, and what was meant is said; where nobody can know, nothing is.
@Suite struct ComparisonTests {
  /// A case of the script.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// Every value that is compared and what is said of it.
    var values: String
    /// The place of every finding, and what its help contains; nil where there is to be no help.
    var findings: [(place: String, help: String?)]
    var arguments: [String] = []

    var testDescription: String { name }
  }

  static let stem = "batchnorm:inherits y:inherits answer:inherits"

  static let cases: [Case] = [
    Case(name: "right", values: "conv:ok batchnorm:ok y:ok answer:ok", findings: []),
    Case(name: "right_unet", values: "conv:ok conv_2:ok conv_3:ok answer:ok", findings: []),
    Case(name: "right_residual", values: "conv:ok x:ok conv_2:ok x_2:ok conv_3:ok body:ok", findings: []),

    Case(
      name: "eps", values: "conv:ok batchnorm:wrong y:inherits answer:inherits",
      findings: [("5:51", "the numbers fit with `eps: 0.001`")]),
    Case(name: "border", values: "conv:wrong " + stem, findings: [("5:14", "the numbers fit with `border: reflect`")]),
    Case(
      name: "replicate", values: "conv:wrong " + stem, findings: [("5:14", "the numbers fit with `border: replicate`")]),
    Case(
      name: "no_padding", values: "x:wrong pool:inherits answer:inherits",
      findings: [("5:14", "the numbers fit with `pad: valid`")]),
    Case(
      name: "asymmetric", values: "x:wrong answer:inherits", findings: [("5:14", "the numbers fit with `pad: same_tf`")]
    ),
    Case(
      name: "ceil", values: "x:ok pool:wrong answer:inherits",
      findings: [("6:13", "the numbers fit with `round: ceil`")]),
    Case(
      name: "count_include_pad", values: "x:ok pool:wrong answer:inherits",
      findings: [("6:13", "the numbers fit with `count_include_pad: true`")]),
    Case(
      name: "align_corners", values: "conv:ok conv_2:ok conv_3:wrong answer:inherits",
      findings: [("7:13", "the numbers fit with `mode: bilinear, grid: align_corners`, at `upsample`")]),
    Case(
      name: "nearest", values: "conv:ok conv_2:ok conv_3:wrong answer:inherits",
      findings: [("7:13", "the numbers fit with `mode: nearest, grid: asymmetric`, at `upsample`")]),
    Case(
      name: "concat_order", values: "conv:ok conv_2:ok conv_3:wrong answer:inherits",
      findings: [("8:10", "the numbers fit with the two values in the other order, at `concat`")]),
    Case(
      name: "bgr", values: "conv:wrong answer:inherits",
      findings: [("5:14", "with the channels of its input in reverse order: blue, green, red")]),
    Case(
      name: "transposed", values: "conv:ok batchnorm:ok y:wrong answer:inherits",
      findings: [("6:10", "the numbers fit with rows and columns of the kernel exchanged")]),
    Case(
      name: "mirrored", values: "conv:wrong " + stem,
      findings: [("5:14", "the numbers fit with the kernel mirrored in both directions")]),
    Case(
      name: "exchanged", values: "conv:ok batchnorm:ok y:wrong answer:inherits",
      findings: [("6:10", "the numbers fit with the in and out channels of the kernel exchanged")]),
    Case(
      name: "hwio", values: "conv:wrong " + stem,
      findings: [("5:14", "stored as rows, columns, in, out (TensorFlow) and never transposed")]),
    Case(
      name: "deconv_mirrored", values: "conv:ok answer:wrong",
      findings: [("7:27", "the numbers fit with the kernel mirrored in both directions")]),
    Case(
      name: "deconv_exchanged", values: "conv:ok answer:wrong",
      findings: [("7:27", "the numbers fit with the in and out channels of the kernel exchanged")]),
    Case(
      name: "bias", values: "conv:ok batchnorm:ok y:wrong answer:inherits",
      findings: [("6:10", "a number is added to every channel: a bias, or a mean, is missing")]),
    Case(
      name: "activation", values: "conv:ok x:ok y:wrong answer:inherits",
      findings: [("6:10", "the numbers fit if `relu` stands before it")]),
    Case(
      name: "slope", values: "conv:ok batchnorm:ok y:wrong answer:inherits",
      findings: [("5:81", "the numbers fit with `leaky(0.2)` in its place, at `leaky`")]),
    Case(
      name: "silu", values: "conv:ok batchnorm:ok y:wrong answer:inherits",
      findings: [("5:81", "the numbers fit with SiLU (`x * (x -> sigmoid)`) in its place, at `relu`")]),
    Case(
      name: "residual", values: "conv:ok y:wrong conv_2:inherits y_2:wrong conv_3:inherits y_3:wrong",
      findings: ["image", "y", "y_2"].map {
        ("6:58", "the numbers fit where `\($0)` is added: a residual connection is missing")
      }),
    Case(
      name: "dcr", values: "x:ok answer:wrong",
      findings: [("7:27", "the numbers fit with `order: dcr`, at `pixel_shuffle`")]),
    Case(
      name: "hwc", values: "conv:ok answer:wrong",
      findings: [("7:27", "the numbers fit with `order: hwc`, at `flatten`")], arguments: ["--input-size", "12x14"]),

    Case(
      name: "other_weights", values: "conv:wrong x:inherits conv_2:inherits x_2:inherits conv_3:wrong body:inherits",
      findings: [
        ("6:12", "the numbers fit with the weights of `blocks.2.conv`"),
        ("6:12", "the numbers fit with the weights of `blocks.0.conv`"),
      ]),
    Case(
      name: "training", values: "conv:ok batchnorm:wrong y:inherits answer:inherits",
      findings: [("5:51", "the model was not in evaluation mode")]),
    Case(
      name: "in_place", values: "conv:ok batchnorm:ok y:wrong answer:ok",
      findings: [("6:10", "the numbers fit if `relu` follows: it is missing, or it worked in place")]),

    Case(
      name: "scale", values: "conv:wrong " + stem, findings: [("5:14", "is multiplied by 255: it holds 0...1")]),
    Case(
      name: "mean_order", values: "conv:wrong " + stem,
      findings: [("5:14", "by subtracting the mean (0.485, 0.456, 0.406) before dividing by the deviation")]),
    Case(
      name: "reversed_before_mean", values: "conv:wrong " + stem,
      findings: [("5:14", "made with the channels in reverse order (blue, green, red) before the normalisation")]),

    Case(
      name: "two", values: "conv:ok batchnorm:wrong y:wrong answer:inherits",
      findings: [
        ("5:51", "the numbers fit with `eps: 0.001`"),
        ("5:81", "the numbers fit with `leaky(0.2)` in its place, at `relu`"),
      ]),
    Case(name: "noise", values: "conv:ok batchnorm:ok y:wrong answer:ok", findings: [("6:10", nil)]),
    Case(name: "noise_at_the_end", values: "conv:ok batchnorm:ok y:ok answer:wrong", findings: [("8:27", nil)]),
    Case(name: "noise_in_a_norm", values: "conv:ok batchnorm:wrong y:ok answer:ok", findings: [("5:51", nil)]),
    Case(name: "one_number", values: "conv:ok batchnorm:ok y:wrong answer:ok", findings: [("6:10", nil)]),
  ]

  static let folder = "Tests/fcncTests/Fixtures/comparison"

  @Test func everyCaseOfTheScriptIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: "\(Tool.repository)/\(Self.folder)")
    #expect(folders.sorted() == Self.cases.map(\.name).sorted())
  }

  static func arguments(_ name: String) -> [String] {
    let path = "\(folder)/\(name)"
    return [
      "compare", "\(path)/network.fcn", "--weights", "\(path)/weights.npz", "--input", "\(path)/input.npy", "--expect",
      "\(path)/activations.npz",
    ]
  }

  @Test(arguments: cases)
  func theMistakeIsFound(_ item: Case) throws {
    let result = try Tool.fcnc.run(Self.arguments(item.name) + item.arguments + ["--format", "json"])
    #expect(result.status == (item.findings.isEmpty ? 0 : 1), "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.values.map { "\($0.value):\($0.status)" }.joined(separator: " ") == item.values)
    #expect(report.notCompared.isEmpty)
    guard report.findings.count == item.findings.count else {
      Issue.record("\(item.findings.count) findings, not \(report.findings)")
      return
    }
    for (found, expected) in zip(report.findings, item.findings) {
      let place = "\(Self.folder)/\(item.name)/network.fcn:\(expected.place)"
      #expect([found.id, found.place ?? ""] == ["value-differs", place])
      if let help = expected.help {
        #expect(found.help?.contains(help) == true, "\(found.help ?? "no help")")
      } else {
        #expect(found.help == nil)
      }
    }
  }

  /// The whole text of one comparison.
  @Test func theTextNamesTheFirstStageWithItsPlace() throws {
    let result = try Tool.fcnc.run(Self.arguments("align_corners"))
    let place = "\(Self.folder)/align_corners/network.fcn"
    #expect(result.status == 1)
    for part in [
      "expected  value   stage  place ", "down1     conv    conv   \(place):5:17   4x12x14  ",
      "error[value-differs]: `conv_3` differs from what is expected by up to ",
      " --> \(place):7:13\n", "7 | up = low -> upsample(2, mode: bilinear, grid: half_pixel)\n",
      "= note: computed from `conv`, `conv_2`; not recorded on the way: ", "= note: `answer` inherits the error\n",
      "4 values compared, 1 wrong, 1 that inherits; the first beyond 1.0e-04 of its range is `conv_3` (\(place):10:32)\n",
    ] {
      #expect(result.output.contains(part), "\(result.output)")
    }
  }

  @Test func aLargerToleranceIsObeyed() throws {
    let result = try Tool.fcnc.run(Self.arguments("eps") + ["--tolerance", "0.1"])
    #expect(result.status == 0 && result.output.hasSuffix("4 values compared, all within 1.0e-01 of their range\n"))
  }

  struct Report: Decodable {
    struct Value: Decodable {
      var array: String
      var value: String
      var status: String
      var shape: [Int]
      var expectedShape: [Int]
      var relativeError: Float?
    }

    struct Finding: Decodable {
      var id: String
      var message: String
      var place: String?
      var notes: [String]
      var help: String?
    }

    struct Leftover: Decodable {
      var array: String
      var reason: String
    }

    var values: [Value]
    var notCompared: [Leftover]
    var findings: [Finding]
  }
}
