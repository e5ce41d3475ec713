import Foundation
import Testing

/// `fcnc fix --convolutionize` and networks that are read at one size.
@Suite struct FixTests {
  static let classifier = """
    // a classifier
    network classifier(classes = 4)

    input image[3] = picture -> unit

    map = image -> conv(5, kernel: 3, stride: 2, pad: valid) -> relu
    output scores: logits = map -> flatten(order: hwc) -> dense(6) @fc6 -> relu
      -> dense(classes) // last

    """

  static let rewritten = """
    // a classifier
    network classifier(classes = 4)

    input image[3] = picture -> unit

    map = image -> conv(5, kernel: 3, stride: 2, pad: valid) -> relu
    output scores: logits = map -> conv(6, kernel: 4x3, pad: valid) @fc6 -> relu
      -> conv(classes, kernel: 1) @scores.dense2  // last

    """

  let folder: Folder

  init() throws {
    folder = try Folder()
    try write(Self.classifier, "classifier.fcn")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  @discardableResult
  private func run(_ command: String, input: String = "", status: Int32 = 0) throws -> Tool.Result {
    let result = try Tool.fcnc.run(command.split(separator: " ").map(String.init), input: input, in: folder.path)
    #expect(result.status == status, "\(command)\n\(result.output)\(result.errors)")
    return result
  }

  /// The float32 numbers of a `.npy` file that fcnc wrote.
  private func numbers(_ name: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    return data[start...].withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }

  private func picture(_ name: String, height: Int, width: Int) throws {
    let numbers = (0..<(3 * height * width)).map { Float($0 * 7919 % 1000) / 1000 - 0.5 }
    try Samples.npy(shape: [3, height, width], numbers: numbers)
      .write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  @Test func theRewrittenNetworkAnswersAsTheClassifier() throws {
    defer { folder.remove() }
    try run("weights classifier.fcn --input-size 9x7 --random-weights 1 -o w.safetensors")
    let fixed = try run(
      "fix classifier.fcn --convolutionize --input-size 9x7 -o map.fcn --weights w.safetensors "
        + "--weights-output map.safetensors")
    #expect(fixed.errors.isEmpty)
    #expect(
      fixed.output == """
        classifier.fcn:7:32: `flatten` of 5 channels of 4x3 pixels falls away
        classifier.fcn:7:55: `dense` becomes `conv` with a window of 4x3, one answer every 2 pixels; its weights are reordered from row, column, channel
        classifier.fcn:8:6: `dense` becomes `conv` with a window of 1x1, one answer every 2 pixels
        fc6.weight: [6, 60] becomes [6, 5, 4, 3]
        scores.dense2.weight: [4, 6] becomes [4, 6, 1, 1]
        scores: ceil(H/2) - 4 x ceil(W/2) - 3: 1 x 1 at 9x7, as before; 2 x 2 at 11x9
        map.safetensors: 2 of 6 tensors changed

        """)
    #expect(try text("map.fcn") == Self.rewritten)
    #expect(try text("classifier.fcn") == Self.classifier)
    try picture("small.npy", height: 9, width: 7)
    try run("run classifier.fcn --input-size 9x7 --weights w.safetensors --strict -- small.npy -o a.npy -q")
    try run("run map.fcn --weights map.safetensors --strict -- small.npy -o b.npy -q")
    let (expected, found) = (try numbers("a.npy"), try numbers("b.npy"))
    #expect(expected.count == 4 && found.count == 4 && Set(expected).count > 1)
    for (a, b) in zip(expected, found) { #expect(abs(a - b) <= 1e-5) }
    try picture("large.npy", height: 13, width: 12)
    try run("run map.fcn --weights map.safetensors -- large.npy -o c.npy -q")
    #expect(try numbers("c.npy").count == 4 * 3 * 3)
    #expect(try run("check map.fcn").output.hasPrefix("map.fcn: classifier is fully convolutional\n"))
  }

  @Test func withoutAnOutputTheNetworkIsRewrittenInItsPlace() throws {
    defer { folder.remove() }
    let diff = try run("fix classifier.fcn --convolutionize --input-size 9x7 --diff")
    #expect(
      diff.output == """
        --- classifier.fcn
        +++ classifier.fcn
        @@ -4,5 +4,5 @@
         input image[3] = picture -> unit
        \u{20}
         map = image -> conv(5, kernel: 3, stride: 2, pad: valid) -> relu
        -output scores: logits = map -> flatten(order: hwc) -> dense(6) @fc6 -> relu
        -  -> dense(classes) // last
        +output scores: logits = map -> conv(6, kernel: 4x3, pad: valid) @fc6 -> relu
        +  -> conv(classes, kernel: 1) @scores.dense2  // last

        """)
    #expect(try text("classifier.fcn") == Self.classifier)
    try run("fix classifier.fcn --convolutionize --input-size 9x7")
    #expect(try text("classifier.fcn") == Self.rewritten)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["classifier.fcn"])
    let again = try run("fix classifier.fcn --convolutionize --input-size 9x7", status: 1)
    #expect(again.output == "classifier.fcn: there is nothing to rewrite: no stage of classifier fixes the size\n")
    #expect(try run("fix classifier.fcn --convolutionize", status: 1).output == again.output)
  }

  @Test func standardInputGoesToStandardOutput() throws {
    defer { folder.remove() }
    let result = try run("fix - --convolutionize --input-size 9x7", input: Self.classifier)
    #expect(result.output == Self.rewritten)
    #expect(result.errors.hasPrefix("<stdin>:7:32: `flatten` of 5 channels of 4x3 pixels falls away\n"))
  }

  @Test func anotherFormCanBeWritten() throws {
    defer { folder.remove() }
    try run("fix classifier.fcn --convolutionize --input-size 9x7 -o map.fcn.yaml")
    #expect(
      try text("map.fcn.yaml") == """
        # a classifier
        network: classifier
        parameters: {classes: 4}

        inputs:
          image: {channels: 3, preprocessing: [picture, unit]}

        values:
          map: [image, conv: [5, kernel: 3, stride: 2, pad: valid], relu]

        outputs:
          scores:
            kind: logits
            value:
              - map
              - {conv: [6, kernel: 4x3, pad: valid], label: fc6}
              - relu
              - {conv: [classes, kernel: 1], label: scores.dense2}  # last

        """)
  }

  @Test func aMapOfWeightsIsFollowed() throws {
    defer { folder.remove() }
    let names = ["map.conv.weight", "map.conv.bias", "net.0", "fc6.bias", "scores.dense2.weight", "scores.dense2.bias"]
    let shapes = [[5, 3, 3, 3], [5], [6, 60], [6], [4, 6], [4]]
    try Samples.safetensors(zip(names, shapes).map { ($0, $1, 0.5) })
      .write(to: URL(fileURLWithPath: "\(folder.path)/w.safetensors"))
    try write("fc6.weight = net.0\n", "names.map")
    let fix = "fix classifier.fcn --convolutionize --input-size 9x7 -o map.fcn --weights w.safetensors"
    let wrong = try run("\(fix) --weights-output v.safetensors", status: 1)
    #expect(wrong.errors.contains("error[missing-weight]: no tensor for the weight `fc6.weight` of shape [6, 60]"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/map.fcn"))
    try run("\(fix) --weight-map names.map --weights-output v.safetensors")
    try picture("small.npy", height: 9, width: 7)
    try run("run map.fcn --weights v.safetensors --weight-map names.map --strict -- small.npy -o b.npy -q")
  }

  @Test func aPictureThatIsResizedNeverGivesABiggerMap() throws {
    defer { folder.remove() }
    try write(
      "network n\ninput x[3] = picture -> resize(8x6, filter: area)\noutput y = x -> dense(2)\n", "n.fcn")
    #expect(
      try run("fix n.fcn --convolutionize --input-size 8x6").output == """
        n.fcn:3:17: `dense` becomes `conv` with a window of 8x6, one answer every 1 pixels
        y.dense.weight: [2, 144] becomes [2, 3, 8, 6]
        y: H - 7 x W - 5: 1 x 1 at 8x6, as before; 2 x 2 at 9x7
        note: every picture for `x` is resized to 8x6 before; take that out of its preprocessing for bigger maps

        """)
  }

  // MARK: One size

  @Test func networksAreReadAtOneSize() throws {
    defer { folder.remove() }
    #expect(
      try run("check classifier.fcn --input-size 9x7").output == """
        classifier.fcn: classifier with an input of 9x7
          scores: 1 x 1

        """)
    #expect(try run("weights classifier.fcn --input-size 9x7").output.contains("fc6.weight  [6, 60]\n"))
    let weights = try run("weights classifier.fcn", status: 1)
    #expect(weights.output.isEmpty)
    #expect(weights.errors.hasPrefix("error[not-fully-convolutional]: `flatten` fixes the size"))
    #expect(
      weights.errors.contains("help: `fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` makes a convolution"))
    let explained = try run("explain classifier.fcn --input-size 9x7 --graph").output
    #expect(explained.contains("map[5]") && explained.contains("  // 4 x 3\n"))
    let other = try run("explain classifier.fcn --input-size 9x7 --size 9x8", status: 2)
    #expect(other.errors.contains("9x8 is not accepted"))
    try run("check classifier.fcn --input-size 9by7", status: 2)
    try picture("large.npy", height: 13, width: 12)
    let refused = try run(
      "run classifier.fcn --input-size 9x7 --random-weights 1 -- large.npy -o a.npy", status: 1)
    #expect(
      refused.errors.hasPrefix(
        "error: large.npy: height 13 is not accepted: input `image` (classifier.fcn:4:1) needs H = 9; the nearest height "
          + "that fits is 9\n"))
  }

  /// A program that was made for one size refuses every other before any work.
  @Test func programsAreMadeForOneSize() throws {
    defer { folder.remove() }
    try write("network n\ninput x[3]\noutput y = x -> conv(2, kernel: 3, pad: same)\n", "n.fcn")
    try run("build n.fcn --input-size 9x7 --random-weights 1 -o program -q")
    let program = Tool(path: "\(folder.path)/program")
    try picture("right.npy", height: 9, width: 7)
    try picture("wrong.npy", height: 9, width: 8)
    #expect(try program.run(["--self-test"], in: folder.path).status == 0)
    #expect(try program.run(["right.npy", "-o", "a.npy", "-q"], in: folder.path).status == 0)
    let refused = try program.run(["wrong.npy", "-o", "b.npy"], in: folder.path)
    #expect(refused.status == 1)
    #expect(
      refused.errors.hasPrefix(
        "error: wrong.npy: width 8 is not accepted: input `x` (n.fcn:2:1) needs W = 7; the nearest width that fits is 7\n"
      ))
  }
}
