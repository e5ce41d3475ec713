import Testing

@testable import FCNRuntime

/// A program carries its description as bytes: what comes out is what went in, and damaged bytes are refused before
/// anything is planned from them.
@Suite struct ProgramCodingTests {
  /// Every kind of every part at least once.
  static let description: ProgramDescription = {
    var program = ProgramDescription(name: "näme \"quoted\"")
    program.sizes = Self.sizes
    program.parameterCount = 123_456_789_012
    program.targetName = "x86-64-v3"
    program.requiredFeatures = UInt64.max - 6
    program.weightFile = "net.weights"
    program.weightInterface = String(repeating: "ab", count: 16)
    program.facts = [.init(name: "version", text: "1.2"), .init(name: "", text: "")]
    program.extents = [
      .init(period: 1, slope: 1, offsets: [0], leasts: [0], mosts: [Int.max]),
      .init(period: 3, slope: -2, offsets: [5, -6, Int.max], leasts: [1, -1, Int.min], mosts: [Int.max, 7, 0]),
    ]
    program.buffers = [
      .init(height: 0, width: 1, blocks: 4, lanes: 8), .init(height: 1, width: 0, blocks: 1, lanes: 1),
    ]
    let borders: [BorderDescription] = [.zero, .negativeInfinity, .replicate, .reflect, .constant(-1.5)]
    program.views = borders.enumerated().map {
      .init(buffer: $0 % 2, firstBlock: $0, blocks: 2, channels: 13, border: $1)
    }
    let grids: [AxisDescription.Grid] = [.halfPixel, .alignCorners, .asymmetric]
    let roundings: [AxisDescription.Rounding] = [.floor, .ceil, .halfDown, .halfUp]
    var axes: [AxisDescription] = [
      .whole, .window(taps: 3, step: 2, multiply: 4, divide: 5, shift: -6, offset: 1),
    ]
    for (index, rounding) in roundings.enumerated() {
      axes.append(
        .resample(
          bilinear: index % 2 == 0, grid: grids[index % 3], rounding: rounding, numerator: 2, denominator: index))
    }
    let presences: [OperandDescription.Presence] = [
      .untold, .inside, .insidePadding(rowsAfter: 2, columnsAfter: 3),
    ]
    let operands = axes.enumerated().map { index, axis in
      OperandDescription(
        view: index, rows: axis, columns: axes[axes.count - 1 - index], border: borders[index % 5],
        usesColumnTable: index % 2 == 1, presence: presences[index % 3])
    }
    program.steps = [
      .init(
        name: "conv", kernel: 0, outputs: [1, 2], operands: operands, parameters: 16, columnTile: 3, leadingColumns: 1,
        rowTile: 2, scratch: 640),
      .init(
        name: "", kernel: 1, outputs: [], operands: [], parameters: 0, columnTile: 1, leadingColumns: 0, rowTile: 1,
        scratch: 0),
    ]
    let sizes: [Resizing.Size] = [
      .exact(height: 3, width: 4), .shortSide(5), .longSide(6), .factor(numerator: 7, denominator: 8),
    ]
    let filters: [Resizing.Filter] = [.nearest, .bilinear, .bicubic, .area]
    let steps: [PreprocessingStep] =
      [
        .rgb, .bgr, .grey(red: 0.25, green: 0.5, blue: 0.125), .luma, .range(maximum: 255), .subtract([1, 2, 3]),
        .divide([0.5]), .scale([]),
      ] + zip(sizes, filters).map { .resize(Resizing(size: $0, filter: $1)) }
    program.inputs = [
      .init(view: 0, description: .init(name: "image", channels: 3, preprocessing: steps)),
      .init(view: 3, description: .init(name: "guide", channels: 1, preprocessing: [])),
    ]
    let classes = Classes(count: 2, names: ["road", "sky"], colors: [0xFF8000, 1], ignored: 255)
    let kinds: [OutputKind] =
      [.labels(classes), .probability, .logits(Classes(count: 7)), .density, .raw]
      + [.rgb, .bgr, .grey, .luma].map { .image(maximum: 255, order: $0) }
    program.outputs = kinds.enumerated().map {
      .init(view: $0, description: .init(name: "out\($0)", channels: $0 + 1, kind: $1))
    }
    program.taps = [
      .init(view: 4, description: .init(name: "y_2", channels: 17)),
      .init(view: 0, description: .init(name: "ä", channels: 1)),
    ]
    return program
  }()

  private static let sizes: SizeRules = {
    let domain = ExtentTable(period: 8, slope: 0, offsets: Array(0..<8), leasts: Array(-1..<7), mosts: Array(1...8))
    var sizes = SizeRules(
      rows: AxisRules(
        domain: domain, text: "H ≡ 0 (mod 8), H >= 16",
        conditions: [
          .init(subject: "`concat` of `ä` and `b`", domain: .everySize, text: "H >= 1"),
          .init(subject: "", domain: domain, text: ""),
        ],
        outputs: [
          .init(
            formula: "floor(H/4)",
            places: PlaceTable([.whole, .line(scale: 4, offset: -3, denominator: 2), .proportional])),
          .init(formula: "", places: PlaceTable([])),
        ]),
      columns: AxisRules(text: "W >= 1"))
    sizes.fitting = Fitting(.crop, border: .reflect)
    return sizes
  }()

  private func decoded(_ bytes: [UInt8]) -> ProgramDescription? {
    bytes.withUnsafeBufferPointer { ProgramDescription(encoded: $0) }
  }

  /// Everything that a value holds, as text.
  private func told(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  @Test func whatComesOutIsWhatWentIn() throws {
    let bytes = Self.description.encoded()
    let program = try #require(decoded(bytes))
    #expect(told(program) == told(Self.description))
    #expect(told(Self.description).contains("näme"), "the text holds what is compared")
    #expect(program.encoded() == bytes)
    let empty = ProgramDescription(name: "")
    #expect(decoded(empty.encoded()).map { told($0) } == told(empty))
  }

  @Test func everyTruncationIsRefused() {
    let bytes = Self.description.encoded()
    for count in 0..<bytes.count { #expect(decoded(Array(bytes.prefix(count))) == nil, "\(count) bytes") }
    #expect(decoded(bytes + [0]) == nil)
  }

  @Test func everyFlippedBitIsRefused() {
    var bytes = Self.description.encoded()
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << UInt8(bit)
        #expect(decoded(bytes) == nil, "bit \(bit) of byte \(index)")
        bytes[index] ^= 1 << UInt8(bit)
      }
    }
  }

  /// Bytes that were changed on purpose have a checksum that fits. They may mean something else, but counts that lie
  /// cost neither a trap nor memory.
  @Test func bytesThatLieAreReadToAnEnd() {
    let bytes = Array(Self.description.encoded().dropLast(8))
    var refused = 0
    for index in stride(from: 0, to: bytes.count - 8, by: 8) {
      for lie in [-1, 0, 1, 1 << 20, Int.max, Int.min] {
        var writer = ByteWriter()
        writer.write(lie)
        let changed = Array(bytes[..<index]) + writer.bytes + Array(bytes[(index + 8)...])
        if decoded(sealed(changed)) == nil { refused += 1 }
      }
    }
    #expect(refused > 300, "counts that lie are found")
    for count in 0..<bytes.count { #expect(decoded(sealed(Array(bytes.prefix(count)))) == nil, "\(count) bytes") }
  }

  @Test func anotherVersionIsRefused() {
    var bytes = Array(Self.description.encoded().dropLast(8))
    #expect(decoded(sealed(bytes)) != nil)
    bytes[0] ^= 3
    #expect(decoded(sealed(bytes)) == nil)
  }

  /// The bytes with a checksum, computed here from its definition.
  private func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt64 = 14_695_981_039_346_656_037
    for byte in bytes {
      sum ^= UInt64(byte)
      sum = sum &* 1_099_511_628_211
    }
    return bytes + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
  }

  @Test func aSelfTestIsReadBackOrRefused() throws {
    let test = SelfTest(
      height: 5, width: 7, parameterChecksum: -3, inputs: [[1, 2.5], []], outputs: [[.pi, -0.0, 1e-30]])
    var bytes = test.encoded()
    let read = try #require(bytes.withUnsafeBufferPointer { SelfTest(encoded: $0) })
    #expect(told(read) == told(test))
    for count in 0..<bytes.count {
      #expect(bytes.prefix(count).withContiguousStorageIfAvailable { SelfTest(encoded: $0) == nil } == true)
    }
    for index in bytes.indices {
      bytes[index] ^= 0x10
      #expect(bytes.withUnsafeBufferPointer { SelfTest(encoded: $0) } == nil)
      bytes[index] ^= 0x10
    }
  }
}
