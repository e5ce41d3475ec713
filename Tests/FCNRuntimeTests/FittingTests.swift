import FCNRuntime
import Foundation
import Testing

/// Pictures whose size the network does not take: padded and the answer cut back, or cropped.
@Suite struct FittingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Gives out what enters it, and takes multiples of a number.
  private func echo(multiple: Int) -> FakeNetwork {
    var network = FakeNetwork.grey(.image(maximum: 1, order: .grey))
    network.multiple = multiple
    return network
  }

  /// What entered the network last, in 0...255.
  private func entered(_ network: FakeNetwork, _ input: Int = 0) -> [[Int]] {
    let plane = network.planes[input]
    return Self.grid(plane.height, plane.width) { Int((plane[0, $0, $1] * 255).rounded()) }
  }

  private func rows(_ name: String) throws -> [[Int]] {
    let picture = try folder.picture(name)
    return Self.grid(picture.height, picture.width) { picture[$0, $1, 0] }
  }

  /// A picture of this size without pattern.
  private func write(_ height: Int, _ width: Int, as name: String) throws -> String {
    try folder.write(
      Self.grid(height, width) { row, column in (row * 83 + column * 59 + row * column * 7) % 251 }, as: name)
  }

  private static func grid<Number: FixedWidthInteger>(
    _ height: Int, _ width: Int, _ value: (Int, Int) -> Int
  ) -> [[Number]] {
    (0..<height).map { row in (0..<width).map { column in Number(value(row, column)) } }
  }

  // MARK: Padding

  @Test func borders() throws {
    let picture = try folder.write([[1, 2, 3], [4, 5, 6]], as: "a.pgm")
    let expected = [
      "edge": [[1, 2, 3, 3], [4, 5, 6, 6], [4, 5, 6, 6], [4, 5, 6, 6]],
      "zero": [[1, 2, 3, 0], [4, 5, 6, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
      "reflect": [[1, 2, 3, 2], [4, 5, 6, 5], [1, 2, 3, 2], [4, 5, 6, 5]],
    ]
    for (border, numbers) in expected {
      var network = echo(multiple: 4)
      let result = network.program(picture, "--fit", "pad", "--fit-border", border, "-o", folder.file("b.pgm"), "-q")
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(entered(network) == numbers, "\(border)")
      #expect(try rows("b.pgm") == [[1, 2, 3], [4, 5, 6]])
    }
    var network = echo(multiple: 4)
    let result = network.program(picture, "--fit=pad", "-o", folder.file("b.pgm"))
    #expect(entered(network) == expected["edge"])
    #expect(result.errors.hasPrefix("\(picture): padded from 2x3 to 4x4 (edge), and the answer is cut back\n"))
  }

  @Test func threePixelsBecomeSixty() throws {
    var network = echo(multiple: 60)
    let picture = try folder.write([[1, 2, 3]], as: "a.pgm")
    #expect(
      network.program(picture, "--fit", "pad", "--fit-border", "reflect", "-o", folder.file("b.pgm")).code == 0)
    #expect(entered(network) == Array(repeating: (0..<60).map { [1, 2, 3, 2][$0 % 4] }, count: 60))
    #expect(try rows("b.pgm") == [[1, 2, 3]])
  }

  /// The middles of the positions are at 0, 4, 8 ...
  @Test(arguments: [(6, 9, 2, 3), (5, 5, 2, 2), (4, 13, 1, 4), (1, 2, 1, 1)])
  func positionsOfAStride(height: Int, width: Int, rows: Int, columns: Int) throws {
    var network = FakeNetwork.grey(.raw, stride: 4)
    let picture = try write(height, width, as: "a.pgm")
    #expect(network.program(picture, "--fit", "pad", "-o", folder.file("b.npy")).code == 0)
    let array = try folder.array("b.npy")
    #expect((array.height, array.width) == (rows, columns))
    let source = try folder.picture("a.pgm")
    for row in 0..<rows {
      for column in 0..<columns { #expect(array[0, row, column] == Float(source[4 * row, 4 * column, 0]) / 255) }
    }
  }

  /// A mask is enlarged as it would be had the picture been padded, not to the size of what was cut back.
  @Test func masksAreAsBigAsThePicture() throws {
    let picture = try write(6, 9, as: "a.pgm")
    var network = FakeNetwork.grey(.labels(Classes(count: 256)), stride: 4) { ($0 * 255).rounded() }
    #expect(network.program(picture, "--fit", "pad", "-o", folder.file("b.pgm")).code == 0)
    let source = try rows("a.pgm")
    // The last row of what enters is that at 8, which is the fifth repeated.
    let expected: [[Int]] = Self.grid(6, 9) { source[4 * ($0 / 4)][4 * ($1 / 4)] }
    #expect(try rows("b.pgm") == expected)
    let resizing = Resizing(size: .exact(height: 6, width: 9), filter: .area)
    network.inputs[0].preprocessing.append(.resize(resizing))
    let twice = try folder.write(Self.grid(12, 18) { source[$0 / 2][$1 / 2] }, as: "c.pgm")
    #expect(network.program(twice, "--fit", "pad", "-o", folder.file("d.pgm")).code == 0)
    #expect(try rows("d.pgm") == Self.grid(12, 18) { expected[$0 / 2][$1 / 2] })
  }

  /// Bilinear enlargement: equal to that of the padded picture, as far as the picture goes.
  @Test func mapsAreThoseOfThePaddedPicture() throws {
    let picture = try write(6, 9, as: "a.pgm")
    let source = try rows("a.pgm")
    let padded = try folder.write(Self.grid(8, 12) { source[min($0, 5)][min($1, 8)] }, as: "padded.pgm")
    var network = FakeNetwork.grey(.probability, stride: 4)
    #expect(network.program(picture, "--fit", "pad", "-o", folder.file("b.pgm")).code == 0)
    #expect(network.program(padded, "-o", folder.file("c.pgm")).code == 0)
    #expect(try rows("b.pgm") == Array(rows("c.pgm").prefix(6).map { Array($0.prefix(9)) }))
    let overlay = network.program(picture, "--fit", "pad", "--overlay", folder.file("d.ppm"))
    #expect(overlay.code == 0)
    #expect(try folder.picture("d.ppm").height == 6 && folder.picture("d.ppm").width == 9)
  }

  @Test func amountsBehindThePictureDoNotCount() throws {
    var network = FakeNetwork.grey(.density)
    network.multiple = 4
    let picture = try folder.write([[255, 0, 255], [255, 255, 0]], as: "a.pgm")
    let result = network.program(picture, "--fit", "pad", "-q")
    #expect(result.output == "\(picture): answer 4.000\n")
  }

  /// An infinity behind the picture is told, not painted.
  @Test func numbersBehindThePictureHaveToBeFinite() throws {
    var network = FakeNetwork.grey(.probability) { 1 / ($0 * 255) }
    network.multiple = 4
    let picture = try folder.write([[1, 2, 3]], as: "a.pgm")
    let result = network.program(
      picture, "--fit", "pad", "--fit-border", "zero", "-o", folder.file("b.png"), "-q")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("error: \(picture): output answer holds infinity at channel 0, row 0, column 3\n"))
  }

  // MARK: Cropping

  @Test func theMiddleIsTaken() throws {
    let picture = try write(6, 9, as: "a.pgm")
    let source = try rows("a.pgm")
    let middle = (1..<5).map { Array(source[$0][0..<8]) }
    var network = echo(multiple: 4)
    let result = network.program(picture, "--fit", "crop", "-o", folder.file("b.pgm"))
    #expect(result.code == 0 && entered(network) == middle)
    #expect(
      result.errors.hasPrefix(
        "\(picture): the 4x8 in the middle of 6x9 is taken, and the answer is about that part\n"))
    #expect(try rows("b.pgm") == middle)

    network.outputs[0].kind = .probability
    #expect(
      network.program(
        picture, "--fit", "crop", "--overlay", folder.file("c.ppm"), "--overlay-strength", "0"
      ).code == 0)
    #expect(try rows("c.ppm") == middle)
  }

  /// Where the network resizes, the part that is shown is that of the photograph.
  @Test func theMiddleOfAResizedPicture() throws {
    let small = try write(6, 9, as: "a.pgm")
    let source = try rows("a.pgm")
    let picture = try folder.write(Self.grid(12, 18) { source[$0 / 2][$1 / 2] }, as: "b.pgm")
    var network = FakeNetwork.grey(.probability)
    network.multiple = 4
    #expect(network.program(small, "--fit", "crop", "-o", folder.file("c.pgm")).code == 0)
    network.inputs[0].preprocessing.append(.resize(Resizing(size: .exact(height: 6, width: 9), filter: .area)))
    #expect(
      network.program(
        picture, "--fit", "crop", "-o", folder.file("d.pgm"), "--overlay", folder.file("e.ppm"), "--overlay-strength",
        "0"
      ).code == 0)
    #expect(try rows("e.ppm") == Self.grid(8, 16) { source[($0 + 2) / 2][$1 / 2] })
    let answer = try folder.picture("d.pgm")
    #expect((answer.height, answer.width) == (8, 16))
  }

  // MARK: Further inputs

  @Test func furtherInputsAreFittedAlike() throws {
    let description = { (name: String) in InputDescription(name: name, channels: 1, preprocessing: [.luma]) }
    var network = FakeNetwork(
      [description("image"), description("guide")],
      [OutputDescription(name: "answer", channels: 1, kind: .image(maximum: 1, order: .grey))])
    network.multiple = 4
    network.divisor = 2
    let picture = try write(6, 10, as: "a.pgm")
    let guide = try write(3, 5, as: "g.pgm")
    let (image, small) = (try rows("a.pgm"), try rows("g.pgm"))
    let output = folder.file("b.pgm")
    #expect(network.program(picture, "--input", "guide=\(guide)", "--fit", "pad", "-o", output).code == 0)
    #expect(entered(network, 1) == Self.grid(4, 6) { small[min($0, 2)][min($1, 4)] })
    #expect(network.program(picture, "--input", "guide=\(guide)", "--fit", "crop", "-o", output).code == 0)
    #expect(entered(network) == (1..<5).map { Array(image[$0][1..<9]) })
    #expect(entered(network, 1) == (1..<3).map { Array(small[$0][1..<5]) })
    let other = try write(4, 4, as: "o.pgm")
    let wrong = network.program(picture, "--input", "guide=\(other)", "--fit", "pad", "-o", output, "-q")
    #expect(
      wrong.errors.hasSuffix(
        "\(other): input guide must be 3x5 (HEIGHTxWIDTH) with a first input of 6x10, not 4x4\n"))
    // Half of five rows are two or three.
    let five = try write(5, 10, as: "f.pgm")
    #expect(network.program(five, "--input", "guide=\(guide)", "--fit", "pad", "-o", output).code == 0)
    let choice = network.program(five, "--input", "guide=\(other)", "--fit", "pad", "-o", output, "-q")
    #expect(choice.errors.contains("input guide must be 2...3x5 (HEIGHTxWIDTH) with a first input of 5x10, not 4x4"))
  }

  // MARK: The choice

  @Test func whatTheProgramWasBuiltWithHoldsUntilItIsSaid() throws {
    let picture = try folder.write([[1, 2, 3]], as: "a.pgm")
    var network = echo(multiple: 2)
    network.fitting = Fitting(.pad, border: .zero)
    #expect(network.program(picture, "-o", folder.file("b.pgm")).code == 0)
    #expect(entered(network) == [[1, 2, 3, 0], [0, 0, 0, 0]])
    #expect(network.program(picture, "--fit-border", "edge", "-o", folder.file("b.pgm")).code == 0)
    #expect(entered(network) == [[1, 2, 3, 3], [1, 2, 3, 3]])
    #expect(network.program(picture, "--fit", "error", "-o", folder.file("b.pgm")).code == 1)
    let help = network.program("--help").output
    #expect(help.contains("the network does not take (pad)") && help.contains("what it is padded with (zero)"))
    #expect(network.program("--info").output.contains("\nother sizes: padded (zero), and the answer cut back\n"))
  }

  @Test func informationAboutASize() {
    var network = FakeNetwork.grey(.raw, stride: 4)
    let text = network.program("--info", "--size", "6x9").output
    #expect(
      text.hasSuffix(
        """
        with an input of 6x9 (HEIGHTxWIDTH):
          height 6 is not accepted: the network needs multiples of 4; the nearest heights that fit are 4 and 8
          width 9 is not accepted: the network needs multiples of 4; the nearest widths that fit are 8 and 12
          --fit pad pads it to 8x12 and cuts the answer back:
            output answer is 2x3
          --fit crop takes the 4x8 in its middle:
            output answer is 1x2

        """), "\(text)")
    #expect(
      network.program("--info", "--size", "3x9").output.hasSuffix(
        "    output answer is 1x3\n  --fit crop cannot crop it\n"))
    #expect(
      network.program("--benchmark", "1", "--size", "6x9", "--fit", "pad").output.hasPrefix("8x12, "))
  }

  // MARK: Before any work

  /// The header is enough: the rest of these files is not there.
  @Test func theSizeIsLookedAtFirst() throws {
    var network = FakeNetwork.echo([.rgb])
    network.multiple = 1000
    for name in ["photo.png", "orientation6.jpg"] {
      let bytes = try Fixture.bytes(name)
      let picture = try Fixture.picture(name)
      let (height, width) = (picture.height, picture.width)
      try Files.write(FileBytes(Array(bytes.prefix(bytes.count - 10))), to: folder.file(name))
      let result = network.program(folder.file(name), "-o", folder.file("out.npy"))
      let path = folder.file(name)
      #expect(
        result.errors == """
          error: \(path): height \(height) is not accepted: the network needs multiples of 1000; the nearest height that \
          fits is 1000
          error: \(path): width \(width) is not accepted: the network needs multiples of 1000; the nearest width that \
          fits is 1000
          help: --fit pad pads it to 1000x1000 and cuts the answer back

          """)
    }
  }

  @Test func theSizeAfterAResizeCounts() throws {
    let resizing = Resizing(size: .longSide(5), filter: .area)
    var network = FakeNetwork.grey(.raw, stride: 4)
    network.inputs[0].preprocessing.append(.resize(resizing))
    let picture = try write(8, 10, as: "a.pgm")
    #expect(
      network.program(picture, "-o", folder.file("b.npy")).errors == """
        error: \(picture): resized from 8x10 to 4x5: width 5 is not accepted: the network needs multiples of 4; the \
        nearest widths that fit are 4 and 8
        help: --fit pad pads it to 4x8 and cuts the answer back, --fit crop takes the 4x4 in its middle

        """)
    #expect(network.program(picture, "--fit", "crop", "-o", folder.file("b.npy")).code == 0)
  }
}
