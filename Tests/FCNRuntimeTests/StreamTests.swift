import FCNRuntime
import Foundation
import Testing

/// Frames from standard input and to standard output.
@Suite struct StreamTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var grey: FakeNetwork { .grey(.image(maximum: 1, order: .grey)) }
  var colored: FakeNetwork {
    FakeNetwork(
      [InputDescription(name: "image", channels: 3, preprocessing: [.rgb])],
      [OutputDescription(name: "answer", channels: 3, kind: .image(maximum: 1, order: .rgb))])
  }

  struct Result {
    var code: Int32
    var output: [UInt8]
    var errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Runs the program with these bytes as standard input; what it writes to standard output are frames and texts.
  func run(_ network: FakeNetwork, _ arguments: [String], _ input: [UInt8], output: String? = nil) throws -> Result {
    var network = network
    try Data(input).write(to: URL(filePath: folder.file("in")))
    let (source, sink) = (
      open(folder.file("in"), O_RDONLY), open(output ?? folder.file("out"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    )
    defer {
      close(source)
      close(sink)
    }
    let console = Console(capturing: true, input: source, output: sink)
    let code = runProgram(&network, arguments: arguments, console: console)
    let written = output == nil ? try Fixture.bytes(at: folder.file("out")) : []
    return Result(code: code, output: written + Array(console.output.utf8), errors: console.errors)
  }

  func run(_ network: FakeNetwork, _ arguments: [String], _ input: String) throws -> Result {
    try run(network, arguments, Array(input.utf8))
  }

  // MARK: PNM

  @Test func concatenatedPictures() throws {
    // Samples may look like the begin of a picture, and sizes change.
    let input = "P5\n2 1\n255\nP5" + "P5 1 3 255\nabc\nP2 2 1 # two\n10 5 10\nP5 1 1 255 x"
    let result = try run(grey, ["-", "-o", "-", "-q"], input)
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
    let expected =
      Array("P5\n2 1\n255\nP5P5\n1 3\n255\nabcP5\n2 1\n255\n".utf8) + [128, 255] + Array("P5\n1 1\n255\nx".utf8)
    #expect(result.output == expected)
    let colors = try run(colored, ["-", "-o", "-"], "P6 1 1 255\nabcP3 1 1 255 1 2 3")
    #expect(colors.output == Array("P6\n1 1\n255\nabcP6\n1 1\n255\n".utf8) + [1, 2, 3])
    #expect(colors.errors.wholeMatch(of: /2 frame\(s\): 2 done in [\d.]+ s \([\d.]+ a second\)\n/) != nil)
  }

  @Test func sixteenBits() throws {
    let result = try run(grey, ["-", "-o", "-", "-q"], Array("P5 2 1 65535\n".utf8) + [0xFF, 0xFF, 0x80, 0x80])
    #expect(result.output == Array("P5\n2 1\n255\n".utf8) + [255, 128])
  }

  @Test func forms() throws {
    let labels = FakeNetwork.grey(
      .labels(Classes(count: 2, colors: [0x010203, 0x0A0B0C])), change: { ($0 * 255).rounded() })
    let input: [UInt8] = Array("P5 2 1 255\n".utf8) + [0, 1]
    #expect(try run(labels, ["-", "-o", "-"], input).output == Array("P6\n2 1\n255\n".utf8) + [1, 2, 3, 10, 11, 12])
    #expect(try run(labels, ["-", "-o", "pgm:-"], input).output == Array("P5\n2 1\n255\n".utf8) + [0, 1])
    #expect(
      try run(grey, ["-", "-o", "answer=ppm:-"], input).output == Array("P6\n2 1\n255\n".utf8) + [0, 0, 0, 1, 1, 1])
    let video = Array("YUV4MPEG2 W2 H1 F25:1 Ip C420jpeg XCOLORRANGE=LIMITED\nFRAME\n".utf8)
    // 16 + 219 * 1 / 255, and no chroma.
    #expect(try run(grey, ["-", "-o", "y4m:-"], input).output == video + [16, 17, 128, 128])
    let overlay = try run(labels, ["-", "--overlay", "-", "--overlay-strength", "1"], input)
    #expect(overlay.output == Array("P6\n2 1\n255\n".utf8) + [1, 2, 3, 10, 11, 12])
  }

  @Test func picturesInFilesGiveFrames() throws {
    let paths = [try folder.write([[7]], as: "a.pgm"), try folder.write([[8, 9]], as: "b.pgm")]
    let broken = try folder.write([[1]], as: "broken.pgm")
    try Data("P5 1 1".utf8).write(to: URL(filePath: broken))
    let result = try run(grey, [paths[0], broken, paths[1], "-q", "-o", "-"], "")
    #expect(result.code == 1 && result.errors.hasPrefix("error: \(broken): "))
    #expect(result.output == Array("P5\n1 1\n255\n".utf8) + [7] + Array("P5\n2 1\n255\n".utf8) + [8, 9])
    let video = try run(grey, paths + ["-q", "-o", "y4m:-"], "")
    #expect(video.code == 1)
    #expect(
      video.errors == """
        error: \(paths[1]): the answer has 1x2 pixels, and the frames before it had 1x1: a Y4M stream keeps to one size
        help: write PNM: -o pnm:-

        """)
  }

  @Test func framesInFiles() throws {
    let result = try run(
      grey, ["-", "-o", folder.file("{frame}.pgm"), "-o", folder.file("f/{frame}/x.npy"), "-q"],
      "P5 1 1 255\naP5 1 1 255\nb")
    #expect(result.code == 0 && result.output == [], "\(result.errors)")
    #expect(try folder.names() == ["000001.pgm", "000002.pgm", "f", "in", "out"])
    #expect(try folder.picture("000002.pgm")[0, 0, 0] == 98)
    #expect(try folder.array("f/000001/x.npy")[0, 0, 0] == 97 / Float(255))
  }

  @Test func countsAndReports() throws {
    let density = FakeNetwork.grey(.density, change: { $0 * 255 })
    let input = "P2 1 2 9 1 2 P2 1 1 9 5 "
    // 1 of 9 is 28 of 255.
    let counts = try run(density, ["-", "-q"], input)
    #expect(counts.text == "frame 1: answer 85.000\nframe 2: answer 142.000\n" && counts.errors == "")
    let clean = try run(density, ["-", "-o", "pgm:-", "-q", "--report", folder.file("r.jsonl")], input)
    #expect(clean.errors == "frame 1: answer 85.000\nframe 2: answer 142.000\n")
    #expect(clean.output.starts(with: Array("P5\n1 2\n255\n".utf8)))
    let rows = try String(contentsOfFile: folder.file("r.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(
      rows.count == 2 && rows[1].hasPrefix(#"{"file": "-", "frame": 2, "status": "done", "error": null, "height": 1, "#)
    )
    #expect(rows[1].hasSuffix(#""written": [], "results": {"answer": {"count": 142}}}"#))
  }

  // MARK: What is refused

  static let refusals: [(arguments: [String], message: String)] = [
    (["-", "a.png", "-o", "-"], "- stands for frames from standard input, and for no other picture beside it"),
    (["-", "--info"], "--info and --benchmark take a picture in a file, not frames"),
    (["-", "-o", "-", "-o", "y4m:-"], "two answers would be written to standard output"),
    (["-", "-o", "out.png"], "several frames cannot be written to the one file out.png"),
    (["-", "-o", "{stem}.png"], "-o {stem}.png: {stem} has no meaning here"),
    (["-", "-o", "no/{frame}.png"], "no/{frame}.png: there is no folder no"),
    (["-", "-o", "-", "--skip-existing"], "--skip-existing looks at files, and - stands for frames"),
    (["-"], "nothing is to be written"), (["-", "-o", "-", "--report", "-"], "standard output takes the answers or"),
    (["-", "-o", "-", "--matrix", "bt2020"], "--matrix is bt601 or bt709, not bt2020"),
    (["-", "--overlay", "pgm:-"], "output answer cannot be laid over the picture"),
  ]

  @Test(arguments: refusals.indices) func refused(_ index: Int) throws {
    let item = Self.refusals[index]
    let result = try run(grey, item.arguments, "P5 1 1 255\na")
    #expect(result.code == 2 && result.output == [])
    #expect(result.errors.hasPrefix("error: \(item.message)"), "\(result.errors)")
  }

  @Test func whatNeedsNoFrames() throws {
    #expect(try run(grey, ["-", "--help"], "").code == 0)
    #expect(try run(grey, ["-", "--version"], "").text == "fake 1.5\n")
  }

  @Test func furtherInputs() throws {
    let input = { (name: String) in InputDescription(name: name, channels: 1, preprocessing: [.luma]) }
    let network = FakeNetwork([input("image"), input("guide")], grey.outputs)
    let result = try run(network, ["-", "--input", "guide=a.pgm", "-o", "-"], "")
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: the network has 2 inputs, and frames from standard input are only one\n"))
  }

  // MARK: Broken streams

  /// The stream, how many frames are answered, and what is said of the one behind them.
  static let broken: [(stream: String, frames: Int, message: String)] = [
    ("P5 1 1 255\naP5 2 2 255\nab", 1, "frame 2: the stream is too short for the 2x2 pixels that its header names"),
    ("P5 1 1 255\naP5 2", 1, "frame 2: the stream ends too early, at a height"),
    ("P5 1 1 255\naGIF89a", 1, "frame 2: this is no PNM picture of the kinds P1 to P6"),
    ("P7\nWIDTH 1\n", 0, "frame 1: this is no PNM picture of the kinds P1 to P6"),
    ("P2 1 1 9 3 P2 1 1 9 10", 1, "frame 2: sample 0 is 10, above the greatest sample 9 of the header"),
    ("P5 100000 100000 255\n", 0, "frame 1: the picture has 100000x100000 pixels, more than the limit of 1000000000"),
    ("P5 3 2 255\nabcdefP5 1 1 255\na", 0, "frame 1: width 3 is not accepted"),
    (
      "YUV4MPEG2 W2 H2 F1:1 Cmono XCOLORRANGE=FULL\nFRAME\nabcdFRAME\nabc", 1,
      "frame 2: the stream ends behind 3 of the frame's 4 bytes"
    ),
    (
      "YUV4MPEG2 W2 H2 Cmono XCOLORRANGE=FULL\nFRAME Ip X\nabcdFRAMES\nabcd", 1,
      "frame 2: the line before the frame does not begin with FRAME"
    ),
    (
      "YUV4MPEG2 W2 H2 Cmono XCOLORRANGE=FULL\nFRAME\nabcdfFRAME\nabcd", 1,
      "frame 2: the line before the frame does not begin with FRAME"
    ),
    (
      "YUV4MPEG2 W2 H2 Cmono XCOLORRANGE=FULL\nFRAME\nabcdFRA", 1,
      "frame 2: the stream ends in the line before the frame"
    ),
    (
      "YUV4MPEG2 W999999 H999999 Cmono\nFRAME\nabcd", 0,
      "frame 1: the picture has 999999x999999 pixels, more than the limit"
    ),
    ("YUV4MPEG2 W3 H2 Cmono\nFRAME\nabcdef", 0, "frame 1: width 3 is not accepted"),
  ]

  @Test(arguments: broken.indices) func aBrokenFrameEndsTheStream(_ index: Int) throws {
    let item = Self.broken[index]
    var network = grey
    network.multiple = item.message.contains("width 3") ? 2 : 1
    let result = try run(network, ["-", "-o", "pnm:-", "-q"], item.stream)
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("error: \(item.message)"), "\(result.errors)")
    let head = item.stream.hasPrefix("YUV") ? "P5\n2 2\n255\nabcd" : "P5\n1 1\n255\n"
    #expect(item.frames == 0 ? result.output == [] : result.text.hasPrefix(head), "what was answered before is whole")
  }

  static let noStreams: [(stream: String, message: String)] = [
    ("", "standard input: there is no frame"), ("\u{1}PNG", "standard input: this is no stream of PNM pictures"),
    ("YUV4MPEG W2 H2\n", "standard input: the header does not begin with YUV4MPEG2"),
    ("YUV4MPEG2", "standard input: the header of the Y4M stream names no size that a picture can have: YUV4MPEG2"),
    ("YUV4MPEG2 W2\n", "standard input: the header of the Y4M stream names no size"),
    ("YUV4MPEG2 W-2 H2\n", "standard input: the header of the Y4M stream names no size"),
    ("YUV4MPEG2 W99999999999999999999999 H2\n", "standard input: the header of the Y4M stream names no size"),
    ("YUV4MPEG2 W2 H2 It\n", "standard input: the Y4M stream is interlaced (It)"),
    ("YUV4MPEG2 W2 H2 C420p10\n", "standard input: the Y4M stream is of the kind C420p10, which is not taken"),
    ("YUV4MPEG2 W2 H2 C411\n", "standard input: the Y4M stream is of the kind C411, which is not taken"),
  ]

  @Test(arguments: noStreams.indices) func streamsThatAreNone(_ index: Int) throws {
    let item = Self.noStreams[index]
    let result = try run(grey, ["-", "-o", "-"], item.stream)
    #expect(result.code == 2 && result.output == [])
    #expect(result.errors.hasPrefix("error: \(item.message)"), "\(result.errors)")
  }

  /// Streams without an end: each is refused after a bounded part of it.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: ["P5 #", "P2 1 1 255 ", "P5 1", "P5 0", "YUV4MPEG2 W2 H2 X", "YUV4MPEG2 W2 H2\nFRAME "])
  func endlessStreams(start: String) throws {
    let fill: UInt8 = start.hasSuffix("1") || start.hasSuffix("0") ? 0x30 : start.hasSuffix("X") ? 0x41 : 0x20
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (source, sink) = (ends[0], ends[1])
    // The pipe breaks for the writer once the reader has had enough.
    signal(SIGPIPE, SIG_IGN)
    let writer = Thread {
      var bytes = Array(start.utf8)
      while bytes.withUnsafeBytes({ write(sink, $0.baseAddress, $0.count) }) > 0 {
        bytes = Array(repeating: fill, count: 1 << 16)
      }
      close(sink)
    }
    writer.start()
    var network = grey
    let console = Console(capturing: true, input: source)
    let code = runProgram(&network, arguments: ["-", "-o", folder.file("{frame}.png")], console: console)
    close(source)
    #expect(code == 1 || code == 2)
    #expect(console.errors.hasPrefix("error: "), "\(console.errors.prefix(200))")
  }

  /// What is cut anywhere, or changed anywhere, ends by itself; what is written are whole frames.
  @Test func damagedStreams() throws {
    let samples = [
      Array("P6 2 2 255\n0123456789abP3 1 1 7 # c\n1 2 3\nP6 1 2 65535 0123456789ab".utf8),
      try Fixture.bytes("video/420jpeg-limited-bt601.y4m"),
    ]
    for sample in samples {
      for length in 0..<sample.count {
        let result = try run(colored, ["-", "-o", "-", "-q"], Array(sample.prefix(length)))
        #expect((0...2).contains(result.code) && (result.code == 0) == result.errors.isEmpty)
      }
      for seed in 1...300 as ClosedRange<UInt64> {
        var generator = SeededGenerator(state: seed)
        var mutated = sample
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let result = try run(colored, ["-", "-o", "-", "-q", "--max-pixels", "100000"], mutated)
        #expect((0...2).contains(result.code) && (result.code == 0) == result.errors.isEmpty, "seed \(seed)")
      }
    }
  }

  // MARK: Closed pipes

  @Test func aClosedPipeIsAQuietExit() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    try Data(String(repeating: "P5 1 1 255\na", count: 50).utf8).write(to: URL(filePath: folder.file("in")))
    let source = open(folder.file("in"), O_RDONLY)
    var network = grey
    let console = Console(capturing: true, input: source, output: ends[1])
    #expect(runProgram(&network, arguments: ["-", "-o", "-", "-q"], console: console) == 141)
    #expect(console.errors == "")
    close(source)
    close(ends[1])
    let full = try run(grey, ["-", "-o", "-", "-q"], Array("P5 1 1 255\naP5 1 1 255\nb".utf8), output: "/dev/full")
    #expect(full.code == 2)
    #expect(full.errors == "error: standard output: cannot write: No space left on device\n")
  }

  // MARK: Y4M

  static let kinds = ["420jpeg", "420mpeg2", "420paldv", "422", "444", "mono"].flatMap { kind in
    ["limited", "full"].flatMap { range in ["bt601", "bt709"].map { "\(kind)-\(range)-\($0)" } }
  }

  /// The numbers of Tests/Scripts/video_samples.py.
  @Test(arguments: kinds) func videoIsReadAndWritten(_ name: String) throws {
    let input = try Fixture.bytes("video/\(name).y4m")
    let network = name.hasPrefix("mono") ? grey : colored
    let matrix = String(name.suffix(5))
    let read = try run(network, ["-", "-o", "pnm:-", "--matrix", matrix, "-q"], input)
    #expect(read.code == 0, "\(read.errors)")
    let expected = try Fixture.array("video/\(name)")
    let samples = expected.channels * expected.height * expected.width
    let last = read.output.suffix(samples).map { Int($0) }
    let place = { (index: Int) in
      let pixel = index / expected.channels
      return Int(expected[index % expected.channels, pixel / expected.width, pixel % expected.width])
    }
    #expect(last.count == samples && last.indices.allSatisfy { abs(last[$0] - place($0)) <= 1 })
    #expect(last.indices.count { last[$0] == place($0) } > samples * 9 / 10)
    let answer = try run(network, ["-", "-o", "-", "--matrix", matrix, "-q"], input)
    let written = try Fixture.bytes("video/\(name).written.y4m")
    let head = written.prefix { $0 != 0x0A }
    #expect(answer.output.starts(with: head), "\(String(decoding: answer.output.prefix(90), as: UTF8.self))")
    #expect(answer.output.count == written.count)
    #expect(zip(answer.output, written).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  @Test func theMatrixFollowsTheSize() throws {
    // Red in BT.601 and in BT.709, full range, without rounding: luma 255 * 0.299 and 255 * 0.2126.
    for (height, width, luma, matrix) in [
      (576, 2, 76, nil), (577, 2, 54, nil), (2, 1280, 54, nil), (2, 1280, 76, "bt601"), (2, 2, 54, "bt709"),
    ] as [(Int, Int, UInt8, String?)] {
      let header = Array("YUV4MPEG2 W\(width) H\(height) C444 XCOLORRANGE=FULL\nFRAME\n".utf8)
      let blue: UInt8 = luma == 76 ? 85 : 99
      let count = height * width
      let frame =
        header + Array(repeating: luma, count: count) + Array(repeating: blue, count: count)
        + Array(repeating: 255, count: count)
      let result = try run(colored, ["-", "-o", "pnm:-", "-q"] + (matrix.map { ["--matrix", $0] } ?? []), frame)
      let pixel = result.output.suffix(3).map { Int($0) }
      #expect(pixel[0] >= 253 && pixel[1] <= 2 && pixel[2] <= 2, "\(height)x\(width): \(pixel)")
    }
  }

  @Test func coloursOverGreyVideo() throws {
    let labels = FakeNetwork.grey(.labels(Classes(count: 2, colors: [0xFF0000, 0x0000FF])), change: { $0.rounded() })
    let result = try run(
      labels, ["-", "-o", "-", "-q"], Array("YUV4MPEG2 W1 H1 F1:2 A0:0 Cmono XCOLORRANGE=FULL\nFRAME\n".utf8) + [0])
    #expect(
      result.output == Array("YUV4MPEG2 W1 H1 F1:2 Ip A0:0 C444 XCOLORRANGE=FULL\nFRAME\n".utf8) + [76, 85, 255])
  }
}
