import FCNRuntime
import Foundation
import Testing

/// What is written for each kind of output.
@Suite struct AnswerTests {
  let folder: TemporaryFolder
  let ramp: String

  init() throws {
    folder = try TemporaryFolder()
    ramp = try folder.write([[0, 51, 102, 255], [255, 204, 153, 0]], as: "ramp.pgm")
  }

  func run(_ network: FakeNetwork, _ arguments: String...) throws -> (output: String, errors: String) {
    var network = network
    let console = Console(capturing: true)
    let code = runProgram(&network, arguments: [ramp] + arguments, console: console)
    try #require(code == 0, "\(console.errors)")
    return (console.output, console.errors)
  }

  func rows(_ name: String, channel: Int = 0) throws -> [[Int]] {
    let picture = try folder.picture(name)
    return (0..<picture.height).map { y in (0..<picture.width).map { x in picture[y, x, channel] } }
  }

  @Test func imagesAreRoundedAndClamped() throws {
    let network = FakeNetwork.grey(.image(maximum: 1, order: .grey)) { ($0 - 0.5) * 2 + 0.5 }
    _ = try run(network, "-o", folder.file("out.png"))
    // 2 v - 127.5, halves rounded away from zero.
    #expect(try rows("out.png") == [[0, 0, 77, 255], [255, 255, 179, 0]])
    _ = try run(.grey(.image(maximum: 1, order: .grey)), "-o", folder.file("out.pgm"))
    #expect(try rows("out.pgm") == [[0, 51, 102, 255], [255, 204, 153, 0]])
  }

  @Test func channelOrder() throws {
    let steps: [PreprocessingStep] = [.bgr, .range(maximum: 255)]
    var network = FakeNetwork(
      [InputDescription(name: "image", channels: 3, preprocessing: steps)],
      [OutputDescription(name: "same", channels: 3, kind: .image(maximum: 255, order: .bgr))])
    #expect(network.program(Fixture.path("photo.png"), "-o", folder.file("same.png")).code == 0)
    #expect(try greatestDifference(samples(folder.picture("same.png")), samples(Fixture.picture("photo.png"))) == 0)
  }

  /// The file is read byte by byte: indexes, and a palette whose colours are those of PASCAL VOC.
  @Test func labelsAreIndexesWithAPalette() throws {
    let network = FakeNetwork.grey(.labels(Classes(count: 4))) { ($0 * 3).rounded(.down) }
    _ = try run(network, "-o", folder.file("out.png"), "-o", folder.file("out.pgm"), "-o", folder.file("out.ppm"))
    #expect(try rows("out.pgm") == [[0, 0, 1, 3], [3, 2, 1, 0]])
    let bytes = try Fixture.bytes(at: folder.file("out.png"))
    #expect(bytes[25] == 3)
    let palette: [UInt8] = [80, 76, 84, 69, 0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]
    #expect(bytes.indices.contains { bytes[$0...].starts(with: palette) })
    #expect(try rows("out.ppm", channel: 0) == [[0, 0, 128, 128], [128, 0, 128, 0]])
    #expect(try rows("out.ppm", channel: 1) == [[0, 0, 0, 128], [128, 128, 0, 0]])
  }

  @Test func labelsHaveTheSizeOfThePicture() throws {
    let network = FakeNetwork.grey(.labels(Classes(count: 256)), stride: 2) { $0 * 255 }
    _ = try run(network, "-o", folder.file("out.pgm"), "-o", folder.file("out.npy"))
    #expect(try rows("out.pgm") == [[0, 0, 102, 102], [0, 0, 102, 102]])
    let array = try folder.array("out.npy")
    #expect((array.height, array.width) == (1, 2))
  }

  @Test func labelsComeBackFromAnySize() throws {
    let resizing = Resizing(size: .exact(height: 1, width: 3), filter: .nearest)
    let network = FakeNetwork(
      [InputDescription(name: "image", channels: 1, preprocessing: [.luma, .resize(resizing)])],
      [OutputDescription(name: "labels", channels: 1, kind: .labels(Classes(count: 256)))]
    ) { ($0 * 255).rounded() }
    _ = try run(network, "-o", folder.file("out.pgm"))
    #expect(try rows("out.pgm") == [[255, 153, 153, 0], [255, 153, 153, 0]])
  }

  @Test func manyClassesAreWrittenIn16Bits() throws {
    let network = FakeNetwork.grey(.labels(Classes(count: 1000))) { ($0 * 999).rounded() }
    _ = try run(network, "-o", folder.file("out.png"))
    #expect(try folder.picture("out.png").depth == .sixteen)
    #expect(try rows("out.png")[0] == [0, 200, 400, 999])
  }

  @Test func logitsAreArgmax() throws {
    var network = FakeNetwork(
      [InputDescription(name: "image", channels: 3, preprocessing: [.rgb])],
      [OutputDescription(name: "scores", channels: 3, kind: .logits(Classes(count: 3)))])
    #expect(network.program(Fixture.path("photo.png"), "-o", folder.file("out.pgm")).code == 0)
    let photo = try Fixture.picture("photo.png")
    let answer = try folder.picture("out.pgm")
    for row in 0..<photo.height {
      for column in 0..<photo.width {
        let colors = (0..<3).map { photo[row, column, $0] }
        #expect(answer[row, column, 0] == colors.firstIndex(of: colors.max() ?? 0))
      }
    }
  }

  @Test func aLoneLogitIsAProbability() throws {
    _ = try run(.grey(.logits(Classes(count: 2)), change: { $0 * 4 - 2 }), "-o", folder.file("out.png"))
    let expected = [0, 51, 102, 255].map { Int((255 / (1 + exp(-(Double($0) / 255 * 4 - 2)))).rounded()) }
    #expect(try rows("out.png")[0] == expected)
  }

  @Test func probabilities() throws {
    _ = try run(.grey(.probability), "-o", folder.file("out.png"))
    #expect(try rows("out.png") == [[0, 51, 102, 255], [255, 204, 153, 0]])
    _ = try run(.grey(.probability), "-o", folder.file("heat.png"), "--heat")
    let heat = try folder.picture("heat.png")
    // Lightness grows with the number.
    let luma = (0..<4).map { x in 299 * heat[0, x, 0] + 587 * heat[0, x, 1] + 114 * heat[0, x, 2] }
    #expect(luma == luma.sorted() && Set(luma).count == 4)
  }

  @Test func severalProbabilitiesNeedAPlaceholder() throws {
    var network = FakeNetwork.grey(.probability, channels: 2)
    let result = network.program(ramp, "-o", folder.file("out.png"))
    #expect(result.code == 2)
    #expect(result.errors.contains("use {channel} in the path"))
    _ = try run(network, "-o", folder.file("out-{channel}.png"))
    #expect(try folder.names() == ["out-0.png", "out-1.png", "ramp.pgm"])
  }

  @Test func densityIsCounted() throws {
    let text = try run(.grey(.density, change: { $0 * 2 }), "-o", folder.file("out.pgm"))
    // 2 * (51 + 102 + 255 + 255 + 204 + 153) / 255
    #expect(text.output == "\(ramp): answer 8.000\n")
    #expect(try rows("out.pgm") == [[0, 51, 102, 255], [255, 204, 153, 0]])
    #expect(try run(.grey(.density), "--quiet").errors.isEmpty)
  }

  @Test func overlay() throws {
    let network = FakeNetwork.grey(.labels(Classes(count: 2, colors: [0x000000, 0xFF8000]))) { $0 < 0.5 ? 0 : 1 }
    _ = try run(network, "--overlay", folder.file("out.png"), "--overlay-strength", "0.25")
    #expect(try rows("out.png", channel: 0) == [[0, 38, 77, 255], [255, 217, 179, 0]])
    #expect(try rows("out.png", channel: 1)[0] == [0, 38, 77, 223])
    #expect(try rows("out.png", channel: 2)[0] == [0, 38, 77, 191])
  }

  /// The class that is ignored leaves the photograph as it is.
  @Test func overlayWithoutTheIgnoredClass() throws {
    let classes = Classes(count: 2, colors: [0x000000, 0xFF8000], ignored: 0)
    let network = FakeNetwork.grey(.labels(classes)) { $0 < 0.5 ? 0 : 1 }
    _ = try run(network, "--overlay", folder.file("out.png"), "--overlay-strength", "0.25")
    #expect(try rows("out.png", channel: 0) == [[0, 51, 102, 255], [255, 217, 179, 0]])
    #expect(try rows("out.png", channel: 1)[0] == [0, 51, 102, 223])
  }

  @Test func lumaIsJoinedWithTheColoursOfTheInput() throws {
    let resizing = Resizing(size: .factor(numerator: 2, denominator: 1), filter: .bicubic)
    var network = FakeNetwork(
      [InputDescription(name: "image", channels: 1, preprocessing: [.luma, .resize(resizing)])],
      [OutputDescription(name: "big", channels: 1, kind: .image(maximum: 1, order: .luma))])
    #expect(network.program(Fixture.path("photo.png"), "-o", folder.file("out.png")).code == 0)
    let difference = try #require(
      try greatestDifference(samples(folder.picture("out.png")), Fixture.array("photo-joined")))
    #expect(difference <= 1)
    #expect(network.program(Fixture.path("png-1x8.png"), "-o", folder.file("grey.png")).code == 0)
    #expect(try folder.picture("grey.png").channels == 1)
  }

  @Test func numbersThatAreNoneAreNotDrawn() throws {
    var network = FakeNetwork.grey(.probability) { $0 > 0.9 ? .nan : $0 }
    let result = network.program(ramp, "-o", folder.file("out.png"))
    #expect(result.code == 1)
    #expect(result.errors.contains("ramp.pgm: output answer holds NaN at channel 0, row 0, column 3"))
    #expect(network.program(ramp, "-o", folder.file("out.npy")).code == 0)
    network = FakeNetwork.grey(.labels(Classes(count: 2))) { $0 * 10 }
    #expect(network.program(ramp, "-o", folder.file("out.png")).errors.contains("holds the class 2 of 2") == true)
  }

  @Test func jpeg() throws {
    _ = try run(.grey(.image(maximum: 1, order: .grey)), "-o", folder.file("out.JPG"))
    #expect(try Fixture.bytes(at: folder.file("out.JPG")).starts(with: [0xFF, 0xD8, 0xFF]))
  }
}
