import FCNTestSupport
import Foundation
import Testing

/// `--tap` in `fcnc run` and in programs that were built with `--debug-values`.
@Suite(.serialized) struct TapTests {
  /// All numbers can be worked out by hand: the kernel is the identity, the batch norm doubles.
  static let network = """
    network taps

    input image[1]

    def twice(x) {
      y = x -> conv(1, kernel: 1, bias: false) @conv -> batchnorm(eps: 0) @norm
      y -> relu
    }

    shifted = image - 1
    once = shifted -> twice @a
    again = once -> twice @b

    output answer: raw = again + 1

    """

  static func weights() -> Data {
    Samples.safetensors(
      ["a", "b"].flatMap { name in
        [
          ("\(name).conv.weight", [1, 1, 1, 1], 1), ("\(name).norm.weight", [1], 2), ("\(name).norm.bias", [1], 0),
          ("\(name).norm.running_mean", [1], 0), ("\(name).norm.running_var", [1], 1),
        ] as [(String, [Int], Float)]
      })
  }

  /// Of an image of 0, 1, 2, 3.
  static let expected: [(name: String, values: [Float])] = [
    ("image", [0, 1, 2, 3]), ("shifted", [-1, 0, 1, 2]), ("y", [-2, 0, 2, 4]), ("once", [0, 0, 2, 4]),
    ("y_2", [0, 0, 4, 8]), ("again", [0, 0, 4, 8]), ("answer", [1, 1, 5, 9]),
  ]

  let folder: Folder

  init() throws {
    folder = try Folder()
    try Self.network.write(toFile: "\(folder.path)/taps.fcn", atomically: true, encoding: .utf8)
    try Self.weights().write(to: URL(fileURLWithPath: "\(folder.path)/taps.safetensors"))
    for (name, numbers) in [("image", [0, 1, 2, 3]), ("other", [3, 2, 1, 0])] as [(String, [Float])] {
      try Samples.npy(shape: [1, 2, 2], numbers: numbers).write(to: URL(fileURLWithPath: "\(folder.path)/\(name).npy"))
    }
  }

  static let interpreted = ["run", "taps.fcn", "--weights", "taps.safetensors", "--"]

  private func build(_ arguments: [String]) throws -> Tool {
    let result = try Tool.fcnc.run(
      ["build", "taps.fcn", "--weights", "taps.safetensors", "--quiet", "-o", "taps"] + arguments, in: folder.path)
    try #require(result.status == 0, "\(result.errors)")
    return Tool(path: "\(folder.path)/taps")
  }

  private func checkNumbers(_ tool: Tool, _ arguments: [String]) throws {
    let taps = Self.expected.flatMap { ["--tap", "\($0.name)=\($0.name).npy"] }
    // The input is read: it goes elsewhere.
    let words = ["image.npy", "-q"] + taps.map { $0 == "image=image.npy" ? "image=copy.npy" : $0 }
    let result = try tool.run(arguments + words, in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    for (name, values) in Self.expected {
      let numbers = try Numbers("\(folder.path)/\(name == "image" ? "copy" : name).npy")
      #expect(numbers.channels == 1 && numbers.height == 2 && numbers.width == 2)
      let found: [Float] = numbers.values
      #expect(found == values, "`\(name)`: \(found)")
    }
  }

  /// Taps give what the author's values are by hand, of several pictures too, and programs list them.
  @Test func programsForDebuggingGiveNamedValues() throws {
    defer { folder.remove() }
    let program = try build(["--debug-values"])
    try checkNumbers(program, [])
    let many = try program.run(
      ["image.npy", "other.npy", "-q", "--tap", "shifted={stem}-shifted.npy", "-o", "{stem}-answer.npy"],
      in: folder.path)
    #expect(many.status == 0, "\(many.errors)")
    #expect(try Numbers("\(folder.path)/other-shifted.npy").values == [2, 1, 0, -1])
    #expect(try Numbers("\(folder.path)/other-answer.npy").values == [9, 5, 1, 1])
    let info = try program.run(["--info"])
    #expect(info.output.contains("values for --tap: image, shifted, y, once, y_2, again, answer\n"), "\(info.output)")
    #expect(try program.run(["--self-test"]).status == 0)
    let refusals: [(arguments: String, errors: [String])] = [
      ("image.npy --tap shfted=a.npy", ["there is no value shfted", "did you mean shifted"]),
      ("image.npy --tap conv=a.npy", ["there is no value conv", "the values are image, shifted, y, once, y_2"]),
      ("image.npy --tap shifted=a.png", ["values are written as .npy"]),
      ("image.npy --tap shifted", ["--tap needs NAME=PATH, as in image=values.npy"]),
      ("image.npy --tap shifted=", ["--tap needs NAME=PATH"]),
      ("image.npy --tap shifted=image.npy", ["image.npy is read and would be overwritten"]),
      ("image.npy --tap shifted=a.npy --tap y=a.npy", ["two answers would be written to a.npy"]),
      ("image.npy other.npy --tap shifted=a.npy", ["several pictures cannot be written to the one file a.npy"]),
      ("--tap shifted=a.npy", ["no picture was given"]),
    ]
    for (arguments, errors) in refusals {
      let result = try program.run(arguments.split(separator: " ").map(String.init), in: folder.path)
      #expect(result.status == 2, "\(arguments)")
      for part in errors { #expect(result.errors.contains(part), "\(arguments): \(result.errors)") }
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/a.npy"))
  }

  @Test func theInterpreterGivesNamedValues() throws {
    defer { folder.remove() }
    try checkNumbers(Tool.fcnc, Self.interpreted)
    let info = try Tool.fcnc.run(Self.interpreted + ["--info"], in: folder.path)
    #expect(info.output.contains("values for --tap: image, shifted, y, once, y_2, again, answer\n"), "\(info.output)")
    let unknown = try Tool.fcnc.run(Self.interpreted + ["image.npy", "--tap", "agian=a.npy"], in: folder.path)
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean again"), "\(unknown.errors)")
  }

  @Test func otherProgramsRefuse() throws {
    defer { folder.remove() }
    let program = try build([])
    let result = try program.run(["image.npy", "--tap", "shifted=a.npy"], in: folder.path)
    #expect(result.status == 2)
    #expect(
      result.errors == """
        error: --tap shifted=a.npy: this program does not keep the values between its input and its outputs
        help: build it with fcnc build --debug-values, or use fcnc run

        """, "\(result.errors)")
    #expect(!(try program.run(["--info"]).output.contains("--tap")))
  }
}
