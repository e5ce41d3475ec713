import FCNCore
import FCNRuntime
import FCNSwiftBackend

/// A network whose kernels were loaded into this process, behind the interface that the command line of a program works
/// with: so a test does what a program does with a file, and sees the numbers that enter the network as well.
struct LoadedNetwork: RunnableNetwork {
  let graph: Graph
  /// nil: the outputs stay zero, for a test that looks at the input alone.
  let kernels: (library: KernelLibrary, index: Int)?
  let sizes: SizeRules
  var isConfidenceWanted = false
  private var threads = 1
  private(set) var inputPlanes: [PlanarArray] = []
  private var outputPlanes: [PlanarArray] = []

  init(_ graph: Graph, kernels: (library: KernelLibrary, index: Int)?) throws {
    self.graph = graph
    sizes = try SizeRules(of: graph)
    self.kernels = kernels
  }

  var name: String { graph.name }
  var inputs: [InputDescription] { graph.inputs.map(\.description) }
  var outputs: [OutputDescription] { graph.outputs.map(\.description) }
  var facts: [(String, String)] { [] }

  func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(graph.inputs[i].value, height, width)
  }

  func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(graph.outputs[o].value, height, width)
  }

  private func size(_ value: Int, _ height: Int, _ width: Int) -> (height: Int, width: Int) {
    (graph.values[value].type.height(height) ?? 0, graph.values[value].type.width(width) ?? 0)
  }

  mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
    self.threads = threads
    inputPlanes = []
    outputPlanes = []
    for (index, input) in inputs.enumerated() {
      let size = inputSize(index, height: height, width: width)
      inputPlanes.append(try PlanarArray(channels: input.channels, height: size.height, width: size.width))
    }
    for (index, output) in outputs.enumerated() {
      let size = outputSize(index, height: height, width: width)
      outputPlanes.append(try PlanarArray(channels: output.channels, height: size.height, width: size.width))
    }
  }

  func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
    inputPlanes[input].row(row, channel: channel)
  }

  func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    UnsafePointer(outputPlanes[output].row(row, channel: channel))
  }

  mutating func run() {
    guard let kernels else { return }
    do {
      let results = try kernels.library.run(kernels.index, inputs: inputPlanes.map(\.tensor), threads: threads)
      for (plane, result) in zip(outputPlanes, results) {
        for channel in 0..<result.channels {
          for row in 0..<result.height {
            for column in 0..<result.width { plane.row(row, channel: channel)[column] = result[channel, row, column] }
          }
        }
      }
    } catch {
      preconditionFailure("sizes were checked before: \(error.message)")
    }
  }

  mutating func selfTest(threads: Int) -> String? { nil }

  /// The numbers of input `index` as they were last written.
  func input(_ index: Int) -> Tensor { inputPlanes[index].tensor }
}

extension PlanarArray {
  var tensor: Tensor {
    var tensor = Tensor(channels: channels, height: height, width: width)
    for channel in 0..<channels {
      for row in 0..<height {
        for column in 0..<width { tensor[channel, row, column] = self[channel, row, column] }
      }
    }
    return tensor
  }
}
