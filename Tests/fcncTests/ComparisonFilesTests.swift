import Foundation
import Testing

/// What `fcnc compare` does with files that do not fit, names that are not found, and inputs of every kind.
@Suite struct ComparisonFilesTests {
  /// `double` is `2 * image`, and the output one more.
  static let network = """
    network two
    input image[2]
    double = image * 2
    output answer: raw = double + 1

    """

  /// Two inputs; `y` is inside a definition that is used twice.
  static let names = """
    network names
    input left[1]
    input right[1] like left
    def twice(x) {
      y = x * 2
      y + x
    }
    a = left -> twice @first
    b = right -> twice @second
    output sum: raw = a + b

    """

  static let image: [Float] = [0, 1, 2, 3, 4, 5, 6, 7]

  private struct Run {
    var folder: Folder
    var files: [String: Data] = [:]

    init() throws { folder = try Folder() }

    /// Writes the files, runs the command, and removes everything.
    func compare(_ arguments: [String], network: String = ComparisonFilesTests.network) throws -> Tool.Result {
      defer { folder.remove() }
      for (name, data) in files { try data.write(to: URL(fileURLWithPath: "\(folder.path)/\(name)")) }
      return try Tool.fcnc.run(["compare", "-"] + arguments, input: network, in: folder.path)
    }
  }

  private static func npz(_ arrays: [(name: String, data: Data)]) -> Data {
    Data(StoredZip.archive(arrays.map { ($0.name + ".npy", $0.data) }))
  }

  private static func array(_ numbers: [Float], shape: [Int] = [1, 2, 2, 2]) -> Data {
    Samples.npy(shape: shape, numbers: numbers)
  }

  private static func doubled(_ change: (Int, Float) -> Float = { $1 }) -> [Float] {
    image.enumerated().map { change($0, 2 * $1) }
  }

  // MARK: What can be read

  @Test(arguments: [[1, 2, 2, 2], [2, 2, 2]])
  func arraysMayHaveABatchOfOne(_ shape: [Int]) throws {
    var run = try Run()
    run.files["image.npy"] = Self.array(Self.image, shape: shape)
    run.files["a.npz"] = Self.npz([
      ("double", Self.array(Self.doubled(), shape: shape)),
      ("answer", Self.array(Self.doubled { $1 + 1 }, shape: shape)),
    ])
    let result = try run.compare(["--input", "image.npy", "--expect", "a.npz"])
    #expect(
      result.status == 0 && result.output.contains("2 values compared, all within"), "\(result.output)\(result.errors)")
  }

  @Test func otherElementTypesAreRead() throws {
    // 0, 2, 4 ... 14 as float16 (a half of 2^n has the exponent n + 15 and no fraction) and as float64.
    let halves: [UInt16] = [0, 0x4000, 0x4400, 0x4600, 0x4800, 0x4900, 0x4A00, 0x4B00]
    let header = { (type: String) in Samples.npy(shape: [2, 2, 2], type: type, numbers: []) }
    let half = header("<f2") + halves.withUnsafeBytes { Data($0) }
    let double = header("<f8") + Self.doubled { $1 + 1 }.map(Double.init).withUnsafeBytes { Data($0) }
    let bytes = header("|u1") + Data(Self.image.map { UInt8($0) })
    var run = try Run()
    run.files["a.npz"] = Self.npz([("double", half), ("answer", double), ("image", bytes)])
    let result = try run.compare(["--expect", "a.npz"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("3 values compared, all within"))
  }

  @Test func anInputMayBeRecorded() throws {
    var run = try Run()
    run.files["image.npy"] = Self.array(Self.image.map { $0 / 255 })
    run.files["a.npz"] = Self.npz([("image", Self.array(Self.image)), ("double", Self.array(Self.doubled()))])
    let result = try run.compare(["--input", "image.npy", "--expect", "a.npz"])
    #expect(result.status == 1)
    #expect(
      result.output.contains("error[input-differs]: the input `image` differs from what is expected by up to 6.97"))
    #expect(result.output.contains("help: the numbers fit if the array that is given for `image` is multiplied by 255"))
    #expect(result.output.contains("note: `double` inherits the error"), "\(result.output)")
  }

  @Test func valuesInDefinitionsHaveTheNamesThatExplainPrints() throws {
    var run = try Run()
    run.files["l.npy"] = Self.array([1, 2, 3, 4], shape: [1, 2, 2])
    run.files["r.npy"] = Self.array([5, 6, 7, 8], shape: [1, 2, 2])
    run.files["names.txt"] = Data("b = second_module\n# of a list\nsum = total\n".utf8)
    run.files["a.npz"] = Self.npz([
      ("y", Self.array([2, 4, 6, 8], shape: [1, 2, 2])), ("y_2", Self.array([10, 12, 14, 16], shape: [1, 2, 2])),
      ("first", Self.array([3, 6, 9, 12], shape: [1, 2, 2])),
      ("total", Self.array([18, 24, 30, 36], shape: [1, 2, 2])),
      ("second_module", Self.array([15, 18, 21, 24.5], shape: [1, 2, 2])), ("other", Self.array([1], shape: [1])),
    ])
    let result = try run.compare(
      [
        "--input", "left=l.npy", "--input", "right=r.npy", "--expect", "a.npz", "--map", "names.txt", "--format",
        "json",
      ],
      network: Self.names)
    let report = try JSONDecoder().decode(ComparisonTests.Report.self, from: Data(result.output.utf8))
    #expect(result.status == 1)
    let statuses = report.values.map { "\($0.array) \($0.value) \($0.status)" }
    #expect(statuses == ["y y ok", "first a ok", "y_2 y_2 ok", "second_module b wrong", "total sum ok"])
    #expect(report.notCompared.map(\.array) == ["other"])
    #expect(report.findings.count == 1 && report.findings.first?.place == "<stdin>:6:3")
    #expect(
      report.findings.first?.notes.last?.contains("`sum`, which depends on it, is as expected all the same") == true)
  }

  // MARK: What cannot

  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String] = []
    var files: [String: Data] = [:]
    var errors: [String]
    var testDescription: String { name }
  }

  static let good = npz([("double", array(doubled()))])

  static let refusals: [Refusal] = [
    Refusal(name: "no file", errors: ["a.npz"]),
    Refusal(
      name: "not an archive", files: ["a.npz": Data("numbers".utf8)], errors: ["a.npz"]),
    Refusal(
      name: "a damaged archive", files: ["a.npz": good.dropLast(9)], errors: ["a.npz"]),
    Refusal(
      name: "an array with NaN", files: ["a.npz": npz([("double", array(doubled { $0 == 3 ? .nan : $1 }))])],
      errors: ["`double`", "[0, 0, 1, 1]", "NaN", "record this value again"]),
    Refusal(
      name: "an array with infinity", files: ["a.npz": npz([("double", array(doubled { $0 == 0 ? .infinity : $1 }))])],
      errors: ["`double`", "infinite"]),
    Refusal(
      name: "an element type that cannot be read",
      files: ["a.npz": npz([("double", Samples.npy(shape: [2, 2, 2], type: "<c8", numbers: doubled() + doubled()))])],
      errors: ["`double`", "`<c8`", "float32"]),
    Refusal(
      name: "a shape that is larger than its file",
      files: ["a.npz": npz([("double", Samples.npy(shape: [2, 1 << 40, 1 << 20], numbers: doubled()))])],
      errors: ["`double`"]),
    Refusal(
      name: "no array of the network", files: ["a.npz": npz([("dubble", array(doubled()))])],
      errors: ["none of the 1 arrays", "`dubble` is the name of no value; there is `double`"]),
    Refusal(
      name: "a batch", files: ["a.npz": npz([("double", array(doubled() + doubled(), shape: [2, 2, 2, 2]))])],
      errors: ["has the shape (2, 2, 2, 2), a batch; record one picture"]),
    Refusal(
      name: "an input that is missing", arguments: ["--expect", "a.npz"], files: ["a.npz": good],
      errors: ["the input `image` is missing", "--input image=FILE.npy"]),
    Refusal(
      name: "an input of other channels", files: ["image.npy": array(image, shape: [4, 2, 1]), "a.npz": good],
      errors: ["image.npy: the array has the shape (4, 2, 1), not (2, height, width)"]),
    Refusal(
      name: "an input with its channels last", files: ["image.npy": array(image, shape: [4, 1, 2]), "a.npz": good],
      errors: ["save array.transpose(2, 0, 1)"]),
    Refusal(
      name: "an input with NaN", files: ["image.npy": array(image.map { $0 == 3 ? .nan : $0 }), "a.npz": good],
      errors: ["image.npy", "NaN"]),
    Refusal(
      name: "an input that the network has not", arguments: ["--input", "imgae=image.npy", "--expect", "a.npz"],
      files: ["a.npz": good], errors: ["the network has no input `imgae`", "there is `image`"]),
    Refusal(
      name: "an input twice", arguments: ["--input", "image.npy", "--input", "image=image.npy", "--expect", "a.npz"],
      files: ["a.npz": good], errors: ["the input `image` is given twice"]),
    Refusal(
      name: "a picture for an input", arguments: ["--input", "image.png", "--expect", "a.npz"],
      files: ["a.npz": good], errors: ["`image.png` is not a .npy file"]),
    Refusal(
      name: "expected numbers of another form", arguments: ["--input", "image.npy", "--expect", "a.json"],
      files: ["a.json": good], errors: ["`a.json` does not hold expected arrays", ".npz"]),
    Refusal(
      name: "a map with a value that is not there",
      arguments: ["--input", "image.npy", "--expect", "a.npz", "--map", "m"],
      files: ["a.npz": good, "m": Data("duoble = double\n".utf8)],
      errors: ["the map names `duoble`, which is no value", "there is `double`"]),
    Refusal(
      name: "a map with an array that is not there",
      arguments: ["--input", "image.npy", "--expect", "a.npz", "--map", "m"],
      files: ["a.npz": good, "m": Data("double = d\n".utf8)], errors: ["the map names the array `d`"]),
    Refusal(
      name: "a map that is none", arguments: ["--input", "image.npy", "--expect", "a.npz", "--map", "m"],
      files: ["a.npz": good, "m": Data("double\n".utf8)], errors: ["weight-map-syntax"]),
    Refusal(
      name: "a tolerance of nothing", arguments: ["--input", "image.npy", "--expect", "a.npz", "--tolerance", "0"],
      files: ["a.npz": good], errors: ["`--tolerance` is a number above 0"]),
  ]

  @Test(arguments: refusals)
  func whatDoesNotFitIsRefused(_ item: Refusal) throws {
    var run = try Run()
    run.files = ["image.npy": Self.array(Self.image)].merging(item.files) { $1 }
    let result = try run.compare(
      item.arguments.isEmpty ? ["--input", "image.npy", "--expect", "a.npz"] : item.arguments)
    #expect(result.status == 2, "\(result.output)")
    for part in item.errors { #expect(result.errors.contains(part), "\(result.errors)") }
  }

  @Test func anotherShapeIsAFinding() throws {
    var run = try Run()
    run.files["image.npy"] = Self.array(Self.image)
    run.files["a.npz"] = Self.npz([("double", Self.array([1, 2, 3, 4], shape: [1, 2, 2]))])
    let result = try run.compare(["--input", "image.npy", "--expect", "a.npz"])
    #expect(result.status == 1)
    #expect(result.output.contains("`double` has the shape 2x2x2, and 1x2x2 is expected"), "\(result.output)")
    #expect(result.output.contains("2x2x2, not 1x2x2  -      -         wrong"), "\(result.output)")
  }

  @Test func numbersThatAreNotFiniteDiffer() throws {
    var run = try Run()
    run.files["image.npy"] = Self.array(Self.image)
    run.files["a.npz"] = Self.npz([("answer", Self.array(Self.image))])
    let result = try run.compare(
      ["--input", "image.npy", "--expect", "a.npz"],
      network: "network n\ninput image[2]\noutput answer: raw = image / (image - 3)\n")
    #expect(result.status == 1)
    #expect(result.output.contains("`answer` is not a finite number at channel 0, row 1, column 1"), "\(result.output)")
  }
}
