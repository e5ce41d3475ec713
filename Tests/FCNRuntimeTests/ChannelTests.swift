import FCNRuntime
import Testing

/// Channels from samples, pages and separate files; what does not fit names the option that mends it.
@Suite struct ChannelTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(
    _ name: String, channels: Int, steps: [PreprocessingStep] = [], _ arguments: String...
  ) throws -> (code: Int32, errors: String) {
    var network = FakeNetwork.echo(steps, channels: channels)
    let console = Console(capturing: true)
    let code = runProgram(
      &network, arguments: [Fixture.path(name), "-o", folder.file("numbers.npy"), "-q"] + arguments, console: console)
    return (code, console.errors)
  }

  @Test func pages() throws {
    #expect(try run("tiff-pages.tif", channels: 5, "--pages", "all").code == 0)
    let all = try folder.array("numbers.npy")
    let pages = try Fixture.array("tiff-pages")
    for page in 0..<5 { #expect(all[page, 3, 5] == pages[page, 3, 5] / 65535) }
    #expect(try run("tiff-pages.tif", channels: 1, steps: [.luma], "--pages=4").code == 0)
    #expect(try folder.array("numbers.npy")[0, 1, 1] == pages[3, 1, 1] / 65535)
    let none = try run("tiff-pages.tif", channels: 5)
    #expect(
      none.errors == """
        error: \(Fixture.path("tiff-pages.tif")): the file has 5 pages, and which are meant is not said
        help: --pages 1 takes the first; --pages 1-5, or all, makes channels of them

        """)
  }

  /// Steps that only count numbers work on any number of channels.
  @Test func steps() throws {
    let steps: [PreprocessingStep] = [.subtract([0.1, 0.2, 0.3, 0.4, 0.5]), .divide([2]), .range(maximum: 10)]
    #expect(try run("tiff-five-chunky.tif", channels: 5, steps: steps).code == 0)
    let numbers = try folder.array("numbers.npy")
    let five = try Fixture.array("tiff-five")
    for channel in 0..<5 {
      let expected = (five[channel, 2, 2] / 65535 - Float(channel + 1) / 10) / 2 * 10
      #expect(abs(numbers[channel, 2, 2] - expected) < 1e-5)
    }
    let half = Resizing(size: .exact(height: 1, width: 1), filter: .area)
    #expect(try run("tiff-five-chunky.tif", channels: 5, steps: [.resize(half)]).code == 0)
    #expect(try folder.array("numbers.npy").channels == 5)
  }

  @Test func separateFiles() throws {
    let other = Fixture.path("tiff-five-planar.tif")
    let result = try run("tiff-u1.tif", channels: 4, "--join", other, "--samples", "1", "--join=" + other)
    #expect(result.code == 1)
    #expect(result.errors.contains("the picture has 3 channel(s), and input image takes 4\n"))
    #expect(result.errors.contains("help: --join PATH adds the channels of another file, --pages "))
    #expect(try run("tiff-u1.tif", channels: 6, "--join", other).code == 0)
    let numbers = try folder.array("numbers.npy")
    let (first, rest) = (try Fixture.array("tiff-u1"), try Fixture.array("tiff-five"))
    #expect(numbers[0, 4, 6] == first[0, 4, 6] / 255)
    for channel in 0..<5 { #expect(numbers[channel + 1, 4, 6] == rest[channel, 4, 6] / 65535) }
    let size = try run("tiff-twelve.tif", channels: 6, "--join", other)
    #expect(
      size.errors.contains(
        "\(other): the picture has 5x7 pixels, and the one that it is joined to 6x9\n"))
    let array = try run("tiff-u1.tif", channels: 6, "--join", Fixture.path("array.npy"))
    #expect(array.errors.contains("an array cannot be joined to a picture\n"))
  }

  @Test func stemsOfJoinedFiles() throws {
    for name in ["a", "a.red"] { _ = try folder.write([[name == "a" ? 51 : 102]], as: name + ".pgm") }
    var network = FakeNetwork.echo([], channels: 2)
    let result = network.program(
      folder.file("a.pgm"), "--join", folder.file("{stem}.red.pgm"), "-o", folder.file("x.npy"))
    #expect(result.code == 0, "\(result.errors)")
    #expect(try folder.array("x.npy")[1, 0, 0] == 0.4)
    let over = network.program(
      folder.file("a.pgm"), "--join", folder.file("{stem}.red.pgm"), "-o", folder.file("a.red.pgm"))
    #expect(over.code == 2)
  }

  /// `NAME=` before a value is about a further input.
  @Test func furtherInputs() throws {
    var network = FakeNetwork(
      [
        InputDescription(name: "image", channels: 1, preprocessing: []),
        InputDescription(name: "guide", channels: 2, preprocessing: []),
      ], [1, 2].map { OutputDescription(name: "numbers\($0)", channels: $0, kind: .raw) })
    let result = network.program(
      Fixture.path("tiff-pages.tif"), "--pages", "2", "--input", "guide=" + Fixture.path("tiff-pages.tif"), "--pages",
      "guide=5,1", "--range", "guide=0..10", "-o", "numbers2=" + folder.file("x.npy"))
    #expect(result.code == 0, "\(result.errors)")
    let (numbers, pages) = (try folder.array("x.npy"), try Fixture.array("tiff-pages"))
    #expect(numbers[0, 0, 0] == pages[4, 0, 0] / 10 && numbers[1, 3, 3] == pages[0, 3, 3] / 10)
  }

  @Test(
    arguments: [
      (
        "tiff-five-planar.tif", 3, [.rgb], "the picture has 5 channels, and input image takes colours, of 3 or 1",
        "--samples 1,2,3 takes these as red, green and blue, --samples 1 the first as grey"
      ),
      (
        "tiff-five-planar.tif", 4, [], "the picture has 5 channel(s), and input image takes 4",
        "--samples 1-4 takes the first 4"
      ),
      (
        "tiff-rgb.tif", 1, [], "the picture has 3 channel(s), and input image takes 1", "--samples 1 takes the first"
      ),
      (
        "tiff-u1.tif", 5, [], "the picture has 1 channel(s), and input image takes 5",
        "--join PATH adds the channels of another file, --pages those of further pages of a TIFF"
      ),
      (
        "tiff-alpha.tif", 3, [], "the picture has an alpha channel, and input image takes 3 channel(s)",
        "say what becomes of it: --alpha ignore, --alpha black or --alpha white"
      ),
    ] as [(String, Int, [PreprocessingStep], String, String)])
  func countsThatDoNotFit(
    name: String, channels: Int, steps: [PreprocessingStep], message: String, help: String
  ) throws {
    let result = try run(name, channels: channels, steps: steps)
    #expect(result.code == 1)
    #expect(result.errors == "error: \(Fixture.path(name)): \(message)\nhelp: \(help)\n")
  }

  @Test func arraysAreTakenAsTheyAre() throws {
    let result = try run("array.npy", channels: 3, "--samples", "1-3")
    #expect(result.errors.hasSuffix("an array is the network's input as it is\nhelp: leave out --samples\n"))
  }

  @Test(arguments: [
    ["--pages", "0"], ["--samples", "x"], ["--pages", "image=2-1"], ["--nodata", "none"],
  ]) func wrongWords(arguments: [String]) {
    var network = FakeNetwork.echo([], channels: 1)
    let console = Console(capturing: true)
    #expect(runProgram(&network, arguments: ["a.tif", "-o", "x.npy"] + arguments, console: console) == 2)
    #expect(console.errors.hasPrefix("error: \(arguments[0]) is a "))
  }

  @Test func information() throws {
    var network = FakeNetwork.echo([], channels: 5)
    let text = network.program("--info", Fixture.path("tiff-five-chunky.tif"), "--range", "bits=16").output
    #expect(text.contains("input image: 5 channel(s); the channels of a picture in their order\n"))
    #expect(text.contains("tiff-five-chunky.tif: 5x7, 5 channel(s) of 16 bits; 0...65535 become 0...1\n"))
    let float = network.program(
      "--info", Fixture.path("tiff-tiled-planar.tif"), "--join", Fixture.path("tiff-tiled-planar.tif"), "--samples", "1"
    )
    #expect(float.errors.contains("the picture has 2 channel(s), and input image takes 5\n"))
  }
}
