import FCNRuntime
import Foundation
import Testing

/// Answers written as TIFF: the numbers come back, and the tags are those that were worked out by hand.
@Suite struct TIFFWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func network(
    _ kind: OutputKind, channels: Int = 1, steps: [PreprocessingStep] = [], inputs: Int = 1, stride: Int = 1,
    multiple: Int? = nil
  ) -> FakeNetwork {
    var network = FakeNetwork(
      [InputDescription(name: "image", channels: inputs, preprocessing: steps)],
      [OutputDescription(name: "answer", channels: channels, kind: kind)], stride: stride)
    if let multiple { network.multiple = multiple }
    return network
  }

  /// Runs the network on a fixture and gives the tags of the file that it wrote.
  func tags(_ network: FakeNetwork, _ name: String, _ arguments: String...) throws -> TIFFTags {
    var network = network
    let console = Console(capturing: true)
    let path = folder.file("answer.tif")
    let code = runProgram(
      &network, arguments: [Fixture.path(name), "-o", path, "-q"] + arguments, console: console)
    try #require(code == 0, "\(console.errors)")
    return try #require(TIFFTags(Fixture.bytes(at: path)))
  }

  func answer() throws -> PlanarArray { try TIFFTests.samples(folder.picture("answer.tif")) }

  // MARK: Kinds

  @Test func labels() throws {
    let classes = Classes(count: 3, names: [], colors: [0x000000, 0xFF8000, 0x0000FF])
    var network = network(.labels(classes), stride: 2)
    network.change = { ($0 * 255).rounded() }
    let picture = try folder.write([[0, 9, 1, 9], [9, 9, 9, 9], [2, 9, 0, 9], [9, 9, 9, 9]], as: "labels.pgm")
    let result = network.program(picture, "-o", folder.file("labels.tif"))
    try #require(result.code == 0, "\(result.errors)")
    let tags = try #require(TIFFTags(Fixture.bytes(at: folder.file("labels.tif"))))
    // 4x4 pixels of 8 bits with a palette, as big as the picture.
    #expect(tags[256] == [4] && tags[257] == [4] && tags[258] == [8] && tags[262] == [3])
    let map = try #require(tags[320])
    #expect(map.count == 768 && map[1] == 65535 && map[256 + 1] == Double(0x80 * 257) && map[512 + 2] == 65535)
    let colors = try TIFFTests.samples(folder.picture("labels.tif"))
    #expect(colors.channels == 3 && colors[0, 1, 3] == 255 && colors[1, 1, 3] == 128 && colors[2, 3, 1] == 255)
    #expect(colors[0, 3, 3] == 0)
  }

  @Test func manyLabels() throws {
    let tags = try tags(network(.labels(Classes(count: 300)), steps: [.range(maximum: 200)]), "tiff-u1.tif")
    #expect(tags[258] == [16] && tags[262] == [1] && tags[320] == nil)
  }

  /// All channels as big as the picture; the values of the corners are those of the outermost numbers.
  @Test func probabilities() throws {
    let tags = try tags(network(.probability, channels: 5, inputs: 5), "tiff-five-planar.tif")
    #expect(tags[277] == [5] && tags[284] == [2] && tags[339] == [3, 3, 3, 3, 3] && tags[317] == [3])
    let (found, five) = (try answer(), try Fixture.array("tiff-five"))
    for channel in 0..<5 { #expect(found[channel, 4, 6] == five[channel, 4, 6] / 65535) }
    let halved = try self.tags(network(.probability, stride: 2), "tiff-geo.tif")
    #expect(halved[256] == [16] && halved[257] == [12] && halved[258] == [32] && halved[282] == [300])
    #expect(halved[33550] == [10, 20, 0] && halved[33922] == [0, 0, 0, 500_000, 4_600_000, 0])
  }

  /// A score becomes a probability; as .png it is that in 8 bits.
  @Test func scores() throws {
    _ = try tags(network(.logits(Classes(count: 1))), "tiff-f4.tif", "--range", "0..100")
    let (found, samples) = (try answer(), try Fixture.array("tiff-f4"))
    let expected = 1 / (1 + exp(-Double(samples[0, 2, 5]) / 100))
    #expect(abs(Double(found[0, 2, 5]) - expected) < 1e-6)
  }

  /// The sum of a density is a count, so it is not enlarged.
  @Test func densities() throws {
    let tags = try tags(network(.density, stride: 2), "tiff-geo.tif")
    #expect(tags[256] == [8] && tags[257] == [6] && tags[339] == [3] && tags[33550] == [20, 40, 0])
    let heat = try self.tags(network(.density, stride: 2), "tiff-geo.tif", "--heat")
    #expect(heat[256] == [16] && heat[277] == [3] && heat[262] == [2] && heat[33550] == [10, 20, 0])
  }

  @Test(arguments: [("u1", 8, 1, 1.0), ("u2", 16, 1, 1), ("f4", 32, 3, 1), ("u4", 32, 3, 4_294_967_296)])
  func images(name: String, bits: Double, format: Double, scale: Float) throws {
    let tags = try tags(network(.image(maximum: 1, order: .grey)), "tiff-\(name).tif")
    #expect(tags[258] == [bits] && tags[339] == [format])
    let (found, samples) = (try answer(), try Fixture.array("tiff-" + name))
    for row in 0..<5 { #expect(abs(found[0, row, 3] - samples[0, row, 3] / scale) <= 1e-6 * abs(samples[0, row, 3])) }
  }

  @Test func coloredImages() throws {
    let tags = try tags(network(.image(maximum: 1, order: .bgr), channels: 3, steps: [.bgr], inputs: 3), "tiff-rgb.tif")
    #expect(tags[262] == [2] && tags[277] == [3] && tags[317] == [2] && tags[259] == [8])
    #expect(try greatestDifference(answer(), Fixture.array("tiff-rgb")) == 0)
  }

  @Test func overlays() throws {
    var network = network(.probability, inputs: 5)
    let result = network.program(
      Fixture.path("tiff-five-chunky.tif"), "--overlay", folder.file("overlay.tif"), "--overlay-strength", "0")
    try #require(result.code == 0, "\(result.errors)")
    let (found, five) = (try TIFFTests.samples(folder.picture("overlay.tif")), try Fixture.array("tiff-five"))
    // The first three channels are the photograph.
    for channel in 0..<3 { #expect(found[channel, 3, 4] == (five[channel, 3, 4] / 257).rounded()) }
  }

  /// More than 2048 pixels a side: tiles.
  @Test func tiles() throws {
    let rows = (0..<2100).map { y in (0..<2055).map { x in UInt8(truncatingIfNeeded: x * 3 + y * 5) } }
    let picture = try folder.write(rows, as: "big.pgm")
    var network = network(.image(maximum: 1, order: .grey))
    let result = network.program(picture, "-o", folder.file("big.tif"), "-q")
    try #require(result.code == 0, "\(result.errors)")
    let bytes = try Fixture.bytes(at: folder.file("big.tif"))
    let tags = try #require(TIFFTags(bytes))
    #expect(tags[322] == [256] && tags[323] == [256] && tags[324]?.count == 81 && !tags.isBig)
    let again = try Picture(decoding: FileBytes(bytes), maximumPixels: 10_000_000)
    for (y, x) in [(0, 0), (2099, 2054), (255, 256), (1000, 2000)] { #expect(again[y, x, 0] == Int(rows[y][x])) }
  }

  // MARK: Places

  /// The grid of the fixtures: 12 x 16 pixels of 10 x 20 metres, their corner at (500000, 4600000). Position i of the fake
  /// network's output has its middle at that of pixel `stride * i`.
  @Test func strides() throws {
    let tags = try tags(network(.raw, stride: 2), "tiff-geo.tif")
    #expect(tags[256] == [8] && tags[257] == [6])
    // The middle of the first pixel stays, so the corner moves by half of what the pixel grew.
    #expect(tags[33550] == [20, 40, 0])
    #expect(tags[33922] == [0, 0, 0, 499_995, 4_600_010, 0])
    #expect(tags[282] == [150] && tags[283] == [75] && tags[296] == [2])
    #expect(tags[34735] == [1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 12, 0, 3072, 0, 1, 32633])
    #expect(tags.texts[34737] == "UTM zone 33|")
  }

  /// Where tags speak of the middles of pixels, that of the first one stays.
  @Test func pixelIsPoint() throws {
    let tags = try tags(network(.raw, stride: 2), "tiff-geo-point.tif")
    #expect(tags[33550] == [20, 40, 0] && tags[33922] == [0, 0, 0, 500_000, 4_600_000, 0])
    let cropped = try self.tags(network(.raw, multiple: 5), "tiff-geo-point.tif", "--fit", "crop")
    #expect(cropped[33922] == [0, 0, 0, 500_000, 4_599_980, 0])
  }

  /// 10 x 15 pixels of 12 x 16: the first row is left out, no column.
  @Test(arguments: [OutputKind.raw, .probability]) func crops(kind: OutputKind) throws {
    let tags = try tags(network(kind, multiple: 5), "tiff-geo.tif", "--fit", "crop")
    #expect(tags[256] == [15] && tags[257] == [10] && tags[282] == [300])
    #expect(tags[33550] == [10, 20, 0] && tags[33922] == [0, 0, 0, 500_000, 4_599_980, 0])
  }

  @Test func padding() throws {
    let tags = try tags(network(.raw, multiple: 5), "tiff-geo.tif", "--fit", "pad")
    #expect(tags[256] == [16] && tags[257] == [12])
    #expect(tags[33550] == [10, 20, 0] && tags[33922] == [0, 0, 0, 500_000, 4_600_000, 0])
  }

  /// A picture that is halved before it enters the network: pixels of twice the size from the same corner. A mask is as
  /// big as the picture that was given.
  @Test func resizing() throws {
    let half = PreprocessingStep.resize(
      Resizing(size: .factor(numerator: 1, denominator: 2), filter: .area))
    let raw = try tags(network(.raw, steps: [half]), "tiff-geo.tif")
    #expect(raw[256] == [8] && raw[33550] == [20, 40, 0] && raw[33922] == [0, 0, 0, 500_000, 4_600_000, 0])
    #expect(raw[282] == [150] && raw[283] == [75])
    let mask = try tags(network(.probability, steps: [half]), "tiff-geo.tif")
    #expect(mask[256] == [16] && mask[33550] == [10, 20, 0] && mask[282] == [300])
  }

  @Test func matrices() throws {
    let tags = try tags(network(.raw, stride: 2), "tiff-geo-matrix.tif")
    #expect(
      tags[34264] == [12, 16, 0, 499_993, 16, -12, 0, 4_599_999, 0, 0, 0, 0, 0, 0, 0, 1])
  }

  @Test func tiepoints() throws {
    let tags = try tags(network(.raw, stride: 2), "tiff-geo-points.tif")
    #expect(tags[33922] == [0.25, 0.25, 0, 100, 200, 0, 8.25, 6.25, 0, 260, -40, 0])
    #expect(tags[33550] == nil)
  }

  /// The file holds the picture a quarter turn away, and its tags are about what it holds.
  @Test func turned() throws {
    let tags = try tags(network(.raw), "tiff-geo-turned.tif")
    #expect(tags[256] == [16] && tags[257] == [12] && tags[274] == nil)
    #expect(tags[282] == [150] && tags[283] == [300])
    #expect(tags[33550] == nil && tags[33922] == nil)
    #expect(tags[34264] == [0, 10, 0, 500_000, 20, 0, 0, 4_599_680, 0, 0, 0, 0, 0, 0, 0, 1])
  }

  @Test func unitsOfImageJ() throws {
    let tags = try tags(network(.raw, stride: 2), "tiff-imagej.tif")
    #expect(tags[282] == [2] && tags[283] == [2] && tags[296] == [1])
    #expect(tags.texts[270] == "ImageJ=1.53t\nunit=micron\n")
  }

  @Test func picturesThatSayNothing() throws {
    let tags = try tags(network(.raw), "tiff-u1.tif")
    for tag in [270, 282, 33550, 33922, 34264, 34735] { #expect(tags[tag] == nil && tags.texts[tag] == nil) }
  }

  // MARK: Another reader

  /// tifffile reads what .npy files hold.
  @Test func tifffileAgrees() throws {
    let python = ProcessInfo.processInfo.environment["FCNC_PYTHON"] ?? "/usr/bin/python3"
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scripts/tiff_answers.py").path
    var files: [String] = []
    for (index, name) in ["five-planar", "five-chunky", "tiled-chunky", "u1"].enumerated() {
      let channels = [5, 5, 3, 1][index]
      var network = network(.raw, channels: channels, inputs: channels)
      let result = network.program(
        Fixture.path("tiff-\(name).tif"), "-o", folder.file("\(index).tif"), "-o", folder.file("\(index).npy"))
      try #require(result.code == 0, "\(result.errors)")
      files += [folder.file("\(index).tif"), folder.file("\(index).npy")]
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [script] + files
    do { try process.run() } catch { return print("skipped: tifffileAgrees, there is no \(python)") }
    process.waitUntilExit()
    if process.terminationStatus == 77 { return print("skipped: tifffileAgrees, \(python) has no tifffile") }
    #expect(process.terminationStatus == 0)
  }
}
