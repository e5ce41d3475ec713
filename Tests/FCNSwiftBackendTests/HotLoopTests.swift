import FCNCore
import FCNStandard
import FCNSwiftBackend
import Foundation
import Testing

/// What the innermost loop of a convolution must be in machine code, be it direct or the products of minimal filtering:
/// the multiply-adds of its tile on whole registers for each input channel, loads that feed them, and nothing else. One spilled register or one call that is
/// not inlined costs more speed than any other mistake, and no other test sees it.
@Suite struct HotLoopTests {
  /// How a target spells such a loop.
  struct Form: Sendable {
    /// The instructions of one multiply-add, each of them once; `*` stands for anything.
    var multiplyAdd: [String]
    /// What their registers begin with.
    var register: String
    /// What else may work on vector registers: it brings operands there.
    var loads: [String]
    /// What vector registers begin with.
    var vectors: [String]
    /// How an address on the stack is written; the second way counts where the function sets up a frame.
    var stack: (String, String)
    var frame: String
    var calls: [String]
    /// Reads and writes of the stack for each input channel that are let pass.
    var spills = 0

    static let avx2 = Form(
      multiplyAdd: ["vfmadd*ps"], register: "ymm", loads: ["vmovups", "vmovaps", "vbroadcastss"],
      vectors: ["xmm", "ymm", "zmm"], stack: ("(%rsp", "(%rbp"), frame: "%rsp, %rbp", calls: ["call*"])
    static let avx512 = Form(
      multiplyAdd: ["vfmadd*ps"], register: "zmm", loads: ["vmovups", "vmovaps", "vbroadcastss"],
      vectors: ["xmm", "ymm", "zmm"], stack: ("(%rsp", "(%rbp"), frame: "%rsp, %rbp", calls: ["call*"])
    /// A product goes into a copy of a factor, and a number is spread over a register by two instructions. The compiler
    /// keeps what it spread for the next columns; a loop without that and without spills is slower.
    static let sse = Form(
      multiplyAdd: ["mulps", "addps"], register: "xmm", loads: ["movups", "movaps", "movss", "shufps"],
      vectors: ["xmm"], stack: ("(%rsp", "(%rbp"), frame: "%rsp, %rbp", calls: ["call*"],
      spills: 2)
    static let neon = Form(
      multiplyAdd: ["fmla"], register: "v", loads: ["ld1r", "ldr", "ldur", "ldp"], vectors: ["q", "v"],
      stack: ("[sp", "[x29"), frame: "x29, sp", calls: ["bl", "blr"])

    /// What is wrong with the hottest loop of each kernel whose tile is so many vectors of channels by so many columns;
    /// empty where all are as they should be.
    func faults(in disassembly: Disassembly, vectors: Int, columns: Int) -> [String] {
      // In Swift's symbols `y` begins the type of such a function; a part of them only jumps to another one.
      let kernels = disassembly.functions.filter { name, instructions in
        guard let shape = name.firstMatch(of: /fcn_kernel_\d+_(?:products_)?(\d+)_(\d+)y/) else { return false }
        return Int(shape.1) == vectors && Int(shape.2) == columns
          && instructions.contains { matches($0.mnemonic, multiplyAdd[0]) }
      }
      if kernels.isEmpty { return ["no kernel of \(vectors) x \(columns) has a multiply-add"] }
      return kernels.keys.sorted().flatMap { name in
        let hasFrame = kernels[name]?.contains { $0.operands.contains(frame) } == true
        let loops = disassembly.innermostLoops(of: name)
        return faults(in: loops, tile: vectors * columns, hasFrame: hasFrame).map { "\(name): \($0)" }
      }
    }

    /// What is wrong with the loop that has the most multiply-adds.
    func faults(in loops: [[Disassembly.Instruction]], tile: Int, hasFrame: Bool) -> [String] {
      func count(_ loop: [Disassembly.Instruction], _ pattern: String) -> Int {
        loop.count { matches($0.mnemonic, pattern) && $0.uses(register) }
      }
      guard let hot = loops.max(by: { count($0, multiplyAdd[0]) < count($1, multiplyAdd[0]) }) else {
        return ["there is no loop"]
      }
      var faults: [String] = []
      for pattern in multiplyAdd {
        let found = count(hot, pattern)
        if found == 0 || found % tile != 0 { faults.append("\(found) \(pattern), not a multiple of \(tile)") }
      }
      let turns = max(1, count(hot, multiplyAdd[0]) / tile)
      var scalar = 0
      var spilled: [String] = []
      for instruction in hot {
        if calls.contains(where: { matches(instruction.mnemonic, $0) }) {
          faults.append("a call: \(instruction.text)")
          continue
        }
        guard vectors.contains(where: instruction.uses) else {
          scalar += 1
          continue
        }
        if instruction.operands.contains(stack.0) || hasFrame && instruction.operands.contains(stack.1) {
          spilled.append("a spill: \(instruction.text)")
        }
        if !(multiplyAdd + loads).contains(where: { matches(instruction.mnemonic, $0) }) {
          faults.append("other arithmetic: \(instruction.text)")
        }
      }
      if spilled.count > spills * turns { faults += spilled }
      // Addresses and the jump: a few for each input channel, or the multiply-adds wait for them.
      if scalar > 6 * turns { faults.append("\(scalar) instructions for addresses in \(turns) turns") }
      return faults
    }

    private func matches(_ mnemonic: String, _ pattern: String) -> Bool {
      guard let star = pattern.firstIndex(of: "*") else { return mnemonic == pattern }
      return mnemonic.hasPrefix(pattern[..<star]) && mnemonic.hasSuffix(pattern[pattern.index(after: star)...])
    }
  }

  /// The kernels of a network compiled for a target; nil where this machine cannot, which is told.
  private static func disassembled(
    _ text: String, _ target: Target, accuracy: Accuracy = .normal
  ) throws -> Disassembly? {
    let isForX86 = target.architecture.hasPrefix("x86")
    #if arch(x86_64)
      let isHere = true
    #else
      let isHere = !isForX86
    #endif
    let toolchain = try Toolchain.find()
    guard isHere, let tool = Disassembly.tool(of: toolchain) else {
      print("skipped: the hot loop for \(target.name), which needs x86-64 for x86-64, and llvm-objdump or objdump")
      return nil
    }
    var target = target
    if !isForX86 { target.triple = "aarch64-none-none-elf" }
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "hot.fcn", text: text), report: &sink)
    let graph = Elaborator(registry: Registry([StandardPlugin.self])).elaborate(tree, report: &sink)
    let bound = RandomWeights.bind(try #require(graph), report: &sink)
    try #require(sink.diagnostics.isEmpty)
    let program = try Lowerer(Optimizer.optimize(bound).graph, target: target, accuracy: accuracy).lower()
    let folder = NSTemporaryDirectory() + "/fcnc-hot-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try program.kernelText.write(toFile: folder + "/kernels.swift", atomically: true, encoding: .utf8)
    let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/CFCNRuntime/include").path
    try KernelCompiler(toolchain: toolchain, headers: headers)
      .compile(folder + "/kernels.swift", to: folder + "/kernels.o", target: target)
    return try Disassembly(of: folder + "/kernels.o", tool: tool, toolchain: toolchain)
  }

  /// A 3x3 convolution of an input, whose channels are planes, and of a value, whose channels lie in blocks: of four
  /// vectors of output channels in every target, then with what joins a kernel behind the sum.
  static let networks = [
    "network plain\ninput x[64]\noutput y = x -> conv(64, kernel: 3, pad: same) -> conv(64, kernel: 3, pad: same)\n",
    """
    network fused
    input x[3]
    a = x -> conv(32, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> relu
    b = a -> conv(96, kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> leaky(0.1)
    output y = b -> conv(96, kernel: 3, pad: same, border: reflect) -> sigmoid

    """,
  ]

  @Test(arguments: networks, Accuracy.allCases)
  func theLoopForAVX2IsClean(_ network: String, _ accuracy: Accuracy) throws {
    guard let disassembly = try Self.disassembled(network, .x86v3, accuracy: accuracy) else { return }
    #expect(Form.avx2.faults(in: disassembly, vectors: 4, columns: 3) == [])
  }

  @Test(arguments: networks, Accuracy.allCases)
  func theLoopForAVX512IsClean(_ network: String, _ accuracy: Accuracy) throws {
    let network = network.replacing("conv(32", with: "conv(64").replacing("conv(96", with: "conv(192")
    guard let disassembly = try Self.disassembled(network, Self.wide, accuracy: accuracy) else { return }
    #expect(Form.avx512.faults(in: disassembly, vectors: 4, columns: 6) == [])
  }

  /// 512-bit vectors only.
  static let wide = {
    var target = Target.x86v4
    target.narrowLanes = nil
    return target
  }()

  /// Fewer channels than four vectors hold, in tiles of more columns, and the tiles for narrow rows.
  @Test(arguments: [(8, 1, 12), (16, 2, 6), (24, 3, 4), (8, 1, 8), (16, 2, 4)], Accuracy.allCases)
  func narrowLoopsForAVX2AreClean(
    _ shape: (channels: Int, vectors: Int, columns: Int), _ accuracy: Accuracy
  ) throws {
    guard let disassembly = try Self.disassembled(Self.few(shape.channels), .x86v3, accuracy: accuracy) else { return }
    #expect(Form.avx2.faults(in: disassembly, vectors: shape.vectors, columns: shape.columns) == [])
  }

  @Test(
    arguments: [(16, 1, 12), (32, 2, 12), (48, 3, 8), (64, 4, 6), (16, 1, 8), (32, 2, 8), (48, 3, 5), (64, 4, 4)],
    Accuracy.allCases)
  func narrowLoopsForAVX512AreClean(
    _ shape: (channels: Int, vectors: Int, columns: Int), _ accuracy: Accuracy
  ) throws {
    guard let disassembly = try Self.disassembled(Self.few(shape.channels), Self.wide, accuracy: accuracy) else {
      return
    }
    #expect(Form.avx512.faults(in: disassembly, vectors: shape.vectors, columns: shape.columns) == [])
  }

  /// A 3x3 and a 1x1 convolution to so many channels.
  static func few(_ channels: Int) -> String {
    "network narrow\ninput x[8]\na = x -> conv(32, kernel: 1)\n"
      + "b = a -> conv(\(channels), kernel: 3, pad: same) -> conv(\(channels), kernel: 1)\n"
      + "output y = b -> conv(32, kernel: 1)\n"
  }

  @Test(arguments: networks, [Accuracy.strict, .normal])
  func theLoopFor128BitsIsClean(_ network: String, _ accuracy: Accuracy) throws {
    guard let disassembly = try Self.disassembled(network, .x86v2, accuracy: accuracy) else { return }
    #expect(Form.sse.faults(in: disassembly, vectors: 4, columns: 2) == [])
  }

  @Test(arguments: networks, [Accuracy.strict, .normal])
  func theLoopForArmIsClean(_ network: String, _ accuracy: Accuracy) throws {
    guard let disassembly = try Self.disassembled(network, .arm64, accuracy: accuracy) else { return }
    #expect(Form.neon.faults(in: disassembly, vectors: 4, columns: 4) == [])
  }

  /// The transforms of minimal filtering: every statement a few instructions, none of them a call.
  @Test func theTransformsHaveNoCalls() throws {
    guard let disassembly = try Self.disassembled(Self.networks[0], .x86v3) else { return }
    let transforms = disassembly.functions.filter { $0.key.contains(/fcn_kernel_\d+_(input|results)y/) }
    #expect(transforms.count == 2)
    for (name, instructions) in transforms {
      #expect(instructions.contains { $0.mnemonic.hasPrefix("vfmadd") && $0.uses("ymm") }, "\(name)")
      #expect(instructions.filter { $0.mnemonic.hasPrefix("call") }.map(\.text) == [], "\(name)")
    }
  }

  /// Input channels in the lanes: the sums of one to four channels, and of both phases of a transposed convolution.
  @Test(arguments: [
    ("conv(1, kernel: 3, pad: same)", 12), ("conv(2, kernel: 3, pad: same)", 12), ("conv(3, kernel: 5, pad: same)", 9),
    ("conv(4, kernel: 3, pad: same)", 8), ("deconv(1, kernel: 9, stride: 2, pad: 4)", 12),
    ("deconv(3, kernel: 4, stride: 2, pad: 1)", 12),
  ]) func theLoopOfFewOutputsIsClean(_ stage: String, _ tile: Int) throws {
    let network = "network few\ninput x[8]\na = x -> conv(32, kernel: 1)\noutput y = a -> \(stage)\n"
    guard let disassembly = try Self.disassembled(network, .x86v3) else { return }
    let sums = disassembly.functions.filter { $0.key.contains(/fcn_kernel_\d+_sumsy/) && $0.value.count > 20 }
    #expect(sums.count == 1)
    for (name, instructions) in sums {
      let hasFrame = instructions.contains { $0.operands.contains(Form.avx2.frame) }
      let loops = disassembly.innermostLoops(of: name)
      #expect(Form.avx2.faults(in: loops, tile: tile, hasFrame: hasFrame) == [])
    }
  }

  /// A tile with more accumulators than there are registers.
  @Test func aTileThatIsTooWideIsFound() throws {
    var target = Target.x86v3
    target.columnsPerTile = [1, 8, 5, 3, 6]
    guard let disassembly = try Self.disassembled(Self.networks[0], target) else { return }
    let faults = Form.avx2.faults(in: disassembly, vectors: 4, columns: 6)
    #expect(faults.contains { $0.contains(": a spill: ") }, "\(faults)")
  }

  /// Kernels for a machine without fused multiply-add, judged as if it had it.
  @Test func aTargetWithoutItsFeaturesIsFound() throws {
    var target = Target.x86v3
    target.architecture = "x86-64-v2"
    guard let disassembly = try Self.disassembled(Self.networks[0], target) else { return }
    #expect(!Form.avx2.faults(in: disassembly, vectors: 4, columns: 3).isEmpty)
  }

  @Test func aCallAndOtherArithmeticAreFound() {
    let turn = (0..<12).map { "      \(String(0x10 + $0, radix: 16)): vfmadd231ps %ymm1, %ymm2, %ymm\($0 + 3)" }
    func faults(_ extra: String) -> [String] {
      let lines = ["0000000000000000 <kernel>:"] + turn + ["      30: \(extra)", "      40: jne 0x10 <kernel+0x10>"]
      let disassembly = Disassembly(text: lines.joined(separator: "\n"))
      return Form.avx2.faults(in: disassembly.innermostLoops(of: "kernel"), tile: 12, hasFrame: true)
    }
    #expect(faults("vmovups (%rdi), %ymm1") == [])
    #expect(faults("callq 0x0 <helper>") == ["a call: callq 0x0 <helper>"])
    #expect(faults("vaddps %ymm1, %ymm2, %ymm3") == ["other arithmetic: vaddps %ymm1, %ymm2, %ymm3"])
    #expect(faults("vmovups %ymm1, 0x20(%rsp)") == ["a spill: vmovups %ymm1, 0x20(%rsp)"])
    #expect(faults("vmovups -0x40(%rbp), %ymm1") == ["a spill: vmovups -0x40(%rbp), %ymm1"])
    #expect(faults("vfmadd231ps %ymm1, %ymm2, %ymm3") == ["13 vfmadd*ps, not a multiple of 12"])
  }
}
