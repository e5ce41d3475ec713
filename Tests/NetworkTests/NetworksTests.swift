import FCNCore
import FCNStandard
import Foundation
import Testing

@Suite("The networks of the repository")
struct NetworksTests {
  @Test("there are networks")
  func networksAreFound() {
    #expect(Repository.networks.count >= 22)
    #expect(Repository.networksWithGolden.count >= 15)
  }

  @Test("elaborates without a finding, and its weights have a name each", arguments: Repository.networks)
  func elaborates(name: String) throws {
    let network = try Network(name)
    #expect(network.graph.name == name)
    #expect(!network.graph.outputs.isEmpty)
    let uses = network.graph.weightUses()
    #expect(!uses.isEmpty)
    #expect(Set(uses.map(\.name)).count == uses.count)
  }

  @Test("stands in canonical form", arguments: Repository.networks)
  func isCanonical(name: String) throws {
    let network = try Network(name)
    #expect(network.frontEnd.print(network.tree) == network.file.text)
  }

  @Test("shared definitions stand in canonical form")
  func blocksAreCanonical() throws {
    let folder = Repository.root.appending(path: "Networks/blocks")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    try #require(!files.isEmpty)
    let frontEnd = try #require(Network.registry.frontEnds.first { $0.fileExtensions.contains("fcn") })
    for url in files where url.pathExtension == "fcn" {
      let file = SourceFile(path: url.path, bytes: Array(try Data(contentsOf: url)))
      var report = DiagnosticSink()
      let tree = frontEnd.parse(file, report: &report)
      #expect(!report.hasErrors)
      #expect(frontEnd.print(tree) == file.text)
    }
  }

  @Test("stays a right graph behind every pass of the optimiser", arguments: Repository.networks)
  func verifies(name: String) throws {
    // Narrow, where the network has a parameter for that.
    var settings: [String: String] = [:]
    for case .network(let header) in try Network(name).tree.items {
      for parameter in header.parameters.map(\.name.name) where ["width", "dense"].contains(parameter) {
        settings[parameter] = "8"
      }
    }
    var graph = try Network(name, settings: settings).boundAtRandom(seed: 1)
    #expect(GraphVerifier.faults(in: graph) == [])
    for pass in Optimizer.passes {
      graph = pass.run(graph).graph
      #expect(GraphVerifier.faults(in: graph) == [], "behind \(pass.name)")
    }
  }

  @Test("has a page that names it", arguments: Repository.networks)
  func hasPage(name: String) throws {
    let page = try String(
      contentsOf: Repository.root.appending(path: "Networks/\(name)/README.md"), encoding: .utf8)
    #expect(page.hasPrefix("# \(name)\n"))
    #expect(page.contains("\(name).fcn") || page.contains(".prototxt"))
  }

  @Test("takes the sizes that PyTorch takes, and gives the same", arguments: Repository.networksWithSizes)
  func sizes(name: String) throws {
    let text = try String(contentsOf: Repository.golden(name, "sizes.txt"), encoding: .utf8)
    let expected = text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
      // PyTorch's U-Net takes more sizes; the paper's, and ours, only those that leave no row over in a pool.
      .filter { name != "unet" || $0[0] % 16 == 12 }
    let network = try Network(name)
    let actual = network.validHeights(upTo: 320).map { height in
      [height] + network.graph.outputs.compactMap { network.graph.values[$0.value].type.height(height) }
    }
    #expect(!expected.isEmpty)
    #expect(actual == expected)
    let widths = (1...320).filter { width in network.graph.values.allSatisfy { ($0.type.width(width) ?? 0) >= 1 } }
    #expect(widths == expected.compactMap(\.first))
  }

  /// Worked out by hand from the papers and tried with ONNX Runtime; ESPNet also takes sizes one below a multiple of 8,
  /// for its strided convolutions round up.
  static let domains = [
    ("dncnn25", "H >= 1"), ("espnet_city", "H ≡ 0, 7 (mod 8), H >= 7"), ("fcn8s", "H >= 1"), ("fsrcnn", "H >= 1"),
    ("lwnet_retina", "H ≡ 0 (mod 4), H >= 4"), ("mobile_segmenter", "H ≡ 0, 13...15 (mod 16), H >= 13"),
    ("mtcnn_pnet", "H >= 11"), ("nuclei", "H >= 1"), ("sinet_portrait", "H ≡ 0, 29...31 (mod 32), H >= 29"),
    ("unet", "H ≡ 12 (mod 16), H >= 188"), ("unet_same", "H ≡ 0 (mod 16), H >= 16"), ("waifu2x_upconv7", "H >= 15"),
  ]

  @Test("says which sizes it takes", arguments: domains)
  func domain(name: String, text: String) throws {
    let verdict = Verdict(of: try Network(name).graph)
    #expect(verdict.isFullyConvolutional)
    for output in verdict.outputs { #expect(output.domain == text) }
  }

  @Test("computes what PyTorch computes on random weights", arguments: Repository.networksWithGolden)
  func matchesPyTorch(name: String) throws {
    let bound = try Network.withGolden(name)
    let golden = try Golden(Repository.golden(name, "golden.npz"))
    let inputs = bound.inputs.compactMap { golden.inputs[$0.description.name] }
    let outputs = try Interpreter(bound).run(inputs).outputs
    try #require(outputs.count == golden.outputs.count)
    for (output, actual) in zip(bound.outputs, outputs) {
      let expected = try #require(golden.outputs[output.description.name])
      try expectEqual(actual, expected, "\(name).\(output.description.name)")
    }
  }
}
