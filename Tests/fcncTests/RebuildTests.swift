import Foundation
import Testing

/// What `fcnc build` does a second time: nothing where nothing has changed, and all of it where anything has.
@Suite struct RebuildTests {
  private static let library = """
    def smooth(x) {
      x -> avgpool(3, stride: 1, pad: 1, count_include_pad: false)
    }

    """
  private static let network = """
    network small
    include "parts.fcn" as parts
    input image[1]
    output y: raw = image -> parts.smooth -> conv(2, kernel: 3, pad: same) @conv

    """

  private let folder: Folder

  init() throws {
    folder = try Folder()
    try write("parts.fcn", Self.library)
    try write("small.fcn", Self.network)
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Whether a build found that there was nothing to do.
  private func isCurrent(_ options: [String] = ["--random-weights", "1"]) throws -> Bool {
    let result = try Tool.fcnc.run(["build", "small.fcn", "-o", "small"] + options, in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    let isCurrent = result.errors.contains("small: nothing has changed")
    #expect(isCurrent != result.errors.contains("linking"))
    return isCurrent
  }

  @Test func whatHasChangedIsBuiltAnew() throws {
    defer { folder.remove() }
    #expect(try !isCurrent())
    #expect(try isCurrent())
    #expect(try !isCurrent(["--random-weights", "2"]))
    #expect(try !isCurrent())
    #expect(try !isCurrent(["--random-weights", "1", "--accuracy", "strict"]))
    #expect(try !isCurrent())
    // A definition that adds nothing to the graph counts too.
    try write("parts.fcn", Self.library.replacing("count_include_pad: false", with: "count_include_pad: true"))
    #expect(try !isCurrent())
    #expect(try isCurrent())
    try write("small.fcn", Self.network.replacing("conv(2", with: "conv(3"))
    #expect(try !isCurrent())
    let program = "\(folder.path)/small"
    try Data("not a program".utf8).write(to: URL(fileURLWithPath: program))
    #expect(try !isCurrent())
    try FileManager.default.removeItem(atPath: program)
    #expect(try !isCurrent())
    #expect(try Tool(path: program).run(["--self-test"]).status == 0)
  }

  @Test func otherWeightsAreBuiltAnew() throws {
    defer { folder.remove() }
    func draw(_ seed: String) throws {
      let result = try Tool.fcnc.run(
        ["weights", "small.fcn", "--random-weights", seed, "-o", "small.safetensors"], in: folder.path)
      #expect(result.status == 0, "\(result.errors)")
    }
    let options = ["--weights", "small.safetensors", "--weights-storage", "file"]
    try draw("1")
    #expect(try !isCurrent(options))
    #expect(try isCurrent(options))
    try draw("2")
    #expect(try !isCurrent(options))
    try FileManager.default.removeItem(atPath: "\(folder.path)/small.weights")
    #expect(try !isCurrent(options))
  }
}
