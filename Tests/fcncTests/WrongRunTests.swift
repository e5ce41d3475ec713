import FCNTestSupport
import Foundation
import Testing

/// Runs of compiled programs and of the compiler that cannot end well: each prints exactly what
/// `Tests/UI/runs/NAME.expected.txt` holds, ends with the exit status named there, and changes no file.
@Suite(.serialized) struct WrongRunTests {
  struct Run: Sendable, CustomStringConvertible {
    var name: String
    var words: [String]
    var environment: [String: String] = [:]

    var description: String { name }

    init(_ name: String, _ command: String, environment: [String: String] = [:]) {
      self.name = name
      words = command.split(separator: " ").map(String.init)
      self.environment = environment
    }
  }

  static let programRuns: [Run] = [
    Run("npy-channels", "sample two.npy -o mask=old.png"),
    Run("npy-double", "sample double.npy -o mask=old.png"),
    Run("npy-integers", "sample integers.npy -o mask=old.png"),
    Run("npy-big-endian", "sample big-endian.npy -o mask=old.png"),
    Run("npy-fortran", "sample fortran.npy -o mask=old.png"),
    Run("npy-nan", "sample nan.npy -o mask=old.png"),
    Run("npy-axes", "sample axes.npy -o mask=old.png"),
    Run("npy-short", "sample short.npy -o mask=old.png"),
    Run("alpha", "sample alpha.png --fit pad -o mask=old.png"),
    Run("alpha-16-bits", "edges alpha16.png -o old.png"),
    Run("cmyk", "edges cmyk.jpg -o old.png"),
    Run("tiff-cmyk", "edges cmyk.tif -o old.png"),
    Run("tiff-pages", "edges pages.tif -o old.png"),
    Run("tiff-page-missing", "edges pages.tif --pages 9 -o old.png"),
    Run("tiff-channels", "edges five.tif -o old.png"),
    Run("tiff-nan", "edges nan.tif --samples 1 -o old.png"),
    Run("tiff-bits", "edges sixteen.tif --range bits=12 -o old.png"),
    Run("tiff-truncated", "edges truncated.tif -o old.png"),
    Run("tiff-joined-size", "edges sixteen.tif --join good.ppm --samples 1 -o old.png"),
    Run("tiff-range", "edges five.tif --range 12bits -o old.png"),
    Run("truncated-png", "edges truncated.png -o old.png"),
    Run("truncated-jpeg", "edges truncated.jpg -o old.png"),
    Run("lying-pnm", "edges lying.ppm -o old.png"),
    Run("pnm-samples", "edges samples.pgm -o old.png"),
    Run("text-as-picture", "edges edges.fcn -o old.png"),
    Run("empty-file", "edges empty.png -o old.png"),
    Run("missing-file", "edges nowhere.png -o old.png"),
    Run("empty-folder", "edges empty -o {stem}.png"),
    Run("invalid-size", "sample odd.ppm -o mask=old.png"),
    Run("too-many-pixels", "edges good.ppm --max-pixels 50 -o old.png"),
    Run("full-disk", "edges good.ppm -o full.png"),
    Run("output-folder-missing", "edges good.ppm -o nowhere/out.png"),
    Run("output-is-a-folder", "edges good.ppm -o folder.png"),
    Run("weights-missing", "missing/stored good.ppm -o old.png"),
    Run("weights-truncated", "truncated/stored good.ppm -o old.png"),
    Run("weights-of-another-network", "exchanged/stored good.ppm -o old.png"),
    Run("weights-are-text", "text/stored good.ppm -o old.png"),
    Run("weights-flipped-bit", "flipped/stored --self-test"),
    Run("two-pictures-one-output", "edges good.ppm odd.ppm -o old.png"),
    Run("one-output-twice", "sample good.ppm -o mask=old.png -o mask=old.png"),
    Run("output-over-input", "edges good.ppm -o good.ppm"),
    Run("unknown-option", "edges good.ppm --overlya x.png -o old.png"),
    Run("unknown-extension", "edges good.ppm -o old.gif"),
    Run("threads-zero", "edges good.ppm --threads 0 -o old.png"),
    Run("unknown-output", "sample good.ppm -o nosuch=old.npy"),
    Run("misspelt-output", "sample good.ppm -o feature=old.npy"),
    Run("output-not-named", "sample good.ppm -o old.npy"),
    Run("output-is-no-picture", "sample good.ppm -o features=old.png"),
    Run("overlay-of-an-array", "sample three.npy --overlay mask=old.png"),
    Run("nothing-to-write", "edges good.ppm"),
    Run("no-picture", "edges -o old.png"),
    Run("input-not-there", "sample good.ppm --input guide=good.ppm -o mask=old.png"),
    Run("pattern-without-files", "edges *.bmp -o {stem}.png"),
    Run("unknown-placeholder", "edges good.ppm -o {name}.png"),
    Run("report-ending", "edges good.ppm --report report.txt -o old.png"),
    Run("frames-into-one-file", "edges - -o old.png"),
    Run("no-frames", "edges - -o -"),
    Run("frames-and-pictures", "edges - good.ppm -o -"),
    Run("size-beyond-memory", "edges --benchmark 1 --size 16777216x16777216"),
  ]

  static let compilerRuns: [Run] = [
    Run("build-without-weights", "fcnc build edges.fcn -o old"),
    Run("build-wrong-tensors", "fcnc build edges.fcn --weights wrong.safetensors -o old"),
    Run("build-nan", "fcnc build edges.fcn --weights nan.safetensors -o old"),
    Run("build-unused-strict", "fcnc build edges.fcn --weights more.safetensors --strict -o old"),
    Run("build-weights-missing", "fcnc build edges.fcn --weights nowhere.safetensors -o old"),
    Run("build-weights-truncated", "fcnc build edges.fcn --weights truncated.safetensors -o old"),
    Run("build-weights-are-text", "fcnc build edges.fcn --weights text.safetensors -o old"),
    Run("build-weights-ending", "fcnc build edges.fcn --weights edges.fcn -o old"),
    Run("build-weight-map", "fcnc build edges.fcn --weights edges.safetensors --weight-map wrong.map -o old"),
    Run("build-both-weights", "fcnc build edges.fcn --weights edges.safetensors --random-weights 1 -o old"),
    Run("build-output-folder-missing", "fcnc build edges.fcn --weights edges.safetensors -o nowhere/edges"),
    Run("build-output-is-a-folder", "fcnc build edges.fcn --weights edges.safetensors -o empty"),
    Run("build-output-is-a-device", "fcnc build edges.fcn --weights edges.safetensors -o /dev/null"),
    Run("build-target", "fcnc build edges.fcn --weights edges.safetensors --target x86-64-v9 -o old"),
    Run("build-no-network", "fcnc build nowhere.fcn -o old"),
    Run(
      "build-no-toolchain", "fcnc build edges.fcn --weights edges.safetensors -o old", environment: ["PATH": ""]),
    Run("doctor-no-toolchain", "fcnc doctor", environment: ["PATH": ""]),
    Run("run-invalid-size", "fcnc run sample.fcn --random-weights 1 -- odd.ppm -o mask=old.png"),
    Run("run-setting", "fcnc run sample.fcn --random-weights 1 --set depth=3 -- good.ppm -o mask=old.png"),
    Run("weights-written-to-a-device", "fcnc weights edges.fcn --random-weights 1 -o /dev/full"),
    Run("convert-folder-missing", "fcnc convert edges.fcn -o nowhere/edges.fcn"),
    Run("check-pipe", "fcnc check pipe.fcn"),
    Run("build-over-network", "fcnc build edges.fcn --weights edges.safetensors -o edges.fcn"),
    Run("build-over-weights", "fcnc build edges.fcn --weights edges.safetensors -o ./edges.safetensors"),
    Run("weights-over-network", "fcnc weights edges.fcn --random-weights 1 -o edges.fcn"),
    Run("convert-over-network", "fcnc convert edges.fcn -o edges.fcn"),
    Run("weights-as-npz", "fcnc weights edges.fcn --random-weights 1 -o new.npz"),
    Run("weights-listed-to-a-file", "fcnc weights edges.fcn -o new.txt"),
    Run("random-weights-with-map", "fcnc build edges.fcn --random-weights 1 --weight-map wrong.map -o old"),
    Run("build-negative-variance", "fcnc build norm.fcn --weights variance.safetensors -o old"),
    Run("build-dense-on-map", "fcnc build dense.fcn --random-weights 1 -o old"),
    Run("run-dense-on-map", "fcnc run dense.fcn --random-weights 1 -- good.ppm -o y=old.npy"),
    Run("run-flatten-on-map", "fcnc run flatten.fcn -- good.ppm -o y=old.npy"),
    Run("run-reshape-on-map", "fcnc run reshape.fcn -- good.ppm -o y=old.npy"),
    Run("run-other-size", "fcnc run dense.fcn --input-size 8x8 --random-weights 1 -- good.ppm -o y=old.npy"),
    Run("run-no-size", "fcnc run edges.fcn --input-size large --random-weights 1 -- good.ppm -o old.png"),
    Run("weights-without-size", "fcnc weights dense.fcn --random-weights 1 -o new.safetensors"),
    Run("fix-what", "fcnc fix dense.fcn --input-size 8x12"),
    Run("fix-without-size", "fcnc fix dense.fcn --convolutionize"),
    Run("fix-nothing", "fcnc fix edges.fcn --convolutionize --input-size 8x12"),
    Run("fix-reshape", "fcnc fix reshape.fcn --convolutionize --input-size 8x8"),
    Run("fix-over-network", "fcnc fix dense.fcn --convolutionize --input-size 8x12 -o ./dense.fcn"),
    Run("fix-folder-missing", "fcnc fix dense.fcn --convolutionize --input-size 8x12 -o nowhere/map.fcn"),
    Run(
      "fix-over-weights",
      "fcnc fix dense.fcn --convolutionize --input-size 8x12 --weights dense.safetensors "
        + "--weights-output ./dense.safetensors"),
    Run(
      "fix-weights-over-network",
      "fcnc fix dense.fcn --convolutionize --input-size 8x12 --weights dense.safetensors --weights-output dense.fcn"),
    Run("fix-weights-go-nowhere", "fcnc fix dense.fcn --convolutionize --input-size 8x12 -w dense.safetensors"),
    Run(
      "fix-weights-ending",
      "fcnc fix dense.fcn --convolutionize --input-size 8x12 -w dense.npz --weights-output new.safetensors"),
    Run(
      "fix-wrong-tensors",
      "fcnc fix dense.fcn --convolutionize --input-size 8x11 -w dense.safetensors --weights-output new.safetensors"),
    Run("checkpoint-several", "fcnc run tiny.fcn --weights tiny_average.pt -- good.ppm -o old.png"),
    Run("checkpoint-none-fits", "fcnc build edges.fcn --weights tiny_average.pt -o old"),
    Run("checkpoint-unknown-key", "fcnc run tiny.fcn --weights tiny_average.pt --key emma -- good.ppm -o old.png"),
    Run("checkpoint-needless-key", "fcnc run tiny.fcn --weights tiny_plain.pth --key model -- good.ppm -o old.png"),
    Run("checkpoint-whole-model", "fcnc build tiny.fcn --weights model.pth -o old"),
    Run("checkpoint-old", "fcnc build tiny.fcn --weights old.pth -o old"),
    Run("checkpoint-script", "fcnc build tiny.fcn --weights script.pt -o old"),
    Run("checkpoint-truncated", "fcnc build tiny.fcn --weights truncated.pth -o old"),
    Run("checkpoint-suggest-several", "fcnc weights edges.fcn --suggest tiny_average.pt -o old"),
    Run("key-without-weights", "fcnc build tiny.fcn --key ema -o old"),
    Run("weights-as-checkpoint", "fcnc weights tiny.fcn --random-weights 1 -o new.pth"),
    Run("weights-two-jobs", "fcnc weights tiny.fcn --random-weights 1 --suggest tiny_plain.pth"),
    Run("weights-misshapen", "fcnc weights edges.fcn --weights wrong.safetensors"),
    Run("fix-key-without-weights", "fcnc fix dense.fcn --convolutionize --input-size 8x12 --key ema"),
    Run("fix-diff-writes-nothing", "fcnc fix dense.fcn --convolutionize --input-size 8x12 --diff -o new.fcn"),
  ]

  let workshop: Workshop

  init() throws {
    workshop = try Workshop.shared.get()
    try prepare()
  }

  /// The files of the runs.
  private func prepare() throws {
    guard !FileManager.default.fileExists(atPath: "\(workshop.path)/old.png") else { return }
    let edges = try Data(contentsOf: URL(fileURLWithPath: "\(Tool.repository)/Networks/edges/example.png"))
    let jpeg = try Samples.fixture("jpeg-420.jpg")
    let stored = try workshop.contents("stored.weights")
    var flipped = stored
    flipped[flipped.count - 2] ^= 1
    let weights = try workshop.contents("edges.safetensors")
    var nan = [Float](repeating: 0.5, count: 3 * 8 * 8)
    nan[2 * 64 + 5 * 8 + 3] = .nan
    let right: [(name: String, shape: [Int], value: Float)] = [
      ("smooth.weight", [1, 1, 5, 5], 0.04), ("gradient.weight", [4, 1, 3, 3], 0.1),
      ("threshold.weight", [1, 4, 1, 1], 1), ("threshold.bias", [1], 0),
    ]
    var diverged = right
    diverged[2].value = .nan
    func network(_ value: String) -> Data {
      Data("network n\n\ninput x[3] = picture -> rgb\n\noutput y = x -> \(value)\n".utf8)
    }
    let files: [String: Data] = [
      "dense.fcn": network("dense(10)"), "flatten.fcn": network("flatten(order: chw)"),
      "reshape.fcn": network("reshape(3, size: 4x16)"), "norm.fcn": network("batchnorm(eps: 1e-5, affine: false)"),
      "dense.safetensors": Samples.safetensors([("y.dense.weight", [10, 288], 0.5), ("y.dense.bias", [10], 0)]),
      "variance.safetensors": Samples.safetensors([
        ("y.batchnorm.running_mean", [3], 0), ("y.batchnorm.running_var", [3], -1),
      ]),
      "tiny.fcn": Data(CheckpointRunTests.network.utf8), "old.png": Data("an old answer".utf8),
      "old.npy": Data("an old answer".utf8), "old.gif": Data("old".utf8),
      "old": Data("an old program".utf8),
      "two.npy": Samples.npy(shape: [2, 8, 8]), "three.npy": Samples.npy(shape: [3, 8, 8]),
      "double.npy": Samples.npy(shape: [3, 8, 8], type: "<f8"),
      "integers.npy": Samples.npy(shape: [3, 8, 8], type: "<i4"),
      "big-endian.npy": Samples.npy(shape: [3, 8, 8], type: ">f4"),
      "fortran.npy": Samples.npy(shape: [3, 8, 8], fortran: true),
      "nan.npy": Samples.npy(shape: [3, 8, 8], numbers: nan), "axes.npy": Samples.npy(shape: [8, 8]),
      "short.npy": Samples.npy(shape: [3, 8, 8], numbers: [1, 2, 3]),
      "alpha.png": try Samples.fixture("png-4x8.png"), "alpha16.png": try Samples.fixture("png-2x16.png"),
      "cmyk.jpg": try Samples.fixture("jpeg-cmyk.jpg"),
      "cmyk.tif": try Samples.fixture("tiff-cmyk.tif"), "pages.tif": try Samples.fixture("tiff-pages.tif"),
      "five.tif": try Samples.fixture("tiff-five-planar.tif"), "nan.tif": try Samples.fixture("tiff-nan.tif"),
      "sixteen.tif": try Samples.fixture("tiff-u2.tif"),
      "truncated.tif": try Samples.fixture("tiff-tiled-chunky.tif").dropLast(1000),
      "truncated.png": edges.prefix(edges.count / 2), "truncated.jpg": jpeg.prefix(jpeg.count * 3 / 4),
      "lying.ppm": Data("P6\n4000 3000\n255\nabc".utf8), "samples.pgm": Data("P2\n2 2\n15\n1 2 3 16\n".utf8),
      "empty.png": Data(), "good.ppm": Samples.ppm(height: 8, width: 12), "odd.ppm": Samples.ppm(height: 10, width: 13),
      "wrong.safetensors": Samples.safetensors([
        ("gradient.weight", [3, 3, 1, 4], 1), ("threshold.weight", [1, 4, 1, 1], 1), ("threshold.bias", [2], 1),
        ("smoth.weight", [1, 1, 5, 5], 1),
      ]),
      "nan.safetensors": Samples.safetensors(diverged),
      "more.safetensors": Samples.safetensors(right + [("head.weight", [2, 2], 1), ("head.bias", [2], 1)]),
      "truncated.safetensors": weights.dropLast(40), "text.safetensors": Data("these are not weights\n".utf8),
      "wrong.map": Data("smooth.weight smooth\nthreshold.bias = \"b\nsmoth.weight = smooth.weight\n".utf8),
    ]
    for (name, data) in files { try workshop.write(data, name) }
    let checkpoints = ["tiny_average.pt", "tiny_plain.pth", "model.pth", "old.pth", "script.pt"]
    for name in checkpoints { try workshop.write(try Samples.checkpoint(name), name) }
    try workshop.write(try Samples.checkpoint("tiny_plain.pth").dropLast(100), "truncated.pth")
    try workshop.install("stored", in: "missing", weights: nil)
    try workshop.install("stored", in: "truncated", weights: stored.dropLast(100))
    try workshop.install("stored", in: "exchanged", weights: try workshop.contents("other.weights"))
    try workshop.install("stored", in: "text", weights: Data(String(repeating: "words ", count: 60).utf8))
    try workshop.install("stored", in: "flipped", weights: flipped)
    for folder in ["empty", "folder.png"] {
      try FileManager.default.createDirectory(atPath: "\(workshop.path)/\(folder)", withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(workshop.path)/full.png", withDestinationPath: "/dev/full")
    #expect(mkfifo("\(workshop.path)/pipe.fcn", 0o600) == 0)
  }

  @Test(arguments: programRuns + compilerRuns) func saysWhatIsWrong(_ run: Run) throws {
    let before = try workshop.snapshot()
    let tool = run.words[0] == "fcnc" ? Tool.fcnc : Tool(path: "\(workshop.path)/\(run.words[0])")
    let result = try tool.run(Array(run.words.dropFirst()), environment: run.environment, in: workshop.path)
    let text =
      "$ \(run.words.joined(separator: " "))\n\(result.output)\(result.errors)[exit status \(result.status)]\n"
    #expect(result.status == 1 || result.status == 2, "\(text)")
    let file = Repository.file("Tests/UI/runs/\(run.name).expected.txt")
    let difference = try ExpectedText.difference(text, from: file)
    #expect(difference == nil)
    #expect(try workshop.snapshot() == before, "a run that failed has changed files")
  }

  @Test func everyTextBelongsToARun() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Repository.file("Tests/UI/runs").path)
    let runs = Self.programRuns + Self.compilerRuns + FittingTests.runs
    #expect(Set(names) == Set(runs.map { "\($0.name).expected.txt" }))
  }

  /// A disk that fills up while the answer is written, and while a program is: the old files stay, no other appears.
  @Test func fullDisksLoseNothing() throws {
    let script = """
      set -e
      mkdir small
      mount -t tmpfs -o size=64k none small
      echo answer > small/out.npy; echo program > small/program
      before=$(ls -A small; cat small/*)
      for i in 1 2; do ./edges large.ppm -o small/out.npy && exit 90; [ $? = 1 ] || exit 91; done
      "$1" build edges.fcn --weights edges.safetensors -o small/program && exit 92
      [ "$before" = "$(ls -A small; cat small/*)" ] || exit 93
      """
    try workshop.write(Samples.ppm(height: 200, width: 200), "large.ppm")
    defer {
      for name in ["large.ppm", "small"] { try? FileManager.default.removeItem(atPath: "\(workshop.path)/\(name)") }
    }
    let probe = "mkdir small && mount -t tmpfs none small && umount small; status=$?; rmdir small; exit $status"
    guard let unshare = Tool.installed("unshare"),
      try unshare.run(["-rm", "sh", "-c", probe], in: workshop.path).status == 0
    else {
      print("skipped: the full disk, which needs a mount of its own")
      return
    }
    let result = try unshare.run(["-rm", "sh", "-c", script, "sh", Tool.fcnc.path], in: workshop.path)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.errors.split(separator: "\n").filter {
      $0.contains("small/out.npy: cannot write: No space left")
    }
    #expect(lines.count == 2, "\(result.errors)")
    #expect(result.errors.contains("small/program"), "\(result.errors)")
  }

  /// A folder that may be read and not written.
  @Test func closedFoldersAreNamed() throws {
    let script = """
      mkdir closed
      echo answer > closed/out.png
      chmod 555 closed
      if [ "$(id -u)" = 0 ]; then lower="setpriv --reuid=65534 --clear-groups"; fi
      $lower ./edges good.ppm -o closed/out.png
      status=$?
      ls -A closed; cat closed/out.png
      chmod 755 closed; rm -r closed
      exit $status
      """
    guard getuid() != 0 || Tool.installed("setpriv") != nil, let shell = Tool.installed("sh") else {
      print("skipped: the closed folder, which needs setpriv where root runs the tests")
      return
    }
    let result = try shell.run(["-c", script], in: workshop.path)
    #expect(result.status == 1)
    #expect(result.output == "out.png\nanswer\n")
    #expect(
      result.errors == """
        error: closed/out.png: cannot write: Permission denied
        help: choose a place that you may write to

        """)
  }
}

extension Tool {
  /// A program on the PATH.
  static func installed(_ name: String) -> Tool? {
    for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: path) { return Tool(path: path) }
    }
    return nil
  }
}
