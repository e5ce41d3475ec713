import FCNCore
import FCNStandard
import Foundation
import Testing

@Suite struct StandardPluginTests {
  @Test func everyFileOfAStageIsListed() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/FCNStandard/Stages").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") && !$0.contains("+") }
    let listed = StandardPlugin.stages.map { "\($0).swift" }
    #expect(files.sorted() == listed.sorted())
    #expect(listed == listed.sorted())
    #expect(Registry([StandardPlugin.self]).conflicts.isEmpty)
  }

  @Test func everyStageIsDocumented() {
    for stage in StandardPlugin.stages {
      let signature = stage.signature
      #expect(signature.summary.hasSuffix("."), "\(signature.name)")
      #expect(
        signature.equivalents.map(\.framework) == ["PyTorch", "TensorFlow", "Caffe", "ONNX"], "\(signature.name)")
      #expect(signature.example.contains(signature.name), "\(signature.name)")
    }
  }
}
