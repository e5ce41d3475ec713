import FCNRuntime
import Foundation
import Testing

/// The command line on temporary folders.
@Suite struct ProgramTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let damage = "help: copy the file again, or save it anew from a picture editor\n"
  static let unknown = "help: convert it to one of these, or look whether it is empty\n"

  var identity: FakeNetwork { .grey(.image(maximum: 1, order: .grey)) }

  @Test(arguments: [
    (["--hlep"], "error: there is no option --hlep\nhelp: did you mean --help\n"),
    (["--thread=2"], "error: there is no option --thread\nhelp: did you mean --threads\n"),
    (["--threads", "0"], "error: --threads needs a number from 1 to 1024, not 0\n"),
    (["--threads"], "error: --threads needs a value\n"), (["--quiet=1"], "error: --quiet takes no value\n"),
    (["--max-pixels", "99999999999999999999"], "error: --max-pixels needs a number from 1 to 2147483648"),
    (["--size", "480"], "error: --size is HEIGHTxWIDTH, as in 480x640, not 480\n"),
    (["--alpha", "red"], "error: --alpha is ignore, black, white or channel, not red\n"),
    (["--fit", "stretch"], "error: --fit is error, pad or crop, not stretch\n"),
    (["--fit", "pad", "--fit-border", "mirror"], "error: --fit-border is zero, edge or reflect, not mirror\n"),
    (["--fit-border", "zero"], "error: --fit-border belongs to --fit pad\nhelp: add --fit pad\n"),
    (["--overlay-strength", "1.5"], "error: --overlay-strength needs a number from 0 to 1"),
    ([], "error: no picture was given\n"), (["a.png"], "error: nothing is to be written\n"),
    (["a.png", "-o", "out"], "error: out: the name does not say what to write\n"),
    (["a.png", "b.png", "-o", "out.png"], "error: several pictures cannot be written to the one file out.png\n"),
    (["x/a.png", "y/a.jpg", "-o", "{stem}.png"], "error: two answers would be written to a.png, of "),
    (["a.png", "-o", "out.png", "--overlay", "x.png"], "error: output answer cannot be laid over the picture\n"),
    (["a.png", "-o", "b.png", "-o", "b.png"], "error: two answers would be written to b.png"),
    (
      ["a.png", "-o", "b.png", "--input", "b.png"],
      "error: --input needs NAME=PATH with the name of a further input, not b.png\n"
    ),
    (["a.png", "-o", "answr=b.png"], "error: -o answr=b.png: there is no output answr; the outputs are answer\n"),
    (["a.png", "-o", "b.png", "--size", "1x1"], "error: --size belongs to --benchmark and --info\n"),
  ]) func refusals(arguments: [String], message: String) {
    var network = identity
    let console = Console(capturing: true)
    #expect(runProgram(&network, arguments: arguments, console: console) == 2)
    #expect(console.errors.hasPrefix(message), "\(console.errors)")
    #expect(console.output.isEmpty)
  }

  @Test func aBrokenFileDoesNotStopTheRest() throws {
    _ = try folder.write([[1, 2]], as: "a.pgm")
    try Files.write(FileBytes(Array("P5 9 9 255\n".utf8)), to: folder.file("b.pgm"))
    _ = try folder.write([[3, 4]], as: "c.pgm")
    try Files.write(FileBytes(Array("text".utf8)), to: folder.file("d.txt"))
    var network = identity
    let result = network.program(folder.path, "-o", folder.file("{stem}.out.png"), "-q")
    #expect(result.code == 1)
    let message = "the file is too short for the 9x9 pixels that its header names"
    #expect(result.errors == "error: \(folder.file("b.pgm")): \(message)\n\(Self.damage)")
    #expect(try folder.names() == ["a.out.png", "a.pgm", "b.pgm", "c.out.png", "c.pgm", "d.txt"])
    #expect(try folder.picture("c.out.png")[0, 1, 0] == 4)
  }

  @Test func unreadablePaths() throws {
    var network = identity
    let missing = network.program(folder.file("no.png"), "-o", folder.file("out.png"))
    #expect(missing.code == 1)
    #expect(missing.errors == "error: \(folder.file("no.png")): No such file or directory\n")
    let empty = network.program(folder.path, "-o", "{stem}.png")
    #expect(empty.code == 2)
    #expect(
      empty.errors == """
        error: \(folder.path): the folder holds no pictures
        help: files that end in .png, .jpg, .jpeg, .tif, .tiff, .pnm, .pbm, .pgm, .ppm, .npy are taken

        """)
    let endless = network.program("/dev/zero", "-o", folder.file("out.png"))
    #expect(endless.errors == "error: /dev/zero: neither a PNG, JPEG, TIFF, PNM nor .npy file\n\(Self.unknown)")
  }

  @Test func sizesThatTheNetworkRefuses() throws {
    let picture = try folder.write([[1, 2, 3], [4, 5, 6]], as: "a.pgm")
    var network = FakeNetwork.grey(.image(maximum: 1, order: .grey), stride: 2)
    let result = network.program(picture, "-o", folder.file("out.png"))
    #expect(result.code == 1)
    #expect(
      result.errors == """
        error: \(picture): width 3 is not accepted: the network needs multiples of 2; the nearest widths that fit are 2 \
        and 4
        help: --fit pad pads it to 2x4 and cuts the answer back, --fit crop takes the 2x2 in its middle

        """)
  }

  /// A pipe in a folder of pictures is passed over: reading it would wait for ever.
  @Test(.timeLimit(.minutes(1))) func pipesInFolders() throws {
    _ = try folder.write([[1, 2]], as: "a.pgm")
    #expect(mkfifo(folder.file("b.pgm"), 0o600) == 0)
    var network = identity
    let result = network.program(folder.path, "-o", folder.file("{stem}.out.png"), "-q")
    #expect(result.code == 0 && result.errors == "")
    #expect(try folder.names() == ["a.out.png", "a.pgm", "b.pgm"])
  }

  @Test func pixelLimit() throws {
    var network = identity
    let picture = try folder.write([[1, 2, 3], [4, 5, 6]], as: "a.pgm")
    let result = network.program(picture, "-o", folder.file("out.png"), "--max-pixels", "5")
    #expect(result.errors.contains("the picture has 2x3 pixels, more than the limit of 5"))
  }

  /// A full disk, a folder that cannot be written and a missing one: an error, the old file stays, nothing is left over.
  @Test func writingFails() throws {
    let picture = try folder.write([[1, 2]], as: "a.pgm")
    var network = identity
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("full.png"), withDestinationPath: "/dev/full")
    let full = network.program(picture, "-o", folder.file("full.png"))
    #expect(full.code == 1)
    #expect(
      full.errors == """
        error: \(folder.file("full.png")): cannot write: No space left on device
        help: make room and run again; a file that was there before is as it was

        """)
    #expect(FileManager.default.fileExists(atPath: "/dev/full"))

    let missing = network.program(picture, "-o", folder.file("no/out.png"))
    #expect(missing.code == 2)
    #expect(
      missing.errors == """
        error: \(folder.file("no/out.png")): there is no folder \(folder.file("no"))
        help: make the folder \(folder.file("no")) first

        """)
    try FileManager.default.createDirectory(atPath: folder.file("b.png"), withIntermediateDirectories: false)
    let occupied = network.program(picture, "-o", folder.file("b.png"))
    #expect(
      occupied.errors == "error: \(folder.file("b.png")): cannot write: Is a directory\nhelp: name a file in it\n")
    #expect(try folder.names() == ["a.pgm", "b.png", "full.png"])
  }

  @Test func replacingKeepsLinksAndPermissions() throws {
    let picture = try folder.write([[1, 2]], as: "a.pgm")
    let target = try folder.write([[9]], as: "target.pgm")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.pgm"), withDestinationPath: "target.pgm")
    var network = identity
    #expect(network.program(picture, "-o", folder.file("link.pgm")).code == 0)
    #expect(try folder.picture("target.pgm").width == 2)
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try folder.names() == ["a.pgm", "link.pgm", "target.pgm"])
  }

  @Test func picturesAreNotOverwritten() throws {
    let picture = try folder.write([[1, 2]], as: "a.pgm")
    var network = identity
    let result = network.program(picture, "-o", folder.path + "/./a.pgm")
    #expect(result.code == 2)
    #expect(result.errors.contains("is read and would be overwritten"))
    #expect(try folder.picture("a.pgm")[0, 1, 0] == 2)
    _ = try folder.write([[3, 4]], as: "a.x.pgm")
    let other = network.program(folder.path, "-o", folder.file("{stem}.x.pgm"))
    #expect(other.code == 2)
    #expect(try folder.picture("a.x.pgm")[0, 1, 0] == 4)
  }

  @Test func severalInputsAndOutputs() throws {
    let image = try folder.write([[1, 2]], as: "a.pgm")
    let guide = try folder.write([[3, 4]], as: "a-guide.pgm")
    let description = { (name: String) in InputDescription(name: name, channels: 1, preprocessing: [.luma]) }
    let output = { (name: String) in
      OutputDescription(name: name, channels: 1, kind: .image(maximum: 1, order: .grey))
    }
    var network = FakeNetwork([description("image"), description("guide")], [output("first"), output("second")])
    let result = network.program(
      image, "--input", "guide=" + folder.file("{stem}-guide.pgm"), "-o", "second=" + folder.file("two.pgm"))
    #expect(result.code == 0, "\(result.errors)")
    #expect(try folder.picture("two.pgm")[0, 0, 0] == 3)
    #expect(
      network.program(image, "-o", "second=two.pgm").errors
        == "error: input guide is missing\nhelp: --input guide=PATH\n")
    let unnamed = network.program(image, "--input", "guide=" + guide, "-o", "two.pgm")
    #expect(
      unnamed.errors == "error: the network has 2 outputs: first, second\nhelp: say which one: -o first=two.pgm\n")
    let other = try folder.write([[3, 4, 5]], as: "other.pgm")
    let wrong = network.program(image, "--input", "guide=" + other, "-o", "second=" + folder.file("two.pgm"))
    #expect(wrong.code == 1)
    #expect(wrong.errors.contains("input guide must be 1x2 (HEIGHTxWIDTH) with a first input of 1x2, not 1x3"))
  }

  @Test func information() throws {
    let resizing = Resizing(size: .shortSide(256), filter: .bilinear)
    var network = FakeNetwork(
      [
        InputDescription(
          name: "image", channels: 3, preprocessing: [.resize(resizing), .bgr, .subtract([103.939, 116.75, 0.5])])
      ], [OutputDescription(name: "mask", channels: 1, kind: .labels(Classes(count: 2, names: ["sky", "cat"])))],
      stride: 2)
    #expect(
      network.program("--info", "--size", "4x6").output == """
        fake
        input image: 3 channel(s); resized to a short side of 256 (bilinear); blue, green, red; minus 103.939, 116.75, \
        0.5; a grey picture gives three equal channels
        output mask: 1 channel(s); the class of each pixel, of 2 (sky, cat); H/2 x W/2
        height: multiples of 2
        width: multiples of 2
        other sizes: refused
        version: 1.5
        weights: none
        with an input of 4x6 (HEIGHTxWIDTH):
          output mask is 2x3

        """)
    #expect(network.program("--version").output == "fake 1.5\n")
    #expect(network.program("--help").output.contains("fake photo.jpg -o answer.png"))
  }

  @Test func selfTest() {
    var network = identity
    #expect(network.program("--self-test").output == "the self-test passed\n")
    network.selfTestResult = "output 0 differs"
    let result = network.program("--self-test")
    #expect(result.code == 1)
    #expect(
      result.errors
        == "error: the self-test failed: output 0 differs\nhelp: build the program again, or copy it again\n")
  }

  @Test func benchmark() throws {
    var network = identity
    let result = network.program("--benchmark", "3", "--size", "4x6", "--threads", "1")
    let form = /4x6, 1 thread\(s\), 3 run\(s\): median \d+\.\d{3} ms, least \d+\.\d{3} ms\n/
    #expect(try form.wholeMatch(in: result.output) != nil)
    let picture = try folder.write([[1, 2]], as: "a.pgm")
    #expect(network.program("--benchmark", "2", picture).output.hasPrefix("1x2, "))
  }
}
