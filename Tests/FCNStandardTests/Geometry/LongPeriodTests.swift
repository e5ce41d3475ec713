import FCNCore
import FCNStandard
import FCNTestSupport
import Testing

/// Networks whose sizes repeat after many pixels, or whose numbers are large: proved or refused in a moment.
@Suite struct LongPeriodTests {
  static let halving = String(repeating: " -> maxpool(2)", count: 12)
  static let strided = String(repeating: " -> conv(1, kernel: 3, stride: 2, pad: same_tf)", count: 11)
  static let enlarged = String(repeating: " -> upsample(64, mode: bilinear, grid: half_pixel)", count: 8)

  @Test(arguments: [
    "y = x\(halving)",
    "a = x\(halving)\ny = a -> upsample(like: x, mode: nearest, grid: half_pixel)",
    "a = x\(halving)\ny = a -> upsample(like: x, mode: bilinear, grid: align_corners) -> conv(1, kernel: 3, pad: same)",
    "a = x\(strided)\nb = a -> upsample(like: x, mode: bilinear, grid: half_pixel)\ny = b + x",
    "a = x\(halving)\ny = x + (a\(String(repeating: " -> deconv(1, kernel: 3, stride: 2, pad: 1)", count: 12)))",
    "a = x\(String(repeating: " -> avgpool(3, stride: 3, round: ceil)", count: 7))\n"
      + "y = a\(String(repeating: " -> upsample(3, mode: bilinear, grid: half_pixel)", count: 7)) -> crop(like: x, offset: 0)",
    "y = x\(enlarged)\(halving)",
    "a = x\(enlarged)\ny = a -> upsample(like: x, mode: bilinear, grid: half_pixel)",
    "y = x -> upsample([4095, 4094], mode: nearest, grid: half_pixel) -> upsample([4093, 4092], mode: nearest, grid: half_pixel)",
  ])
  func provedOrRefusedInTime(body: String) throws {
    let start = ProvedNetwork.processorTime
    let elaborated = Elaborated("network long\ninput x[1]\n\(body)\noutput y\n", plugin: StandardPlugin.self)
    if let graph = elaborated.graph {
      for axis in Axis.allCases {
        let geometry = try? AxisGeometry(graph, axis)
        for output in graph.outputs { _ = geometry?.receptiveField(of: output.value, in: graph) }
      }
    }
    let seconds = ProvedNetwork.processorTime - start
    #expect(seconds < 1, "\(seconds) s of processor time")
  }
}
