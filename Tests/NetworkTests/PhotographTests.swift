import FCNCore
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// A published network and the photograph that it is given.
struct PhotographCase: CustomTestStringConvertible, Sendable {
  /// The golden in `Tests/Golden/photographs`.
  var name: String
  var network: String
  var settings: [String: String] = [:]
  var photograph: String
  var weights: String
  /// What is changed in the text of the network; both texts are whole.
  var edit: (from: String, to: String)?

  var testDescription: String { name }
  var photographPath: String { Repository.models.appending(path: "images/\(photograph)").path }
  var weightsPath: String { Repository.models.appending(path: weights).path }

  /// nil where everything that it needs is there, otherwise what is missing.
  var missing: String? {
    [photographPath, weightsPath].first { !FileManager.default.fileExists(atPath: $0) }
      .map { "skipped: \(name), there is no \(URL(filePath: $0).lastPathComponent) beside the repository" }
  }

  func graph() throws -> Graph {
    try Network(network, settings: settings, edit: edit.map { [$0] } ?? []).bound(to: weightsPath)
  }

  /// The scores from which the network takes its answer.
  static let scoresOfPortraits = (
    from: "output mask: labels(names: [\"background\", \"person\"]) = scores -> argmax",
    to: "output logits: logits(colors: [\"#000000\", \"#ffffff\"]) = scores"
  )

  static let all = [
    PhotographCase(
      name: "dncnn25", network: "dncnn25", photograph: "skimage_camera.png", weights: "dncnn25/model.safetensors"),
    PhotographCase(
      name: "dncnn25_colour", network: "dncnn25", photograph: "skimage_chelsea.png",
      weights: "dncnn25/model.safetensors"),
    PhotographCase(
      name: "espnet_city", network: "espnet_city", photograph: "pydnet_4.png",
      weights: "espnet-city/model.safetensors"),
    PhotographCase(
      name: "fsrcnn_x2", network: "fsrcnn", settings: ["factor": "2"], photograph: "skimage_chelsea.png",
      weights: "fsrcnn/model_x2.safetensors"),
    PhotographCase(
      name: "fsrcnn_x3", network: "fsrcnn", settings: ["factor": "3"], photograph: "skimage_chelsea.png",
      weights: "fsrcnn/model_x3.safetensors"),
    PhotographCase(
      name: "lwnet_coffee", network: "lwnet_retina", photograph: "skimage_coffee.png",
      weights: "lwnet-retina/model.safetensors"),
    // The sides of this photograph are no multiples of 4.
    PhotographCase(
      name: "lwnet_retina", network: "lwnet_retina", photograph: "skimage_retina.jpg",
      weights: "lwnet-retina/model.safetensors",
      edit: ("picture -> rgb", "picture -> rgb -> resize(704x704, filter: area)")),
    PhotographCase(
      name: "mtcnn_pnet", network: "mtcnn_pnet", photograph: "skimage_astronaut.png",
      weights: "mtcnn-pnet/model.safetensors"),
    PhotographCase(
      name: "sinet_portrait", network: "sinet_portrait", photograph: "skimage_astronaut.png",
      weights: "sinet-portrait/model.safetensors", edit: scoresOfPortraits),
    PhotographCase(
      name: "waifu2x_upconv7", network: "waifu2x_upconv7", photograph: "faststyle_wave.jpg",
      weights: "waifu2x-upconv7/model.safetensors"),
    PhotographCase(
      name: "waifu2x_vgg7", network: "waifu2x_vgg7", photograph: "faststyle_wave.jpg",
      weights: "waifu2x-vgg7/model.safetensors"),
  ]
}

/// From the file of a photograph to the answer, against the arithmetic that each model was published with, and ONNX
/// Runtime.
@Suite("Photographs", .serialized)
struct PhotographTests {
  /// The preprocessed numbers may differ by so much; the outputs by this part of their range.
  static let inputBound: Float = 1e-6
  static let outputBound: Float = 1e-4

  /// Does with a photograph what a program does, and gives everything that is not as recorded.
  static func findings(
    _ item: PhotographCase, _ graph: Graph, kernels: (library: KernelLibrary, index: Int)?
  ) throws -> (input: [String], outputs: [String]) {
    let golden = try PhotographGolden(item.name)
    let folder = NSTemporaryDirectory() + "/fcnc-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var network = try LoadedNetwork(graph, kernels: kernels)
    var arguments = [item.photographPath, "--threads", "2", "--quiet"]
    for output in network.outputs { arguments += ["-o", "\(output.name)=\(folder)/\(output.name).npy"] }
    let scores = network.outputs.first {
      if case .logits = $0.kind { true } else { false }
    }
    if let scores { arguments += ["-o", "\(scores.name)=\(folder)/labels.ppm"] }
    let console = Console(capturing: true)
    let code = runProgram(&network, arguments: arguments, console: console)
    try #require(code == 0, "\(item.name): \(console.errors)")

    let input = try golden.differences(of: network.input(0), from: "input", bound: inputBound)
    guard kernels != nil else { return (input, []) }
    var outputs: [String] = []
    try #require(Set(golden.outputs) == Set(network.outputs.map(\.name)) || golden.outputs.count == 1)
    for output in network.outputs {
      let name = golden.outputs.count == 1 ? golden.outputs[0] : output.name
      let written = try PlanarArray(npy: try Files.read("\(folder)/\(output.name).npy", limit: 1 << 30)).tensor
      outputs += try golden.differences(of: written, from: name, bound: outputBound * golden.range(of: name))
    }
    if let scores {
      let labels = try Self.labels(in: "\(folder)/labels.ppm", scores)
      let (wrong, close) = try golden.wrongLabels(labels)
      print("\(item.name): \(wrong) of \(labels.count) labels differ, besides \(close) that are too close to tell")
      if wrong > 0 { outputs.append("\(wrong) labels are wrong") }
      if close * 1000 > labels.count { outputs.append("\(close) labels cannot be told") }
    }
    return (input, outputs)
  }

  /// The classes of a picture in the colours of its classes.
  private static func labels(in path: String, _ output: OutputDescription) throws -> [Int] {
    guard case .logits(let classes) = output.kind else { return [] }
    try #require(Set(classes.colors).count == output.channels, "every class has a colour of its own")
    let numbers = Dictionary(uniqueKeysWithValues: classes.colors.enumerated().map { (Int($1), $0) })
    let picture = try Picture(decoding: try Files.read(path, limit: 1 << 30), maximumPixels: 1 << 30)
    var labels: [Int] = []
    for row in 0..<picture.height {
      for column in 0..<picture.width {
        let color = (0..<3).reduce(0) { $0 << 8 | picture[row, column, $1] }
        labels.append(numbers[color] ?? -1)
      }
    }
    return labels
  }

  /// The cases whose files are there; the others are told.
  static func present(_ cases: [PhotographCase]) -> [PhotographCase] {
    cases.filter { item in
      if let missing = item.missing { print(missing) }
      return item.missing == nil
    }
  }

  static func library(_ graphs: [Graph]) throws -> KernelLibrary? {
    if graphs.isEmpty { return nil }
    let programs = try graphs.map { try Lowerer(Optimizer.optimize($0).graph, target: .native).lower() }
    return try KernelLibrary(programs, toolchain: .find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
  }

  @Test("gives the numbers that the model was made for, and its answer")
  func photographs() throws {
    let cases = Self.present(PhotographCase.all)
    let graphs = try cases.map { try $0.graph() }
    guard let library = try Self.library(graphs) else { return }
    for (index, item) in cases.enumerated() {
      let found = try Self.findings(item, graphs[index], kernels: (library, index))
      #expect(found.input.isEmpty, "\(item.name)")
      #expect(found.outputs.isEmpty, "\(item.name)")
    }
  }

  /// Mistakes that people make: each must be found in the input, and where the network is small in the answer.
  static let mistakes: [(name: String, edit: (from: String, to: String))] = [
    ("dncnn25", ("picture -> grey", "picture -> grey -> range(255)")),
    ("dncnn25_colour", ("picture -> grey", "picture -> grey(0.114, 0.587, 0.299)")),
    ("espnet_city", ("picture -> bgr", "picture -> rgb")),
    ("espnet_city", ("range(255) -> subtract", "subtract")),
    ("espnet_city", ("44.91483307) -> divide(255)", "44.91483307)")),
    ("fsrcnn_x2", ("picture -> luma", "picture -> luma -> range(255)")),
    ("lwnet_coffee", ("picture -> rgb", "picture -> bgr")),
    ("lwnet_coffee", ("picture -> rgb", "picture -> rgb -> range(255)")),
    ("mtcnn_pnet", ("picture -> rgb", "picture -> bgr")),
    ("mtcnn_pnet", ("range(255) -> subtract", "subtract")),
    ("sinet_portrait", ("picture -> bgr", "picture -> rgb")),
    ("sinet_portrait", ("68.29726) -> divide(255)", "68.29726)")),
    ("waifu2x_upconv7", ("picture -> rgb", "picture -> bgr")),
    ("waifu2x_vgg7", ("picture -> rgb", "picture -> rgb -> range(255)")),
    ("waifu2x_vgg7", ("picture -> rgb", "picture -> bgr")),
  ]

  @Test("finds colours in the wrong order and numbers in the wrong range")
  func mistakes() throws {
    let small = ["espnet_city", "fsrcnn_x2", "lwnet_coffee", "mtcnn_pnet"]
    let mistakes = Self.mistakes.compactMap { mistake in
      PhotographCase.all.first { $0.name == mistake.name }.map { item in
        var item = item
        item.edit = mistake.edit
        return item
      }
    }
    try #require(mistakes.count == Self.mistakes.count)
    let cases = Self.present(mistakes)
    let graphs = try cases.map { try $0.graph() }
    let answered = cases.indices.filter { small.contains(cases[$0].name) }
    let library = try Self.library(answered.map { graphs[$0] })
    for (index, item) in cases.enumerated() {
      let kernels = library.flatMap { library in answered.firstIndex(of: index).map { (library, $0) } }
      let found = try Self.findings(item, graphs[index], kernels: kernels)
      let mistake = "\(item.name) with `\(item.edit?.to ?? "")`"
      #expect(!found.input.isEmpty, "\(mistake) is not found in the input")
      if kernels != nil { #expect(!found.outputs.isEmpty, "\(mistake) is not found in the answer") }
    }
  }

  /// Presets, grey, and every filter of a resize.
  static let pieces = [
    "area", "bicubic", "bilinear", "caffe_vgg", "grey", "grey_picture", "grey_weighted", "imagenet", "long_side",
    "unit",
  ]

  @Test("does each step of the preprocessing", arguments: pieces)
  func piece(name: String) throws {
    let lines = try String(contentsOf: Repository.golden("photographs", "\(name).txt"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    try #require(lines.count == 3)
    let photograph = Repository.models.appending(path: "images/\(lines[0])").path
    guard FileManager.default.fileExists(atPath: photograph) else {
      print("skipped: \(name), there is no \(lines[0]) beside the repository")
      return
    }
    let text = "network piece\ninput image[\(lines[1])] = \(lines[2])\noutput y: raw = image -> identity\n"
    var network = try LoadedNetwork(Network(text: text).graph, kernels: nil)
    let console = Console(capturing: true)
    let output = NSTemporaryDirectory() + "/fcnc-\(UUID().uuidString).npy"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let code = runProgram(&network, arguments: [photograph, "-o", output, "--quiet"], console: console)
    try #require(code == 0, "\(console.errors)")
    let numbers = network.input(0)
    let range = (numbers.values.max() ?? 0) - (numbers.values.min() ?? 0)
    let found = try PhotographGolden(name).differences(
      of: numbers, from: "input", bound: Self.inputBound * max(1, range))
    #expect(found.isEmpty)
  }
}
