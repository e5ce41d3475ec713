import FCNCore
import Foundation
import Testing

/// A published network: its weights fit by name, and its outputs are those that ONNX Runtime computed from them.
struct PublishedNetwork: CustomTestStringConvertible, Sendable {
  /// The network in this repository, with parameters.
  var network: String
  var settings: [String: String] = [:]
  /// The folder and files beside the repository.
  var folder: String
  var weights = "model.safetensors"
  var golden = "golden_128x160.npz"
  /// What is changed in the text of the network; both texts are whole.
  var edit: (from: String, to: String)?

  var testDescription: String { folder + (settings.isEmpty ? "" : " \(settings)") }

  func text() throws -> Network { try Network(network, settings: settings, edit: edit.map { [$0] } ?? []) }

  static let all = [
    PublishedNetwork(network: "dncnn25", folder: "dncnn25"),
    PublishedNetwork(network: "espnet_city", folder: "espnet-city"),
    PublishedNetwork(
      network: "fsrcnn", settings: ["factor": "2"], folder: "fsrcnn", weights: "model_x2.safetensors",
      golden: "golden_128x160_x2.npz"),
    PublishedNetwork(
      network: "fsrcnn", settings: ["factor": "3"], folder: "fsrcnn", weights: "model_x3.safetensors",
      golden: "golden_128x160_x3.npz"),
    PublishedNetwork(network: "lwnet_retina", folder: "lwnet-retina"),
    PublishedNetwork(network: "mtcnn_pnet", folder: "mtcnn-pnet"),
    PublishedNetwork(
      network: "sinet_portrait", folder: "sinet-portrait", edit: PhotographCase.scoresOfPortraits),
    PublishedNetwork(
      network: "waifu2x_upconv7", folder: "waifu2x-upconv7"),
    PublishedNetwork(
      network: "waifu2x_vgg7", folder: "waifu2x-vgg7"),
  ]
}

@Suite("Published networks with their weights")
struct PublishedNetworksTests {
  @Test("computes what ONNX Runtime computes", arguments: PublishedNetwork.all)
  func matches(published: PublishedNetwork) throws {
    let folder = Repository.models.appending(path: published.folder)
    let weights = folder.appending(path: published.weights)
    guard FileManager.default.fileExists(atPath: weights.path) else {
      print("skipped: \(published.testDescription), its weights are not beside the repository")
      return
    }
    let bound = try published.text().bound(to: weights.path)
    let golden = try Golden(folder.appending(path: published.golden))
    let input = try #require(golden.inputs.count == 1 ? golden.inputs.values.first : nil)
    let outputs = try Interpreter(bound).run([input]).outputs
    try #require(outputs.count == golden.outputs.count)
    for (output, actual) in zip(bound.outputs, outputs) {
      let name = "\(published.testDescription).\(output.description.name)"
      let expected = try #require(
        golden.outputs.count == 1 ? golden.outputs.values.first : golden.outputs[output.description.name])
      try expectEqual(actual, expected, name)
    }
  }
}
