import Foundation
import Testing

/// Many pictures and streams through a built program.
@Suite(.serialized) struct BatchTests {
  let folder: Folder
  let workshop: Workshop
  let edges: Tool

  init() throws {
    folder = try Folder()
    workshop = try Workshop.shared.get()
    edges = Tool(path: "\(workshop.path)/edges")
  }

  private func file(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func contents(_ name: String) -> Data { FileManager.default.contents(atPath: file(name)) ?? Data() }

  private func write(_ data: Data, _ name: String) throws { try data.write(to: URL(fileURLWithPath: file(name))) }

  private func pgm(_ height: Int, _ width: Int, seed: Int) -> Data {
    Data("P5\n\(width) \(height)\n255\n".utf8)
      + Data((0..<(height * width)).map { UInt8(($0 * (31 + 2 * seed) + $0 / width * 17 + seed) % 256) })
  }

  /// The plan of one picture serves the next of its size: the answers are those of runs for each alone.
  @Test(arguments: ["edges", "sample"]) func aBatchGivesWhatSingleRunsGive(_ name: String) throws {
    defer { folder.remove() }
    let program = Tool(path: "\(workshop.path)/\(name)")
    let sizes = [(12, 16), (12, 16), (20, 8), (12, 16), (20, 8), (4, 4)]
    for (index, size) in sizes.enumerated() { try write(pgm(size.0, size.1, seed: index), "\(index).pgm") }
    let output = name == "sample" ? "mask=" : ""
    let batch = try program.run([".", "-q", "-o", output + "batch-{stem}.npy"], in: folder.path)
    #expect(batch.status == 0, "\(batch.errors)")
    for index in sizes.indices {
      let single = try program.run(["\(index).pgm", "-q", "-o", output + "single.npy"], in: folder.path)
      #expect(single.status == 0, "\(single.errors)")
      #expect(contents("single.npy").count > 100 && contents("batch-\(index).npy") == contents("single.npy"))
    }
  }

  /// A tree of many pictures, some broken, ended and gone on with.
  @Test func aTreeOfPictures() throws {
    defer { folder.remove() }
    for index in 0..<120 {
      let path = "tree/\(index % 7)/\(index % 3)"
      try FileManager.default.createDirectory(atPath: file(path), withIntermediateDirectories: true)
      try write(index % 40 == 39 ? Data("P5".utf8) : pgm(9, 11, seed: index), "\(path)/\(index).pgm")
    }
    let arguments = ["tree", "-o", "out/{folder}/{stem}_mask.png", "--report", "r.jsonl"]
    let first = try edges.run(arguments, in: folder.path)
    #expect(first.status == 1)
    let lines = first.errors.split(separator: "\n")
    #expect(lines.count == 117 + 2 * 3 + 1 && lines.last?.hasPrefix("120 picture(s): 117 done, 3 failed in ") == true)
    try FileManager.default.removeItem(atPath: file("out/4/1/4_mask.png"))
    let second = try edges.run(arguments + ["--skip-existing"], in: folder.path)
    #expect(second.status == 1 && second.errors.contains("120 picture(s): 1 done, 116 skipped, 3 failed in "))
    let rows = String(decoding: contents("r.jsonl"), as: UTF8.self).split(separator: "\n")
    #expect(rows.count == 240 && rows.count { $0.contains(#""status": "done""#) } == 118)
    #expect(rows.count { $0.contains(#""status": "failed""#) } == 6)
  }

  // MARK: Terminals

  /// On a terminal a bar takes the place of the lines, and is gone at the end.
  @Test func aBarOnATerminal() throws {
    defer { folder.remove() }
    for index in 0..<3 { try write(pgm(9, 11, seed: index), "\(index).pgm") }
    guard let script = Tool.installed("script") else {
      print("skipped: the progress bar, which needs the program script for a terminal")
      return
    }
    let command = "stty cols 50; \(edges.path) . -o 'out-{stem}.png'"
    let result = try script.run(["-qec", command, "/dev/null"], environment: ["SHELL": "/bin/sh"], in: folder.path)
    #expect(result.status == 0)
    let text = result.output
    var bars: [String] = []
    for drawn in text.components(separatedBy: "\r\u{1B}[K") where drawn.hasPrefix("[") { bars.append(drawn) }
    #expect(bars.first == "[" + String(repeating: ".", count: 40) + "] 0/3", "\(text)")
    for bar in bars { #expect(bar.count < 50, "\(bar)") }
    #expect(text.contains("\r\u{1B}[K3 picture(s): 3 done in "), "\(text)")
    #expect(!text.contains(" ms"))
  }

  // MARK: Streams

  private static let shell = Tool(path: "/bin/sh")

  @Test func aClosedPipeIsAQuietExit() throws {
    defer { folder.remove() }
    var frames = Data()
    for index in 0..<200 { frames += pgm(40, 50, seed: index) }
    try write(frames, "frames")
    let head = "| head -c 100 > head"
    for (name, script) in [
      ("as it is", "{ \(edges.path) - -o - -q < frames; echo $? >&2; } \(head)"),
      ("signal ignored", "trap '' PIPE; { \(edges.path) - -o - -q < frames; echo $? >&2; } \(head)"),
      ("report", "{ \(edges.path) - -o {frame}.pgm --report - -q < frames; echo $? >&2; } | head -n 1 > head"),
      ("facts", "trap '' PIPE; { sleep 1; \(edges.path) --info; echo $? >&2; } | true"),
    ] {
      let result = try Self.shell.run(["-c", script], in: folder.path)
      #expect(result.errors == "141\n", "\(name)")
    }
  }

  /// Each frame and each row goes out before the next frame comes; a run that is ended leaves them.
  @Test(.timeLimit(.minutes(2))) func framesGoOutAtOnce() throws {
    defer { folder.remove() }
    for name in ["out", "errors"] { try write(Data(), name) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: edges.path)
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.arguments = ["-", "-o", "-", "--report", "r.jsonl"]
    process.standardInput = pipe
    process.standardOutput = FileHandle(forWritingAtPath: file("out"))
    process.standardError = FileHandle(forWritingAtPath: file("errors"))
    try process.run()
    let answer = "P5\n11 9\n255\n".utf8.count + 99
    for number in 1...3 {
      try pipe.fileHandleForWriting.write(contentsOf: pgm(9, 11, seed: number))
      while contents("out").count < number * answer || contents("r.jsonl").count(where: { $0 == 0x0A }) < number {
        usleep(10_000)
      }
      #expect(contents("out").count == number * answer)
    }
    // Other signals may be blocked in what a thread of the tests has started.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(contents("out").count == 3 * answer && contents("errors").isEmpty)
    #expect(contents("r.jsonl").count(where: { $0 == 0x0A }) == 3)
  }

  /// Frames are answered as pictures in files are.
  @Test func framesGiveWhatFilesGive() throws {
    defer { folder.remove() }
    let sizes = [(9, 11), (1, 7), (30, 20)]
    var frames = Data()
    for (index, size) in sizes.enumerated() {
      try write(pgm(size.0, size.1, seed: index), "\(index).pgm")
      frames += pgm(size.0, size.1, seed: index)
    }
    try write(frames, "frames")
    var expected = Data()
    for index in sizes.indices {
      _ = try edges.run(["\(index).pgm", "-o", "answer.pgm"], in: folder.path)
      expected += contents("answer.pgm")
    }
    let result = try Self.shell.run(["-c", "\(edges.path) - -o - < frames > answers"], in: folder.path)
    #expect(result.status == 0 && result.errors.hasPrefix("3 frame(s): 3 done in "), "\(result.errors)")
    #expect(contents("answers") == expected && expected.count > 600)
    // The same frames, interpreted.
    let network = "\(workshop.path)/edges.fcn -w \(workshop.path)/edges.safetensors"
    let interpreted = try Self.shell.run(
      ["-c", "\(Tool.fcnc.path) run \(network) -- - -o - -q < frames > interpreted"], in: folder.path)
    #expect(interpreted.status == 0, "\(interpreted.errors)")
    #expect(contents("interpreted").count == expected.count)
    #expect(zip(contents("interpreted"), expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  /// Streams that never end or name sizes that nobody has, in bounded memory and time.
  @Test(arguments: [
    "cat /dev/zero", "printf 'P5 #'; cat /dev/zero", "printf 'P2 9 9 255 '; yes ''",
    "printf 'P5 1'; yes 1 | tr -d '\\n'",
    "printf 'YUV4MPEG2 W2 H2 X'; cat /dev/zero", "printf 'YUV4MPEG2 W2 H2\\nFRAME'; cat /dev/zero",
    "printf 'YUV4MPEG2 W2 H2 Cmono\\nFRAME\\n'; cat /dev/zero", "printf 'P5 31000 31000 255 x'",
    "printf 'YUV4MPEG2 W31000 H31000 C444\\nFRAME\\nabc'", "printf 'P5 99999999999 9 255 x'",
  ]) func hostileStreams(_ source: String) throws {
    defer { folder.remove() }
    let script = """
      { \(source); } 2>/dev/null | (ulimit -v 1000000; timeout -s KILL 60 \(edges.path) - -o - -q > out)
      """
    let result = try Self.shell.run(["-c", script], in: folder.path)
    #expect(result.status == 1 || result.status == 2, "\(result.status) \(result.errors)")
    #expect(result.errors.hasPrefix("error: "), "\(result.errors.prefix(300))")
  }

  // MARK: ffmpeg

  /// A film of 12 frames of 48x64 pixels; nil where there is no ffmpeg.
  private func film() throws -> Tool? {
    guard let ffmpeg = Tool.installed("ffmpeg") else {
      print("skipped: the pipes of ffmpeg, which is not installed")
      return nil
    }
    let made = try ffmpeg.run(
      ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=12:duration=1", "-pix_fmt", "yuv420p", "film.mp4"],
      in: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    return ffmpeg
  }

  private func frameCount(_ ffmpeg: Tool, _ name: String) throws -> Int {
    let read = try ffmpeg.run(
      ["-v", "error", "-i", name, "-pix_fmt", "gray", "-f", "rawvideo", "-y", "raw"], in: folder.path)
    #expect(read.status == 0, "\(read.errors)")
    return contents("raw").count / (48 * 64)
  }

  /// The pipe of the page.
  @Test func thePipeOfThePageWorks() throws {
    defer { folder.remove() }
    guard let ffmpeg = try film() else { return }
    let page = try #require(Page.named("Batches.md"))
    let commands = page.blocks.filter { $0.language == "sh" }
    #expect(commands.count == 1)
    try FileManager.default.createSymbolicLink(atPath: file("crisp"), withDestinationPath: edges.path)
    for command in commands {
      let result = try Self.shell.run(["-c", command.text], in: folder.path)
      #expect(result.status == 0 && result.errors.hasPrefix("12 frame(s): 12 done in "), "\(result.errors)")
      #expect(try frameCount(ffmpeg, "crisp.mp4") == 12)
    }
  }

  /// What ffmpeg makes of a Y4M stream in RGB, and what the program makes of it: the same but for rounding, and for how
  /// chroma is interpolated where it is not there for every pixel.
  @Test(arguments: [("yuv444p", 1), ("yuvj444p", 1), ("yuv420p", 4), ("gray", 0)])
  func coloursAreThoseOfFFmpeg(form: String, tolerance: Int) throws {
    defer { folder.remove() }
    guard let ffmpeg = try film() else { return }
    // A network that gives back what it gets.
    try write(
      Data("network same\n\ninput image[3] = picture -> rgb\n\noutput y: image = image -> clip(0, 1)\n".utf8),
      "same.fcn")
    // Soft colours, so that the way of interpolating hardly matters.
    let made = try ffmpeg.run(
      [
        "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=2:duration=1,boxblur=6:3", "-pix_fmt", form,
        "-strict",
        "-1", "-f", "yuv4mpegpipe", "film.y4m",
      ], in: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    let isFull = contents("film.y4m").prefix(99).range(of: Data("XCOLORRANGE=FULL".utf8)) != nil
    #expect(isFull == ["yuvj444p", "gray"].contains(form))
    let own = try Self.shell.run(
      ["-c", "\(Tool.fcnc.path) run same.fcn -- - -o ppm:- --matrix bt601 -q < film.y4m > own.ppm"], in: folder.path)
    #expect(own.status == 0, "\(own.errors)")
    let other = try ffmpeg.run(
      [
        "-v", "error", "-i", "film.y4m", "-sws_flags", "accurate_rnd+full_chroma_int+full_chroma_inp+bicubic",
        "-pix_fmt",
        "rgb24", "-f", "image2pipe", "-c:v", "ppm", "other.ppm",
      ], in: folder.path)
    #expect(other.status == 0, "\(other.errors)")
    #expect(contents("own.ppm").count == contents("other.ppm").count && contents("own.ppm").count > 2 * 3 * 64 * 48)
    let differences = zip(contents("own.ppm"), contents("other.ppm")).map { abs(Int($0) - Int($1)) }
    print("\(form): the greatest difference to ffmpeg is \(differences.max() ?? 0)")
    #expect(differences.allSatisfy { $0 <= tolerance })
  }
}
