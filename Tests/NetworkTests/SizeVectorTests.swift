import FCNCore
import Foundation
import Testing

@Suite("Sizes of published networks")
struct SizeVectorTests {
  static let sizes = 1...1024

  @Test("there are vectors, each with a name of its own")
  func vectorsAreFound() {
    #expect(SizeVector.all.count >= 41)
    #expect(Set(SizeVector.all.map(\.name)).count == SizeVector.all.count)
  }

  @Test("is defined for exactly the published sizes, and gives exactly the published size", arguments: SizeVector.all)
  func sizes(vector: SizeVector) throws {
    let graph = try vector.network().graph
    for output in graph.outputs {
      let type = graph.values[output.value].type
      let name = output.description.name
      for size in Self.sizes {
        #expect(type.height(size) == vector.rows(size), "\(name) of \(size) rows")
        #expect(type.width(size) == vector.columns(size), "\(name) of \(size) columns")
      }
    }
  }

  @Test(
    "says which sizes it takes", .disabled("waits for the notation `H ≡ 0, 31 (mod 32), H >= 31`"),
    arguments: SizeVector.all)
  func domains(vector: SizeVector) throws {
    let graph = try vector.network().graph
    for output in graph.outputs {
      let type = graph.values[output.value].type
      #expect(type.height.domain(of: "H") == vector.rows.domain)
      #expect(type.width.domain(of: "W") == vector.columns.domain)
    }
  }

  @Test("gives an output of that size when it is run on its smallest image", arguments: SizeVector.all)
  func runs(vector: SizeVector) throws {
    let bound = try vector.network().boundAtRandom(seed: 1)
    let input = try #require(bound.inputs.count == 1 ? bound.inputs.first : nil)
    let image = Tensor(
      channels: input.description.channels, height: vector.rows.least, width: vector.columns.least)
    for output in try Interpreter(bound).run([image]).outputs {
      #expect(output.height == vector.rows(image.height) && output.width == vector.columns(image.width))
      #expect(output.values.allSatisfy { $0.isFinite })
    }
  }

  @Test("stands in canonical form")
  func isCanonical() throws {
    let folder = Repository.root.appending(path: "Tests/Proof/Networks")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 19)
    let frontEnd = try #require(Network.registry.frontEnds.first { $0.fileExtensions.contains("fcn") })
    for url in files {
      let file = SourceFile(path: url.path, bytes: Array(try Data(contentsOf: url)))
      var report = DiagnosticSink()
      let tree = frontEnd.parse(file, report: &report)
      #expect(!report.hasErrors)
      #expect(frontEnd.print(tree) == file.text)
    }
  }
}
