import FCNTestSupport
import Foundation
import Testing

/// `--fit` from end to end, interpreted and compiled.
@Suite(.serialized) struct FittingTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop.shared.get() }

  // MARK: What is said

  static let runs: [WrongRunTests.Run] = [
    .init("fit-pad", "sample odd.ppm --fit pad -o mask=mask.png -o features=features.npy"),
    .init("fit-crop", "sample odd.ppm --fit crop --overlay mask=mask.png"),
    .init("fit-crop-impossible", "sample small.ppm --fit crop -o mask=mask.png"),
    .init("fit-pad-impossible", "fcnc run narrow.fcn -- odd.ppm --fit pad -o y.npy"),
    .init("fit-unknown", "sample odd.ppm --fit stretch -o mask=mask.png"),
    .init("fit-border-unknown", "sample odd.ppm --fit pad --fit-border mirror -o mask=mask.png"),
    .init("fit-border-alone", "sample odd.ppm --fit-border zero -o mask=mask.png"),
    .init("fit-built-in", "padding odd.ppm -o mask=mask.png"),
    .init("fit-built-in-not-wanted", "padding odd.ppm --fit error -o mask=mask.png"),
    .init("fit-info", "fcnc run sample.fcn --random-weights 1 -- --info --size 10x13"),
    .init("fit-help", "fcnc run sample.fcn --random-weights 1 -- --help"),
    .init("build-fit-border-alone", "fcnc build sample.fcn --random-weights 1 --fit-border zero -o old"),
  ]

  @Test func everyRunSaysWhatItDoes() throws {
    let folder = try Folder()
    defer { folder.remove() }
    for name in ["sample", "sample.fcn"] {
      try FileManager.default.copyItem(atPath: "\(workshop.path)/\(name)", toPath: "\(folder.path)/\(name)")
    }
    let narrow =
      "network narrow\n\ninput x[3] = picture -> rgb\n\noutput y: raw = x -> maxpool(2) -> pad(3) -> crop(like: x, offset: 0)\n"
    let files = [
      "odd.ppm": Samples.ppm(height: 10, width: 13), "small.ppm": Samples.ppm(height: 3, width: 13),
      "narrow.fcn": Data(narrow.utf8),
    ]
    for (name, data) in files { try data.write(to: URL(fileURLWithPath: "\(folder.path)/\(name)")) }
    let built = try Tool.fcnc.run(
      [
        "build", "sample.fcn", "--random-weights", "1", "--fit", "pad", "--fit-border", "reflect", "-o", "padding",
        "-q",
      ], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    for run in Self.runs {
      let tool = run.words[0] == "fcnc" ? Tool.fcnc : Tool(path: "\(folder.path)/\(run.words[0])")
      let result = try tool.run(Array(run.words.dropFirst()), in: folder.path)
      let said = (result.output + result.errors).replacing(/in \d+\.\d ms/, with: "in N ms")
        .replacing(/fcnc \d[\w.\-]*/, with: "fcnc VERSION")
      let text = "$ \(run.words.joined(separator: " "))\n\(said)[exit status \(result.status)]\n"
      let difference = try ExpectedText.difference(
        text, from: Repository.file("Tests/UI/runs/\(run.name).expected.txt"))
      #expect(difference == nil)
    }
  }

  // MARK: What is computed

  /// A network with two input channels and one output, and the sizes along one axis.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var body: String
    /// Whether a size is accepted.
    var accepts: @Sendable (Int) -> Bool
    /// How many of an output's positions, from the first on, lie on `given` pixels that were padded.
    var kept: @Sendable (_ given: Int) -> Int

    var testDescription: String { name }
    var text: String { "network \(name)\ninput x[2]\n\(body)\n" }
  }

  static let coarse = "x -> maxpool(4) -> upsample(4, mode: nearest, grid: asymmetric)"

  static let cases = [
    Case(
      name: "full", body: "output y: raw = (x + (\(coarse))) -> conv(3, kernel: 3, pad: same)",
      accepts: { $0 % 4 == 0 }, kept: { $0 }),
    // Position i of the output lies at i + 2, and the accepted sizes are two more than multiples of four.
    Case(
      name: "valid",
      body: """
        a = x -> conv(4, kernel: 3, pad: valid)
        b = a + (a -> maxpool(4) -> upsample(4, mode: nearest, grid: asymmetric))
        output y: raw = b -> conv(3, kernel: 3, pad: valid)
        """, accepts: { $0 >= 6 && $0 % 4 == 2 },
      kept: { given in
        let size = [6, 10, 14, 18].first { $0 >= given } ?? 0
        return min(size - 4, max(1, given - 2))
      }),
    // Position i lies at 4 i + 3/2, on n pixels where 4 i + 3/2 < n - 1/2.
    Case(
      name: "quarter", body: "output y: raw = (x + (\(coarse))) -> avgpool(4) -> conv(3, kernel: 1)",
      accepts: { $0 % 4 == 0 }, kept: { max(1, ($0 + 1) / 4) }),
    Case(
      name: "twice",
      body: "output y: raw = (x + (\(coarse))) -> conv(4, kernel: 3, pad: same) -> pixel_shuffle(2, order: crd)",
      accepts: { $0 % 4 == 0 }, kept: { 2 * $0 }),
  ]

  /// The pixel at a place behind the last of `count`, by walking there; nil for none.
  private func source(_ border: String, _ place: Int, _ count: Int) -> Int? {
    if place < count { return place }
    if border == "zero" { return nil }
    if border == "edge" || count == 1 { return count - 1 }
    var (position, step) = (0, 1)
    for _ in 0..<place {
      if position == count - 1 { step = -1 }
      if position == 0 { step = 1 }
      position += step
    }
    return position
  }

  @Test(arguments: cases) func aFittedPictureIsComputedLikeOneThatWasFittedBefore(_ item: Case) throws {
    let folder = try Folder()
    defer { folder.remove() }
    func file(_ name: String) -> String { "\(folder.path)/\(name)" }
    try item.text.write(toFile: file("net.fcn"), atomically: true, encoding: .utf8)
    let built = try Tool.fcnc.run(
      ["build", "net.fcn", "--random-weights", "3", "-o", "net", "-q"], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    func interpreted(_ arguments: [String]) throws -> Numbers {
      let result = try Tool.fcnc.run(
        ["run", "net.fcn", "--random-weights", "3", "--"] + arguments + ["-o", "out.npy", "-q"], in: folder.path)
      try #require(result.status == 0, "\(arguments): \(result.errors)")
      return try Numbers(file("out.npy"))
    }
    func compiled(_ arguments: [String]) throws -> Numbers {
      let result = try Tool(path: file("net")).run(arguments + ["-o", "out.npy", "-q"], in: folder.path)
      try #require(result.status == 0, "\(arguments): \(result.errors)")
      return try Numbers(file("out.npy"))
    }
    for (height, width) in [(10, 13), (1, 7), (9, 3), (7, 14)] {
      var generator = SeededGenerator(seed: UInt64(height * 100 + width))
      let input = Numbers(channels: 2, height: height, width: width) { _, _, _ in
        Float.random(in: -1...1, using: &generator)
      }
      try input.write(file("in.npy"))
      let above = [height, width].map { size in (size...).first(where: item.accepts) ?? 0 }
      for border in ["zero", "edge", "reflect"] {
        try Numbers(channels: 2, height: above[0], width: above[1]) { channel, row, column in
          guard let row = source(border, row, height), let column = source(border, column, width) else { return 0 }
          return input[channel, row, column]
        }.write(file("padded.npy"))
        let whole = try interpreted(["padded.npy"])
        let rows = item.accepts(height) ? whole.height : item.kept(height)
        let columns = item.accepts(width) ? whole.width : item.kept(width)
        let expected = whole.part(0..<rows, 0..<columns)
        let options = ["in.npy", "--fit", "pad", "--fit-border", border]
        #expect(try interpreted(options) == expected, "\(item.name), \(height)x\(width), \(border)")
        let difference = try compiled(options).difference(to: expected)
        #expect(difference <= 2e-5, "\(item.name), \(height)x\(width), \(border): \(difference)")
      }
      let below = [height, width].map { size in (1...size).last(where: item.accepts) }
      guard let rows = below[0], let columns = below[1] else { continue }
      let (top, left) = ((height - rows) / 2, (width - columns) / 2)
      try input.part(top..<top + rows, left..<left + columns).write(file("cropped.npy"))
      let expected = try interpreted(["cropped.npy"])
      #expect(try interpreted(["in.npy", "--fit", "crop"]) == expected, "\(item.name), \(height)x\(width)")
      let difference = try compiled(["in.npy", "--fit", "crop"]).difference(to: expected)
      #expect(difference <= 2e-5, "\(item.name), \(height)x\(width), crop: \(difference)")
    }
  }

  /// Far enough from what was padded the answer is that of a bigger picture, whose upper left part the picture is.
  @Test func theInnerPartIsThatOfABiggerPicture() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try Self.cases[0].text.write(toFile: folder.path + "/net.fcn", atomically: true, encoding: .utf8)
    var generator = SeededGenerator(seed: 9)
    let big = Numbers(channels: 2, height: 32, width: 36) { _, _, _ in Float.random(in: -1...1, using: &generator) }
    try big.write(folder.path + "/big.npy")
    try big.part(0..<27, 0..<30).write(folder.path + "/small.npy")
    for (input, output) in [("big.npy", "a.npy"), ("small.npy", "b.npy")] {
      let result = try Tool.fcnc.run(
        ["run", "net.fcn", "--random-weights", "3", "--", input, "--fit", "pad", "-o", output, "-q"], in: folder.path)
      try #require(result.status == 0, "\(result.errors)")
    }
    let (whole, answer) = (try Numbers(folder.path + "/a.npy"), try Numbers(folder.path + "/b.npy"))
    #expect(answer.height == 27 && answer.width == 30)
    // The cells of four pixels that lie on the picture end at 24 and 28; the convolution sees one pixel further.
    #expect(answer.part(0..<23, 0..<27) == whole.part(0..<23, 0..<27))
    #expect(answer.part(0..<27, 0..<30) != whole.part(0..<27, 0..<30), "the border is seen")
  }

  // MARK: Sizes that are accepted

  /// Networks that take every size, with their weights.
  static let anySize = [
    (name: "edges", arguments: ["Networks/edges/edges.fcn", "--weights", "Networks/edges/edges.safetensors"]),
    (name: "fsrcnn", arguments: ["Networks/fsrcnn/fsrcnn.fcn", "--random-weights", "4"]),
    (name: "halves", arguments: ["halves.fcn", "--random-weights", "5"]),
  ]

  @Test(arguments: anySize.indices) func oddSizesGiveTheReferencesAnswer(_ index: Int) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let network = Self.anySize[index]
    try """
    network halves
    input x[1]
    half = x -> conv(8, kernel: 3, stride: 2, pad: 1) -> relu
    quarter = half -> maxpool(3, stride: 2, pad: 1, round: ceil) -> conv(8, kernel: 3, pad: same, border: replicate)
    joined = concat(half, quarter -> upsample(like: half, mode: bilinear, grid: align_corners))
    output y: raw = joined -> deconv(3, kernel: 3, stride: 2, pad: 1, like: x)
    """.write(toFile: folder.path + "/halves.fcn", atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/Networks", withDestinationPath: Tool.repository + "/Networks")
    let built = try Tool.fcnc.run(["build"] + network.arguments + ["-o", "net", "-q"], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    for (height, width) in [(127, 129), (129, 127), (1, 1), (1, 7), (7, 1)] {
      var generator = SeededGenerator(seed: UInt64(height * 1000 + width))
      try Numbers(channels: 1, height: height, width: width) { _, _, _ in Float.random(in: 0...1, using: &generator) }
        .write(folder.path + "/in.npy")
      let reference = try Tool.fcnc.run(
        ["run"] + network.arguments + ["--", "in.npy", "-o", "a.npy", "-q"], in: folder.path)
      let compiled = try Tool(path: folder.path + "/net").run(["in.npy", "-o", "b.npy", "-q"], in: folder.path)
      try #require(reference.status == 0 && compiled.status == 0, "\(reference.errors)\(compiled.errors)")
      let (expected, answer) = (try Numbers(folder.path + "/a.npy"), try Numbers(folder.path + "/b.npy"))
      let difference = answer.difference(to: expected)
      print("\(network.name), \(height)x\(width): \(answer.height)x\(answer.width), difference \(difference)")
      #expect(difference <= 2e-5, "\(network.name), \(height)x\(width)")
    }
  }
}
