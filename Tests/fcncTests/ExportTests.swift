import FCNTestSupport
import Foundation
import Testing

/// `fcnc export --to pytorch`.
@Suite struct ExportTests {
  /// What was proved of one network, with PyTorch, by `pytorch_export.py --record`.
  struct Proof: Decodable {
    var settings: [String]
    var sizes: [[Int]]
    var difference: Double
    var rounding: Double
    /// Of the text with the settings, and of the text with the network's own parameters.
    var text: String
    var own: String
  }

  static let proofs: [String: Proof] = {
    let data = FileManager.default.contents(atPath: "\(Tool.repository)/Tests/Golden/pytorch/proof.json") ?? Data()
    return (try? JSONDecoder().decode([String: Proof].self, from: data)) ?? [:]
  }()

  /// Every network that is to be proved: those of Networks, and those of Tests/Golden/pytorch.
  static let networks: [String] = {
    let files = FileManager.default
    let folders = (try? files.contentsOfDirectory(atPath: "\(Tool.repository)/Networks")) ?? []
    let own = folders.map { "Networks/\($0)/\($0).fcn" }.filter {
      files.fileExists(atPath: "\(Tool.repository)/\($0)")
    }
    let others = (try? files.contentsOfDirectory(atPath: "\(Tool.repository)/Tests/Golden/pytorch")) ?? []
    return (own + others.filter { $0.hasSuffix(".fcn") }.map { "Tests/Golden/pytorch/\($0)" }).sorted()
  }()

  @Test func everyNetworkIsProved() {
    let names = Self.networks.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    #expect(names.count > 20 && Set(names) == Set(Self.proofs.keys))
    for (name, proof) in Self.proofs {
      #expect(proof.difference <= max(1e-5, 4 * proof.rounding), "\(name)")
    }
  }

  @Test(arguments: networks)
  func theTextIsTheOneThatWasProved(path: String) throws {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let proof = try #require(Self.proofs[name])
    for (settings, expected) in [(proof.settings, proof.text), ([], proof.own)] {
      let result = try Tool.fcnc.run(["export", "--to", "pytorch", path] + settings.flatMap { ["--set", $0] })
      #expect(result.status == 0, "\(result.errors)")
      let isProved = ExportedText.fingerprint(result.output) == expected
      #expect(isProved, "prove the new text: Tests/Scripts/pytorch_export.py FCNC --record")
    }
  }

  @Test func pyTorchComputesWhatTheNetworksCompute() throws {
    guard let python = Python.torch else {
      print("skipped: the networks in PyTorch, there is no python3 with torch (FCNC_PYTHON may name one)")
      return
    }
    let result = try python.run(["Tests/Scripts/pytorch_export.py", Tool.fcnc.path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let random = try python.run(["Tests/Scripts/pytorch_stages.py", "--random", Tool.fcnc.path, "100"])
    #expect(random.status == 0, "\(random.output)\(random.errors)")
  }

  /// The table of the page about training is what was recorded.
  @Test func theTableOfThePageIsTheRecord() throws {
    let page = try #require(Page.named("Training.md"))
    let rows = page.text.matches(of: /\n\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/).map { match in
      [match.1, match.2, match.3, match.4].map(String.init)
    }
    let expected = Self.proofs.sorted { $0.key < $1.key }.map { name, proof in
      [
        name, proof.sizes.map { "\($0[0])x\($0[1])" }.joined(separator: ", "), Self.short(proof.difference),
        Self.short(proof.rounding),
      ]
    }
    #expect(rows.filter { Self.proofs[$0[0]] != nil } == expected)
  }

  private static func short(_ number: Double) -> String { String(format: "%.1e", number) }

  // MARK: The command

  @Test(arguments: [
    ("export --to pytorch net.fcn -o net.fcn", "`net.fcn` is read by this command and would be lost"),
    ("export --to onyx net.fcn", "there is no form `onyx`"),
    ("export --to pytorch dense.fcn", "fixes the size"),
    ("export --to pytorch shared.fcn", "`conv` shares the weights `both` with a use of other settings"),
    ("export --to pytorch absent.fcn", "there is no file `absent.fcn`"),
  ])
  func whatCannotBeExportedIsSaid(command: String, message: String) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let texts = [
      "net": "output y = x -> relu", "dense": "output y = x -> flatten(order: chw) -> dense(2)",
      "shared": """
      a = x -> conv(3, kernel: 3, pad: same) @/both
      output y = a -> conv(3, kernel: 3, dilation: 2, pad: same) @/both
      """,
    ]
    for (name, text) in texts {
      try "network \(name)\ninput x[3]\n\(text)\n"
        .write(toFile: "\(folder.path)/\(name).fcn", atomically: true, encoding: .utf8)
    }
    let result = try Tool.fcnc.run(command.split(separator: " ").map(String.init), in: folder.path)
    #expect(result.status != 0)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
    let kept = try String(contentsOfFile: "\(folder.path)/net.fcn", encoding: .utf8)
    #expect(kept.hasSuffix("output y = x -> relu\n"))
  }

  @Test func aDenseLayerIsExportedForItsSize() throws {
    let text = "network n\ninput x[3]\noutput y = x -> flatten(order: chw) -> dense(2) @fc\n"
    let result = try Tool.fcnc.run(["export", "--to", "pytorch", "-", "--input-size", "4x5"], input: text)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("self.fc = nn.Linear(60, 2)"))
  }
}
