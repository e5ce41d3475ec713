import FCNCore
import FCNRuntime
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// What `--accuracy` promises, for every network of the benchmark, against the same network in 64-bit arithmetic. The
/// error is the largest distance over the range of the output.
@Suite("Accuracy")
struct AccuracyTests {
  static let folder = Repository.root.appending(path: "Tests/Benchmark/Networks")
  static let networks: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".fcn") }.map { $0.replacing(".fcn", with: "") }.sorted()
  }()

  @Test func theNetworksOfTheBenchmarkAreThere() { #expect(Self.networks.count == 12) }

  @Test("every output is as exact as the setting says", arguments: networks)
  func errorsAreBounded(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).fcn"), encoding: .utf8)
    let graph = try Network(text: text, path: "\(name).fcn").boundAtRandom(seed: 7)
    let optimized = Optimizer.optimize(graph).graph
    let programs = try Accuracy.allCases.map {
      try Lowerer(optimized, target: .native, accuracy: $0).lower()
    }
    let library = try KernelLibrary(
      programs, toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    for (picture, input) in try Self.inputs(channels: graph.values[graph.inputs[0].value].type.channels) {
      let exact = try DoubleEvaluator(graph: graph).run(input)
      var errors: [Accuracy: Double] = [:]
      for (index, accuracy) in Accuracy.allCases.enumerated() {
        let output = try library.run(index, inputs: [input], threads: 2)[0]
        let error = try Self.error(output, exact)
        errors[accuracy] = error
        try expectClasses(output, exact, bound: accuracy == .fast ? 3e-4 : 2e-5, "\(name) \(accuracy) \(picture)")
      }
      let strict = try #require(errors[.strict])
      let normal = try #require(errors[.normal])
      let fast = try #require(errors[.fast])
      print("accuracy of \(name), \(picture): strict \(strict), normal \(normal), fast \(fast)")
      #expect(strict <= 2e-5, "\(name) \(picture)")
      #expect(normal <= max(2e-5, 8 * strict) && normal <= 2e-5, "\(name) \(picture)")
      #expect(fast <= 3e-4, "\(name) \(picture)")
    }
  }

  /// An error of one hundredth in one weight of the first layer is beyond every bound.
  @Test func aWrongWeightIsFound() throws {
    let text = try String(contentsOf: Self.folder.appending(path: "edges.fcn"), encoding: .utf8)
    let graph = try Network(text: text).boundAtRandom(seed: 7)
    var wrong = graph
    wrong.nodes[0].weights[0].values[0] *= 1.01
    let program = try Lowerer(Optimizer.optimize(wrong).graph, target: .native).lower()
    let library = try KernelLibrary(
      [program], toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    let input = try #require(try Self.inputs(channels: 3).first).tensor
    let error = try Self.error(
      try library.run(0, inputs: [input], threads: 1)[0], DoubleEvaluator(graph: graph).run(input))
    #expect(error > 3e-4)
  }

  /// By hand: a convolution, its transposed form, and the others, on numbers that are easily followed.
  @Test func theEvaluatorIsRight() throws {
    func run(_ stages: String, weights: [[Float]] = [], _ input: Tensor) throws -> [Double] {
      let network = try Network(text: "network t\ninput x[\(input.channels)]\noutput y: raw = x -> \(stages)\n")
      var graph = network.boundAtRandom(seed: 1)
      for (index, values) in weights.enumerated() { graph.nodes[0].weights[index].values = values }
      return try DoubleEvaluator(graph: graph).run(input).values
    }
    let small = Tensor(channels: 1, height: 2, width: 3, values: [1, 2, 3, 4, 5, 6])
    let ones = [Float](repeating: 1, count: 9)
    #expect(
      try run("conv(1, kernel: 3, pad: 1)", weights: [ones, [0.5]], small)
        == [12.5, 21.5, 16.5, 12.5, 21.5, 16.5])
    #expect(
      try run("conv(1, kernel: 3, pad: 2, stride: 2, dilation: 2, bias: false)", weights: [ones], small) == [4, 4])
    #expect(
      try run("deconv(1, kernel: 2, stride: 2, pad: 0)", weights: [[1, 2, 3, 4], [0]], small).prefix(6)
        == [1, 2, 2, 4, 3, 6])
    #expect(try run("maxpool(2)", small) == [5])
    #expect(try run("upsample(2, mode: nearest, grid: asymmetric)", small).prefix(6) == [1, 1, 2, 2, 3, 3])
    #expect(
      try run("upsample(2, mode: bilinear, grid: half_pixel)", small).prefix(6) == [1, 1.25, 1.75, 2.25, 2.75, 3])
    #expect(try run("leaky(0.5)", Tensor(channels: 1, height: 1, width: 2, values: [-2, 4])) == [-1, 4])
    let four = Tensor(channels: 4, height: 1, width: 1, values: [1, 2, 3, 4])
    #expect(try run("pixel_shuffle(2, order: crd)", four) == [1, 2, 3, 4])
  }

  // MARK: Measuring

  /// Noise, and a photograph where the published ones are beside the repository.
  static func inputs(channels: Int) throws -> [(name: String, tensor: Tensor)] {
    let (height, width) = (64, 96)
    var noise = Tensor(channels: channels, height: height, width: width)
    var state: UInt64 = 11
    for index in noise.values.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      noise.values[index] = Float(state >> 40) / Float(1 << 24)
    }
    let path = Repository.models.appending(path: "images/skimage_astronaut.png").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: the accuracy on a photograph, there is none beside the repository")
      return [("noise", noise)]
    }
    let picture = try Picture(decoding: try Files.read(path, limit: 1 << 30), maximumPixels: 1 << 30)
    var photograph = noise
    for channel in 0..<channels {
      for row in 0..<height {
        for column in 0..<width {
          photograph[channel, row, column] = Float(picture[row + 64, column + 160, channel]) / 255
        }
      }
    }
    return [("noise", noise), ("photograph", photograph)]
  }

  static func error(_ output: Tensor, _ exact: DoubleTensor) throws -> Double {
    try #require(output.values.count == exact.values.count)
    let (least, most) = (exact.values.min() ?? 0, exact.values.max() ?? 0)
    try #require(most - least > 1e-3 && most - least < 1e6, "the weights give an output that says something")
    var difference = 0.0
    for (a, b) in zip(output.values, exact.values) {
      let distance = abs(Double(a) - b)
      if !(distance <= difference) { difference = distance.isNaN ? .infinity : distance }
    }
    return difference / (most - least)
  }

  /// The greatest channel of a pixel may be another only where the two greatest are nearly equal.
  private func expectClasses(_ output: Tensor, _ exact: DoubleTensor, bound: Double, _ name: String) throws {
    guard exact.channels > 1 else { return }
    let range = (exact.values.max() ?? 0) - (exact.values.min() ?? 0)
    let plane = exact.height * exact.width
    for pixel in 0..<plane {
      let own = (0..<exact.channels).max { output.values[$0 * plane + pixel] < output.values[$1 * plane + pixel] } ?? 0
      let greatest = (0..<exact.channels).map { exact.values[$0 * plane + pixel] }.max() ?? 0
      let behind = greatest - exact.values[own * plane + pixel]
      if behind >= 2 * bound * range { Issue.record("\(name): the class of pixel \(pixel) is wrong") }
    }
  }
}
