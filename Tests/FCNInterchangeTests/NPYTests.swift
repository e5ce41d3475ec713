import FCNCore
import FCNInterchange
import Testing

@Suite struct NPYTests {
  static let numbers: [Float] = [0.5, -1.25, 3, 4, 1024, -0.0078125]

  @Test func everyElementTypeAndVersionIsRead() throws {
    let samples = [
      NPYSamples.float16, NPYSamples.float32, NPYSamples.float64, NPYSamples.version2, NPYSamples.version3,
    ]
    for sample in samples {
      let array = try read(sample)
      #expect(array.shape == [2, 3])
      #expect(array.values == Self.numbers)
    }
    for sample in [NPYSamples.int64, NPYSamples.uint8] {
      #expect(try read(sample).values == [0, 1, 2, 3, 200, 255])
    }
  }

  @Test func fortranOrderIsTurnedIntoRows() throws {
    let array = try read(NPYSamples.fortran)
    #expect(array.shape == [2, 3, 4])
    #expect(array.values == (0..<24).map(Float.init))
  }

  @Test func scalarsAndEmptyArraysAreRead() throws {
    #expect(try read(NPYSamples.scalar).shape == [])
    #expect(try read(NPYSamples.scalar).values == [7])
    #expect(try read(NPYSamples.empty).shape == [0, 3])
  }

  @Test func otherElementTypesAreRefused() {
    #expect(failure { _ = try read(NPYSamples.bigEndian) }?.contains("`>f4` cannot be read") == true)
    #expect(failure { _ = try read(NPYSamples.complex) }?.contains("`<c8` cannot be read") == true)
    #expect(failure { _ = try read(NPYSamples.record) }?.contains("records cannot be read") == true)
  }

  @Test func numbersThatAreNotFiniteAreNamed() {
    #expect(failure { _ = try read(NPYSamples.notANumber) }?.contains("[1, 0] is not a number") == true)
  }

  /// Dictionaries that must be refused, each with words of the message; the four bytes of 1.0 follow.
  static let hostileHeaders: [(header: String, words: String)] = [
    ("", "expected `{`"),
    ("{", "expected a string"),
    ("{}", "the header needs"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", "something follows"),
    ("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "`descr` twice"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'z': 1}", "`z` twice or should not"),
    ("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "expected `True` or `False`"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "expected a size"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "takes 8 bytes, but 4 follow"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "beyond 63 bits"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", "too many axes"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1}", "expected `,`"),
    ("{'descr': '<f4, 'fortran_order': False, 'shape': (1,)}", "expected `,`"),
    ("{'descr': '<f4", "without an end"),
  ]

  @Test(arguments: hostileHeaders)
  func hostileHeadersAreRefused(_ hostile: (header: String, words: String)) {
    let message = failure { _ = try read(Self.array(hostile.header)) }
    #expect(message?.contains(hostile.words) == true, "\(message ?? "accepted")")
  }

  @Test func headersThatLieAboutTheirLengthAreRefused() {
    var bytes = NPYSamples.version2
    bytes.replaceSubrange(8..<12, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(failure { _ = try read(bytes) }?.contains("is the limit") == true)
    bytes = NPYSamples.float32
    bytes.replaceSubrange(8..<10, with: [0xFF, 0xFF])
    #expect(failure { _ = try read(bytes) }?.contains("ends inside its header") == true)
    bytes = NPYSamples.float32
    bytes[6] = 4
    #expect(failure { _ = try read(bytes) }?.contains("version 4.0") == true)
  }

  @Test func filesCutOffAtEveryByteAreRefused() {
    for sample in [NPYSamples.float32, NPYSamples.version2] {
      for count in sample.indices {
        #expect(failure { _ = try read(Array(sample.prefix(count))) } != nil, "cut off after \(count) bytes")
      }
    }
  }

  @Test func damagedFilesNeverCrash() {
    var generator = SeededGenerator(seed: 30)
    var refused = 0
    for round in 0..<1000 {
      let sample = round % 2 == 0 ? NPYSamples.version2 : NPYSamples.fortran
      if failure({ _ = try read(mutated(sample, using: &generator)) }) != nil { refused += 1 }
    }
    #expect(refused > 300)
  }

  private func read(_ bytes: [UInt8]) throws -> WeightTensor {
    let file = TemporaryFile(bytes, extension: "npy")
    return try NPYReader.read(path: file.path)
  }

  static func array(_ header: String) -> [UInt8] {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
    return magic + [UInt8(header.utf8.count), 0] + Array(header.utf8) + [0, 0, 0x80, 0x3F]
  }
}
