import FCNTestSupport
import Foundation
import Testing

/// Checkpoints of PyTorch through the commands, against what PyTorch answered with them
/// (`Tests/Scripts/checkpoints.py`).
@Suite struct CheckpointRunTests {
  static let network = """
    network tiny

    input image[3] = picture -> unit

    features = image -> conv(8, kernel: 3, pad: same, bias: false) -> batchnorm(eps: 1e-5) -> relu

    output mask: probability = features -> conv(1, kernel: 1) @head -> sigmoid

    """

  /// A checkpoint, options, PyTorch's answer, and what is said.
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var options: [String] = []
    var answer = "answer"
    var note: String?

    var testDescription: String { ([file] + options).joined(separator: " ") }
  }

  static let cases = [
    Case(file: "tiny_plain.pth"), Case(file: "tiny_protocol5.pth"), Case(file: "tiny_parameters.pth"),
    Case(file: "tiny_float16.pth", answer: "float16"), Case(file: "tiny_bfloat16.pth", answer: "bfloat16"),
    Case(file: "tiny_parallel.pth", note: "`module.` before the names is left out"),
    Case(file: "tiny_compiled.pth", note: "`_orig_mod.` before the names is left out"),
    Case(file: "tiny_parallel_compiled.pth", note: "`module._orig_mod.` before the names is left out"),
    Case(
      file: "tiny_training.pth",
      note: "the weights are those of `model_state_dict`, and `module.` before the names is left out"),
    Case(
      file: "tiny_training.pth", options: ["--key", "model_state_dict"], note: "`module.` before the names is left out"),
    Case(file: "tiny_training.pth", options: ["--key", "model_state_dict.module", "--strict"]),
    Case(file: "tiny_average.pt", options: ["--key", "model", "--strict"]),
    Case(file: "tiny_average.pt", options: ["--key", "ema", "--strict"], answer: "average"),
    Case(
      file: "tiny_lightning.ckpt",
      note: "the weights are those of `state_dict`, and `model.` before the names is left out"),
    Case(file: "tiny_lightning.ckpt", options: ["--key", "state_dict.model", "--strict"]),
  ]

  private func fixture(_ name: String) -> String {
    Repository.file("Tests/FCNInterchangeTests/Fixtures/\(name)").path
  }

  private func prepared() throws -> Folder {
    let folder = try Folder()
    try Self.network.write(toFile: folder.path + "/tiny.fcn", atomically: true, encoding: .utf8)
    return folder
  }

  @Test(arguments: cases)
  func theNetworkAnswersAsPyTorchDoes(_ item: Case) throws {
    let folder = try prepared()
    defer { folder.remove() }
    let weights = ["tiny.fcn", "--weights", fixture(item.file)] + item.options
    let program = ["--", fixture("picture.npy"), "-o", "out.npy", "-q"]
    let result = try Tool.fcnc.run(["run"] + weights + program, in: folder.path)
    try #require(result.status == 0, "\(result.errors)")
    let difference = try Numbers("\(folder.path)/out.npy").difference(to: Numbers(fixture("\(item.answer).npy")))
    #expect(difference < 2e-6)
    let notes = result.errors.split(separator: "\n").filter { $0.hasPrefix("note[") }
    #expect(notes.count == (item.note == nil ? 0 : 1), "\(result.errors)")
    if let note = item.note { #expect(notes.first?.hasSuffix("\(item.file): \(note)") == true, "\(result.errors)") }
    let listed = try Tool.fcnc.run(["weights"] + weights, in: folder.path)
    #expect(listed.status == 0 && listed.output.hasSuffix("257 numbers\n"), "\(listed.errors)")
    #expect(!listed.output.contains("is missing"))
  }

  @Test func aProgramIsBuiltFromACheckpoint() throws {
    let folder = try prepared()
    defer { folder.remove() }
    let built = try Tool.fcnc.run(
      ["build", "tiny.fcn", "-w", fixture("tiny_average.pt"), "--key", "ema", "-o", "tiny", "-q"], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    let program = Tool(path: folder.path + "/tiny")
    #expect(try program.run(["--self-test"], in: folder.path).status == 0)
    #expect(try program.run([fixture("picture.npy"), "-o", "out.npy", "-q"], in: folder.path).status == 0)
    let difference = try Numbers("\(folder.path)/out.npy").difference(to: Numbers(fixture("average.npy")))
    #expect(difference < 2e-5)
  }

  /// Prefixes and keys belong to every form of weights, and `fix` keeps them: options, what the tensors that it changes
  /// begin with, and what is said.
  static let prefixes: [(beginnings: [String], options: [String], changed: String, note: String?)] = [
    (["module."], [], "module.", "`module.` before the names is left out"),
    (["net.", "ema."], ["--key", "ema"], "", nil),
    (["all.net.", "ema."], ["--key", "all"], "net.", "`net.` before the names is left out"),
  ]

  @Test(arguments: prefixes.indices)
  func prefixesAreLeftOutOfSafetensorsToo(_ index: Int) throws {
    let (beginnings, options, changed, note) = Self.prefixes[index]
    let folder = try Folder()
    defer { folder.remove() }
    try "network n\n\ninput x[3] = picture -> rgb\n\noutput y = x -> dense(10)\n".write(
      toFile: folder.path + "/dense.fcn", atomically: true, encoding: .utf8)
    let tensors = beginnings.flatMap { beginning -> [(name: String, shape: [Int], value: Float)] in
      [("\(beginning)y.dense.weight", [10, 288], 0.5), ("\(beginning)y.dense.bias", [10], 0)]
    }
    try Samples.safetensors(tensors).write(to: URL(fileURLWithPath: folder.path + "/dense.safetensors"))
    let rewriting = ["--input-size", "8x12", "-o", "map.fcn", "--weights-output", "map.safetensors"]
    let fixed = try Tool.fcnc.run(
      ["fix", "dense.fcn", "--convolutionize", "--weights", "dense.safetensors"] + rewriting + options, in: folder.path)
    try #require(fixed.status == 0, "\(fixed.errors)")
    #expect(fixed.output.contains("map.safetensors: 1 of \(tensors.count) tensors changed"), "\(fixed.output)")
    let listed = try Tool.fcnc.run(
      ["weights", "map.fcn", "--weights", "map.safetensors", "--strict"] + options, in: folder.path)
    #expect(listed.status == 0, "\(listed.errors)")
    #expect(listed.output.contains("[10, 3, 8, 12]  = \(changed)y.dense.weight, F32"), "\(listed.output)")
    for errors in [fixed.errors, listed.errors] {
      #expect(note == nil ? errors.isEmpty : errors.contains("safetensors: \(note ?? "")\n"), "\(errors)")
    }
  }
}
