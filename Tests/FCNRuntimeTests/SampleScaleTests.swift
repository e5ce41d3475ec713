import FCNRuntime
import Testing

/// What of a picture's samples becomes 0 and 1, against NumPy's numbers.
@Suite struct SampleScaleTests {
  func run(_ name: String, channels: Int, _ arguments: [String]) throws -> (code: Int32, errors: String, PlanarArray?) {
    let folder = try TemporaryFolder()
    var network = FakeNetwork.echo([], channels: channels)
    let console = Console(capturing: true)
    let path = folder.file("numbers.npy")
    let code = runProgram(
      &network, arguments: [Fixture.path(name), "-o", path] + arguments, console: console)
    return (code, console.errors, code == 0 ? try folder.array("numbers.npy") : nil)
  }

  func numbers(_ name: String, channels: Int, _ arguments: String...) throws -> PlanarArray {
    let result = try run(name, channels: channels, arguments)
    return try #require(result.2, "\(result.errors)")
  }

  /// The samples of a fixture brought to other numbers.
  func expect(_ numbers: PlanarArray, _ name: String, bound: Float = 1e-6, _ change: (Double) -> Double) throws {
    let samples = try Fixture.array(name)
    try #require(numbers.channels == samples.channels)
    for channel in 0..<samples.channels {
      for row in 0..<samples.height {
        for column in 0..<samples.width {
          let expected = Float(change(Double(samples[channel, row, column])))
          #expect(abs(numbers[channel, row, column] - expected) <= bound * max(1, abs(expected)))
        }
      }
    }
  }

  @Test func types() throws {
    for (name, full) in [("u1", 255.0), ("u2", 65535), ("i2", 32767), ("f4", 1), ("u4", 4_294_967_295)] {
      try expect(numbers("tiff-\(name).tif", channels: 1), "tiff-" + name) { $0 / full }
    }
    try expect(numbers("tiff-five-planar.tif", channels: 5), "tiff-five") { $0 / 65535 }
    try expect(numbers("tiff-f4.tif", channels: 1, "--range=type"), "tiff-f4", bound: 0) { $0 }
  }

  @Test func bits() throws {
    try expect(numbers("tiff-twelve.tif", channels: 1, "--range", "bits=12"), "tiff-twelve") { $0 / 4095 }
    let wrong = try run("tiff-u2.tif", channels: 1, ["--range", "bits=12"])
    #expect(wrong.code == 1)
    #expect(wrong.errors.contains("above the 4095 of --range bits=12\nhelp: give more bits, or --range 0.."))
    let narrow = try run("tiff-u1.tif", channels: 1, ["--range", "bits=12"])
    #expect(narrow.errors.contains("--range bits=12: the samples of the picture have 8 bits\n"))
    let float = try run("tiff-f4.tif", channels: 1, ["--range", "bits=12"])
    #expect(float.errors.contains("--range bits=12 is for unsigned samples, and those of the picture are not\n"))
    try expect(numbers("png-1x16.png", channels: 1, "--range", "bits=16"), "png-1x16") { $0 / 65535 }
  }

  @Test func givenRanges() throws {
    try expect(numbers("tiff-u2.tif", channels: 1, "--range", "100..40100"), "tiff-u2") { ($0 - 100) / 40000 }
    try expect(numbers("tiff-f4.tif", channels: 1, "--range", "-2.5e1..75"), "tiff-f4") { ($0 + 25) / 100 }
    let five = try numbers("tiff-five-chunky.tif", channels: 5, "--range", "0..1,0..2,0..4,0..8,0..16")
    let samples = try Fixture.array("tiff-five")
    for channel in 0..<5 { #expect(five[channel, 1, 1] == samples[channel, 1, 1] / Float(1 << channel)) }
    let wrong = try run("tiff-five-chunky.tif", channels: 5, ["--range", "0..1,0..2"])
    #expect(wrong.errors.contains("--range has 2 ranges, and the picture 5 channels\n"))
  }

  /// Numbers 0 and 1 are NumPy's percentiles of each channel, missing data left out.
  @Test(arguments: ["u1", "u2", "u4", "f4"]) func percentiles(type: String) throws {
    let numbers = try numbers("tiff-percentiles-\(type).tif", channels: 2, "--range", "percentiles=2.5,97")
    let difference = try #require(
      try greatestDifference(numbers, Fixture.array("tiff-percentiles-\(type)")))
    #expect(difference <= 1e-5)
  }

  @Test func missingData() throws {
    let result = try run("tiff-nodata.tif", channels: 2, [])
    #expect(result.errors.contains("tiff-nodata.tif: 3 sample(s) without data become 0\n"))
    #expect(try greatestDifference(#require(result.2), Fixture.array("tiff-nodata")) == 0)
    let scaled = try numbers("tiff-nodata.tif", channels: 2, "--range", "percentiles=2.5,97")
    #expect(try #require(try greatestDifference(scaled, Fixture.array("tiff-percentiles-nodata"))) <= 1e-5)
    #expect(
      try greatestDifference(numbers("tiff-nan-declared.tif", channels: 2), Fixture.array("tiff-nodata")) == 0)
    #expect(
      try greatestDifference(numbers("tiff-nan.tif", channels: 2, "--nodata", "nan"), Fixture.array("tiff-nodata"))
        == 0)
    let broken = try run("tiff-nan.tif", channels: 2, [])
    #expect(broken.errors.contains("tiff-nan.tif: the picture holds NaN at channel 0, row 1, column 2\n"))
    #expect(broken.errors.contains("help: --nodata nan makes 0 of pixels that are NaN\n"))
  }

  /// A channel that is the same everywhere has no range: its numbers are 0.
  @Test func constantChannel() throws {
    let folder = try TemporaryFolder()
    let picture = try folder.write([[7, 7], [7, 7]], as: "constant.pgm")
    var network = FakeNetwork.echo([], channels: 1)
    let result = network.program(picture, "-o", folder.file("x.npy"), "--range", "percentiles=1,99")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try folder.array("x.npy")[0, 1, 1] == 0)
  }

  @Test func alpha() throws {
    let samples = try Fixture.array("tiff-premultiplied")
    let (color, alpha) = (samples[1, 2, 3] / 255, samples[3, 2, 3] / 255)
    for (word, expected) in [("ignore", color / alpha), ("black", color), ("white", color + 1 - alpha)] {
      let numbers = try numbers("tiff-premultiplied.tif", channels: 3, "--alpha", word)
      #expect(abs(numbers[1, 2, 3] - expected) < 1e-5, "\(word)")
    }
    // An alpha channel that is not the last: the colours and the channel behind it are left.
    let five = try Fixture.array("tiff-alpha-before")
    let four = try numbers("tiff-alpha-before.tif", channels: 4, "--alpha", "ignore")
    for (place, sample) in [0, 1, 2, 4].enumerated() { #expect(four[place, 1, 2] == five[sample, 1, 2] / 255) }
    let all = try numbers("tiff-alpha-before.tif", channels: 5, "--alpha", "channel")
    #expect(all[3, 1, 2] == five[3, 1, 2] / 255)
  }

  @Test(arguments: [
    "bits=0", "bits=33", "bits=", "1..1", "5..2", "1..", "..1", "1..nan", "percentiles=1", "percentiles=9,1",
    "percentiles=-1,99", "percentiles=1,101", "x", "0..1,", "0x1..9", "1..inf",
  ])
  func wrongRanges(text: String) {
    var network = FakeNetwork.echo([], channels: 1)
    let result = network.program("a.tif", "-o", "x.npy", "--range", text)
    #expect(result.code == 2)
    #expect(
      result.errors == "error: --range is type, bits=12, 0..4095 or percentiles=1,99 or alike, not \(text)\n")
  }
}
