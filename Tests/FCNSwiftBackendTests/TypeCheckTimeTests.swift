import FCNCore
import FCNStandard
import Foundation
import Testing

@testable import FCNSwiftBackend

/// How kernels are written decides how long they take to compile: an expression of several operators can take the type
/// checker seconds. What is emitted has one operator a statement, and is held to that here by the compiler's own clock.
@Suite struct TypeCheckTimeTests {
  /// Choices that the type checker may try for one expression: the emitted ones need up to ten, and of the compiler's
  /// measures it is the one that does not depend on the machine or on what else it does.
  static let choices = 20
  /// Milliseconds that an expression may take, and a function, which is slow for being long alone.
  static let expressionLimit = 100
  static let functionLimit = 500
  static let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/CFCNRuntime/include").path

  /// A network of medium size in which most kinds of kernel occur.
  static let network = """
    network medium
    input x[3]
    def double(x, width) {
      x -> conv(width, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> prelu
        -> conv(width, kernel: 3, pad: same, border: reflect) -> batchnorm(eps: 1e-5) -> hardswish
    }
    a = x -> double(24)
    b = a -> maxpool(3, stride: 2, pad: 1) -> double(40)
    c = b -> avgpool(2) -> conv(40, kernel: 5, groups: 40, pad: same) -> relu6 -> double(56)
    gate = c -> global_mean -> conv(56, kernel: 1) -> sigmoid
    gated = (c * gate) -> conv(64, kernel: 3, dilation: 2, pad: 2) -> pixel_shuffle(2, order: crd)
    up = gated -> deconv(24, kernel: 4, stride: 2, pad: 1) -> leaky(0.1)
    wide = c -> upsample(4, mode: bilinear, grid: half_pixel)
    joined = concat(up, a -> crop(0), wide -> upsample(1, mode: nearest, grid: asymmetric)) -> double(32)
    output scores = joined -> conv(5, kernel: 7, pad: same) -> softmax
    output best = joined -> conv(5, kernel: 1) -> tanh -> argmax

    """

  /// What the compiler says is too hard or took longer than the limits.
  static func slow(_ text: String) throws -> [String] {
    let toolchain = try Toolchain.find()
    let folder = NSTemporaryDirectory() + "/fcnc-types-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: folder + "/kernels.swift", atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: toolchain.swiftc)
    process.arguments =
      KernelCompiler.swiftFlags(headers: headers) + [
        "-typecheck", "-Xfrontend", "-warn-long-expression-type-checking=\(expressionLimit)", "-Xfrontend",
        "-warn-long-function-bodies=\(functionLimit)", "-Xfrontend", "-solver-scope-threshold=\(choices)",
        folder + "/kernels.swift",
      ]
    try Data().write(to: URL(fileURLWithPath: folder + "/errors"))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/errors"))
    try process.run()
    process.waitUntilExit()
    let said = try String(contentsOfFile: folder + "/errors", encoding: .utf8)
    let found = said.split(separator: "\n").filter { line in
      line.contains("/kernels.swift:") && (line.contains(" to type-check ") || line.contains(": error: "))
    }
    try #require(process.terminationStatus == 0 || !found.isEmpty, "\(said.prefix(4000))")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return found.map { line in
      // PATH:LINE:COLUMN: KIND: MESSAGE
      let parts = line.split(separator: ":", maxSplits: 4).map { $0.trimmingCharacters(in: .whitespaces) }
      let number = parts.count == 5 ? Int(parts[1]) ?? 0 : 0
      return "\(parts.last ?? ""): \(lines.indices.contains(number - 1) ? lines[number - 1] : "")"
    }
  }

  @Test(arguments: [Target.x86v3, .x86v2, .arm64]) func kernelsAreQuickToCheck(_ target: Target) throws {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "medium.fcn", text: Self.network), report: &sink)
    let elaborated = Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink)
    let graph = try #require(elaborated, "\(sink.diagnostics.map(\.message))")
    let bound = RandomWeights.bind(graph, report: &sink)
    let program = try Lowerer(Optimizer.optimize(bound).graph, target: target).lower()
    try #require(program.kernels.count >= 20)
    // The clock runs on while another program has the processor, so only what is slow each time is slow.
    var slow = try Self.slow(program.kernelText)
    for _ in 0..<2 where !slow.isEmpty { slow = try Self.slow(program.kernelText) }
    #expect(slow == [])
  }

  @Test func anExpressionOfManyOperatorsIsFound() throws {
    let hard = """
      func address(_ a: Int, _ i: Int, _ j: Int, _ w: Float) -> Float {
        let v = [1, 2.5, 3].map { Float($0) * w + 1 - 2 * Float(i + j * 3 - a * 2 + 1) / 4 + Float(-i) }
          .reduce(0) { $0 + $1 * 2 - 1 }
        return v
      }

      """
    let found = try Self.slow(hard)
    #expect(found.contains { $0.hasPrefix("the compiler is unable to type-check this expression") }, "\(found)")
  }

  @Test func twoOperatorsInAStatementAreFound() throws {
    let text = """
      func address(_ a: Int, _ b: Int) -> Float {
        let pixels: Float = Float(a &* b &+ 1)
        return pixels
      }

      """
    #expect(!(try Self.slow(text)).isEmpty)
  }
}
