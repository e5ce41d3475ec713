import FCNCore
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// The kernels that the compiler writes for each network, against numbers that another program computed.
@Suite("Compiled networks")
struct CompiledNetworksTests {
  struct Case {
    var name: String
    var graph: Graph
    var golden: Golden
  }

  @Test("computes what PyTorch and ONNX Runtime compute", arguments: [Target.native, .x86v2])
  func matches(_ target: Target) throws {
    var cases: [Case] = []
    for published in PublishedNetwork.all {
      let folder = Repository.models.appending(path: published.folder)
      let weights = folder.appending(path: published.weights)
      guard FileManager.default.fileExists(atPath: weights.path) else {
        print("skipped: \(published.testDescription), its weights are not beside the repository")
        continue
      }
      cases.append(
        Case(
          name: published.testDescription, graph: try published.text().bound(to: weights.path),
          golden: try Golden(folder.appending(path: published.golden))))
    }
    for name in Repository.networksWithGolden {
      let golden = try Golden(Repository.golden(name, "golden.npz"))
      cases.append(Case(name: name, graph: try Network.withGolden(name), golden: golden))
    }
    let programs = try cases.map { try Lowerer(Optimizer.optimize($0.graph).graph, target: target).lower() }
    let library = try KernelLibrary(
      programs, toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    for (index, item) in cases.enumerated() {
      let inputs = try item.graph.inputs.map { input in
        try #require(
          item.golden.inputs.count == 1
            ? item.golden.inputs.values.first : item.golden.inputs[input.description.name])
      }
      let outputs = try library.run(index, inputs: inputs, threads: 2)
      for (output, actual) in zip(item.graph.outputs, outputs) {
        let expected = try #require(
          item.golden.outputs.count == 1
            ? item.golden.outputs.values.first : item.golden.outputs[output.description.name])
        try expectEqual(actual, expected, "\(target.name) \(item.name).\(output.description.name)")
      }
    }
  }
}
