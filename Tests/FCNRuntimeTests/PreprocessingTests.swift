import FCNRuntime
import Testing

/// What reaches the network, against NumPy's numbers.
@Suite struct PreprocessingTests {
  func numbers(of picture: String, _ steps: [PreprocessingStep], channels: Int = 3, _ more: String = "--quiet") throws
    -> PlanarArray
  {
    let folder = try TemporaryFolder()
    var network = FakeNetwork.echo(steps, channels: channels)
    let result = network.program(Fixture.path(picture), "-o", folder.file("numbers.npy"), more)
    try #require(result.code == 0, "\(result.errors)")
    return try folder.array("numbers.npy")
  }

  @Test(
    arguments: [
      ("rgb", [.rgb], 3), ("bgr255", [.bgr, .range(maximum: 255)], 3),
      ("normalised", [.rgb, .subtract([0.485, 0.456, 0.406]), .divide([0.229, 0.224, 0.225])], 3),
      ("grey", [.grey(red: 0.2, green: 0.7, blue: 0.1)], 1), ("luma", [.luma], 1),
    ] as [(String, [PreprocessingStep], Int)])
  func steps(name: String, steps: [PreprocessingStep], channels: Int) throws {
    let difference = try #require(
      try greatestDifference(numbers(of: "photo.png", steps, channels: channels), Fixture.array("photo-" + name)))
    #expect(difference <= (name == "bgr255" ? 1e-4 : 1e-6))
  }

  @Test(
    arguments: [("nearest", .nearest), ("bilinear", .bilinear), ("bicubic", .bicubic), ("area", .area)]
      as [(String, Resizing.Filter)], [(7, 25), (30, 5)])
  func filters(filter: (name: String, filter: Resizing.Filter), size: (height: Int, width: Int)) throws {
    let resizing = Resizing(size: .exact(height: size.height, width: size.width), filter: filter.filter)
    let expected = try Fixture.array("photo-\(filter.name)-\(size.height)x\(size.width)")
    let difference = try #require(
      try greatestDifference(numbers(of: "photo.png", [.rgb, .resize(resizing)]), expected))
    #expect(difference <= 2e-6)
  }

  @Test func sizes() {
    func size(_ size: Resizing.Size, _ height: Int, _ width: Int) -> [Int]? {
      Resizing(size: size, filter: .area).size(height: height, width: width).map { [$0.height, $0.width] }
    }
    #expect(size(.shortSide(256), 480, 641) == [256, 341])
    #expect(size(.shortSide(256), 641, 480) == [341, 256])
    #expect(size(.longSide(100), 480, 641) == [74, 100])
    #expect(size(.factor(numerator: 3, denominator: 2), 5, 9) == [7, 13])
    #expect(size(.factor(numerator: 1, denominator: 8), 5, 9) == [1, 1])
    #expect(size(.exact(height: 1 << 20, width: 1 << 20), 5, 9) == nil)
    #expect(size(.factor(numerator: Int.max, denominator: 1), 5, 9) == nil)
  }

  @Test func sixteenBitsAreNotLost() throws {
    let expected = try Fixture.array("png-1x16")
    let numbers = try numbers(of: "png-1x16.png", [.luma], channels: 1)
    for row in 0..<5 {
      for column in 0..<7 { #expect(abs(numbers[0, row, column] * 65535 - expected[0, row, column]) < 0.02) }
    }
  }

  @Test func greyIsRepeated() throws {
    let expected = try Fixture.array("png-1x8")
    let numbers = try numbers(of: "png-1x8.png", [.rgb])
    for channel in 0..<3 { #expect(abs(numbers[channel, 2, 3] * 255 - expected[0, 2, 3]) < 1e-3) }
  }

  @Test func alphaNeedsAWord() throws {
    var network = FakeNetwork.echo([.rgb])
    let result = network.program(Fixture.path("png-4x8.png"), "-o", "x.npy")
    #expect(result.code == 1)
    #expect(result.errors.contains("the picture has an alpha channel, and input image takes 3 channel(s)\n"))
    #expect(result.errors.contains("help: say what becomes of it: --alpha ignore, --alpha black or --alpha white"))

    let samples = try Fixture.array("png-4x8")
    for (word, ground) in [("ignore", nil), ("black", 0), ("white", 1)] as [(String, Float?)] {
      let numbers = try numbers(of: "png-4x8.png", [.rgb], "--alpha=\(word)")
      for channel in 0..<3 {
        let (color, alpha) = (samples[channel, 1, 2] / 255, samples[3, 1, 2] / 255)
        let expected = ground.map { color * alpha + $0 * (1 - alpha) } ?? color
        #expect(abs(numbers[channel, 1, 2] - expected) < 1e-6)
      }
    }
  }

  @Test func channelsThatDoNotFit() throws {
    var network = FakeNetwork.echo([.range(maximum: 255)], channels: 1)
    let result = network.program(Fixture.path("photo.png"), "-o", "x.npy")
    #expect(
      result.errors.hasSuffix(
        "photo.png: the picture has 3 channel(s), and input image takes 1\nhelp: --samples 1 takes the first\n"))
  }

  /// Without a step that chooses colours the picture's channels are the input's.
  @Test func channelsAsTheyAre() throws {
    #expect(try greatestDifference(numbers(of: "photo.png", []), Fixture.array("photo-rgb")) == 0)
  }

  @Test func arraysPassAsTheyAre() throws {
    let numbers = try numbers(of: "array.npy", [.rgb, .range(maximum: 255)])
    #expect(try greatestDifference(numbers, Fixture.array("array")) == 0)
  }

  @Test(arguments: [
    ("array-nan.npy", "the array holds NaN at channel 1, row 2, column 3"),
    ("array-infinite.npy", "the array holds infinity at channel 1, row 2, column 3"),
  ]) func numbersThatAreNone(name: String, message: String) throws {
    var network = FakeNetwork.echo([])
    let result = network.program(Fixture.path(name), "-o", "x.npy")
    #expect(result.code == 1)
    #expect(result.errors.contains(message))
  }
}
