import Foundation
import Testing

/// The main job from end to end: text and weights in, a program out, a picture in, an answer out.
@Suite(.serialized) struct ProgramTests {
  static let network = "Networks/edges/edges.fcn"
  static let weights = "Networks/edges/edges.safetensors"
  static let picture = Tool.repository + "/Networks/edges/example.png"

  private func build(_ arguments: [String], in folder: Folder) throws -> Tool {
    let program = folder.path + "/edges"
    let result = try Tool.fcnc.run(
      ["build", Self.network, "--weights", Self.weights, "-o", program] + arguments)
    try #require(result.status == 0, "\(result.errors)")
    return Tool(path: program)
  }

  /// The numbers of a float32 .npy file of version 1.
  private func numbers(_ path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    return data[start...].withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }

  @Test func aProgramGivesWhatTheInterpreterGives() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let program = try build([], in: folder)
    let compiled = try program.run([Self.picture, "-o", folder.path + "/a.npy"])
    #expect(compiled.status == 0, "\(compiled.errors)")
    let interpreted = try Tool.fcnc.run(
      ["run", Self.network, "--weights", Self.weights, "--", Self.picture, "-o", folder.path + "/b.npy"])
    #expect(interpreted.status == 0, "\(interpreted.errors)")
    let (a, b) = (try numbers(folder.path + "/a.npy"), try numbers(folder.path + "/b.npy"))
    #expect(a.count == 360 * 540 && a.count == b.count)
    #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 })
    #expect((a.max() ?? 0) - (a.min() ?? 0) > 0.5, "the picture has edges and flat places")

    let written = try program.run(
      [Self.picture, "-o", folder.path + "/a.png", "--overlay", folder.path + "/overlay.png"])
    #expect(written.status == 0, "\(written.errors)")
    for name in ["a.png", "overlay.png"] {
      let bytes = FileManager.default.contents(atPath: "\(folder.path)/\(name)") ?? Data()
      #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) && bytes.count > 1000, "\(name)")
    }
    #expect(try program.run(["--info"]).output.contains("edges"))
  }

  @Test func theSelfTestFindsAFlippedBit() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let program = try build([], in: folder)
    let fresh = try program.run(["--self-test"])
    #expect(fresh.status == 0, "\(fresh.errors)")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: program.path))
    // The binomial filter holds 36 and 24 over 256 near each other; either alone may stand elsewhere in the program.
    let (needle, neighbour) = (Self.bytes(36 / 256), Self.bytes(24 / 256))
    var places: [Range<Data.Index>] = []
    while let next = bytes.range(of: needle, in: (places.last?.upperBound ?? 0)..<bytes.count) { places.append(next) }
    let place = try #require(
      places.first { place in
        let around = max(0, place.lowerBound - 512)..<min(bytes.count, place.upperBound + 512)
        return bytes.range(of: neighbour, in: around) != nil
      })
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: program.path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let damaged = try program.run(["--self-test"])
    #expect(damaged.status != 0)
    #expect((damaged.errors + damaged.output).contains("the weights differ"), "\(damaged.errors)\(damaged.output)")
  }

  private static func bytes(_ number: Float) -> Data { withUnsafeBytes(of: number) { Data($0) } }

  @Test func aProcessorThatIsTooOldIsTold() throws {
    #if arch(x86_64)
      let folder = try Folder()
      defer { folder.remove() }
      let program = try build(["--target", "x86-64-v3"], in: folder)
      let result = try program.run(["--info"], environment: ["FCNC_CPU_FEATURES": "1"])
      #expect(result.status == 2)
      #expect(result.errors.contains("this processor cannot run this program"), "\(result.errors)")
      let portable = try build(["--target", "x86-64-v2"], in: folder)
      #expect(try portable.run(["--self-test"], environment: ["FCNC_CPU_FEATURES": "1"]).status == 0)
    #endif
  }

  @Test func weightsBesideTheProgramAreFoundAndChecked() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let program = try build(["--weights-storage", "file"], in: folder)
    #expect(try program.run(["--self-test"]).status == 0)
    let file = program.path + ".weights"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try bytes.dropLast(4).write(to: URL(fileURLWithPath: file))
    let short = try program.run(["--info"])
    #expect(short.status == 2 && short.errors.contains("is damaged: it has"), "\(short.errors)")
    try FileManager.default.removeItem(atPath: file)
    let missing = try program.run(["--info"])
    #expect(missing.status == 2 && missing.errors.contains("is missing, empty or cannot be read"), "\(missing.errors)")
  }

  @Test func aStaticProgramRunsInAnEmptyFolder() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let program = try build(["--static"], in: folder)
    #expect(try program.run(["--self-test"]).status == 0)
    guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/sbin/chroot") else {
      print("skipped: the empty root folder, which needs root")
      return
    }
    try FileManager.default.copyItem(atPath: Self.picture, toPath: folder.path + "/picture.png")
    let result = try Tool(path: "/usr/sbin/chroot").run([folder.path, "/edges", "/picture.png", "-o", "/answer.png"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/answer.png"))
  }

  /// libtiff and what it needs are in a static program, and in none that was built without TIFF.
  @Test func programsWithAndWithoutTIFF() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let scan = Tool.repository + "/Tests/FCNRuntimeTests/Fixtures/tiff-zstd.tif"
    let answer = folder.path + "/mask.tif"
    for arguments in [["--static"], []] {
      let program = try build(arguments, in: folder)
      let result = try program.run([scan, "-o", answer, "-q"])
      #expect(result.status == 0, "\(result.errors)")
      let again = try program.run([answer, "-o", folder.path + "/again.png", "-q"])
      #expect(again.status == 0, "\(again.errors)")
    }
    try FileManager.default.removeItem(atPath: answer)
    for arguments in [["--no-tiff", "--static"], ["--no-tiff"]] {
      let program = try build(arguments, in: folder)
      for paths in [[scan, "-o", folder.path + "/x.png"], [Self.picture, "-o", answer]] {
        let result = try program.run(paths + ["-q"])
        #expect(result.status == 1)
        #expect(result.errors.contains("this program was built without TIFF (`fcnc build --no-tiff`)"))
      }
      #expect(try program.run([Self.picture, "-o", folder.path + "/x.png", "-q"]).status == 0)
      #expect(!FileManager.default.fileExists(atPath: answer))
    }
    if let list = Tool.installed("ldd") {
      let libraries = try list.run([folder.path + "/edges"]).output
      #expect(libraries.contains("libpng") && !libraries.contains("libtiff"))
    }
  }

  @Test func aBuildWithoutWeightsOrWithWrongOnesSaysWhich() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let output = folder.path + "/out"
    let none = try Tool.fcnc.run(["build", Self.network, "-o", output])
    #expect(none.status == 1 && none.errors.contains("missing-weight") && none.errors.contains("smooth.weight"))
    let other = try Tool.fcnc.run(
      ["build", "Networks/srcnn/srcnn.fcn", "--weights", Self.weights, "-o", output])
    #expect(other.status == 1 && other.errors.contains("missing-weight"))
    #expect(!FileManager.default.fileExists(atPath: output))
    let target = try Tool.fcnc.run(["build", Self.network, "--target", "x86-64-v9", "-o", output])
    #expect(target.status == 2 && target.errors.contains("x86-64-v3"), "\(target.errors)")
  }
}
