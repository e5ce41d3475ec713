import Foundation
import Testing

/// The nuclei of the drawn picture, of which the script that drew it says where they lie.
@Suite struct NucleiTests {
  /// What `pictures.py` writes beside a picture.
  private struct Drawing: Decodable {
    struct Nucleus: Decodable {
      var row: Double
      var column: Double
      var area: Double
    }
    var count: Int
    var area: Double
    var nuclei: [Nucleus]
  }

  /// What the program writes of a picture.
  private struct Report: Decodable {
    struct Outputs: Decodable {
      var mask: Mask
      var nuclei: Nuclei
    }
    struct Mask: Decodable {
      struct Class: Decodable {
        var name: String
        var area: Double
      }
      var classes: [Class]
    }
    struct Nuclei: Decodable {
      struct Component: Decodable {
        var x: Double
        var y: Double
        var score: Double
      }
      var count: Int
      var components: [Component]
    }
    var outputs: Outputs
  }

  /// Thirty nuclei, some of which overlap: the count may be off by a tenth, and four in five have to lie where they were
  /// drawn, their centres at most half a radius apart.
  @Test func whatWasDrawnIsFoundAndCounted() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let home = "\(Tool.repository)/Networks/nuclei"
    let result = try Tool.fcnc.run([
      "run", "\(home)/nuclei.fcn", "--weights", "\(home)/nuclei.safetensors", "--", "\(home)/example.png", "-o",
      "\(folder.path)/cells.json",
    ])
    try #require(result.status == 0, "\(result.errors)")
    let drawing = try read(Drawing.self, "\(home)/example.json")
    let report = try read(Report.self, "\(folder.path)/cells.json")

    let found = report.outputs.nuclei
    print("drawn \(drawing.count), found \(found.count)")
    #expect(drawing.count == 30)
    #expect(abs(found.count - drawing.count) <= 3)
    #expect(found.components.count == found.count)
    #expect(found.components.allSatisfy { $0.score > 0.5 && $0.score <= 1 })
    let met = drawing.nuclei.filter { nucleus in
      let radius = (nucleus.area / .pi).squareRoot()
      return found.components.contains { hypot($0.x - nucleus.column, $0.y - nucleus.row) < radius / 2 }
    }
    #expect(met.count >= 24)

    let area = report.outputs.mask.classes.first { $0.name == "nucleus" }?.area ?? 0
    #expect(abs(area / drawing.area - 1) < 0.05, "\(area) of \(drawing.area) pixels")
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
