import FCNRuntime
import Testing

/// Files that are broken: every one ends in a picture or an error, soon.
@Suite struct HostileFileTests {
  static let files = [
    "png-3x8.png", "png-4x16.png", "png-palette2.png", "png-transparent.png", "png-interlaced8.png", "jpeg-grey.jpg",
    "jpeg-420.jpg", "jpeg-progressive.jpg", "orientation6.jpg", "pnm-p6.ppm", "pnm-p3.ppm", "pnm-p5wide.pgm",
    "array.npy", "array-batch.npy",
  ]

  /// Reads the bytes as whatever they are; gives the number of numbers.
  func read(_ bytes: [UInt8]) throws -> Int {
    let file = try FileBytes(bytes)
    if bytes.starts(with: [0x93]) {
      let array = try PlanarArray(npy: file)
      return array.channels * array.height * array.width
    }
    let picture = try Picture(decoding: file, maximumPixels: 1_000_000)
    return picture.height * picture.width
  }

  @Test(arguments: files) func truncated(name: String) throws {
    let bytes = try Fixture.bytes(name)
    // White space or an end mark at the end may be missed without loss.
    for length in 0..<(bytes.count - 12) {
      #expect(throws: RuntimeFailure.self, "\(name) cut to \(length) bytes") { try read(Array(bytes.prefix(length))) }
    }
  }

  @Test(arguments: files) func mutated(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for seed in 1...500 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<mutated.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: mutated[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: mutated.remove(at: place)
        default: mutated.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        }
      }
      do throws(any Error) {
        #expect(try read(mutated) <= 1_000_000)
      } catch {
        let failure = try #require(error as? RuntimeFailure)
        #expect(!failure.message.isEmpty)
      }
    }
  }

  /// A header that claims a huge picture is refused for the size of its file before memory is taken.
  @Test func claims() throws {
    var png = try Fixture.bytes("png-3x8.png")
    png.replaceSubrange(16..<24, with: [0, 0, 0x7F, 0xFF, 0, 0, 0x7F, 0xFF])
    // The checksum of IHDR no longer fits: libpng says so before anything else.
    #expect(throws: RuntimeFailure.self) { try Picture(decoding: FileBytes(png), maximumPixels: 1 << 31) }

    for text in ["P6 32767 32767 255\n", "P5 2147483647 2147483647 65535\n", "P3 99999 9999 255\n1 2 3"] {
      #expect(throws: RuntimeFailure.self) {
        try Picture(decoding: FileBytes(Array(text.utf8)), maximumPixels: 1 << 31)
      }
    }
    var jpeg = try Fixture.bytes("jpeg-444.jpg")
    let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0x7F, 0xFF, 0x7F, 0xFF])
    let failure = #expect(throws: RuntimeFailure.self) {
      try Picture(decoding: FileBytes(jpeg), maximumPixels: 1 << 31)
    }
    #expect(failure?.message == "the file is too short for the 32767x32767 pixels that its header names")
  }

  /// What libpng says of a damaged file reaches the reader.
  @Test func damagedPNG() throws {
    let bytes = try Fixture.bytes("png-3x8.png")
    var broken = bytes
    broken[29] ^= 1
    for (file, message) in [(Array(bytes.prefix(60)), "the file ends too early"), (broken, "IHDR: CRC error")] {
      let failure = #expect(throws: RuntimeFailure.self) {
        try Picture(decoding: FileBytes(file), maximumPixels: 1000)
      }
      #expect(failure?.message == message)
      #expect(failure?.help == "copy the file again, or save it anew from a picture editor")
    }
  }

  @Test(arguments: [
    ("P4 1 1\n1", "neither a PNG, JPEG nor PNM picture"), ("", "neither a PNG, JPEG nor PNM picture"),
    ("P5 0 3 255\n", "the picture has no pixels"),
    ("P5 1 1 99999\n1", "the greatest sample must be in 1...65535, not 99999"),
    ("P2 1 1 5 9", "sample 0 is 9, above the greatest sample 5 of the header"),
    ("P2 x", "byte 3 of the file does not belong to a width"),
    ("P2 3", "the file ends too early, at a height"),
  ]) func messages(text: String, message: String) throws {
    let failure = #expect(throws: RuntimeFailure.self) {
      try Picture(decoding: FileBytes(Array(text.utf8)), maximumPixels: 100)
    }
    #expect(failure?.message == message)
  }
}
