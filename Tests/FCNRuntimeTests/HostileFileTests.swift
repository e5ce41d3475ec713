import FCNRuntime
import Testing

/// Files that are broken: every one ends in a picture or an error, soon.
@Suite struct HostileFileTests {
  static let files = [
    "png-3x8.png", "png-4x16.png", "png-palette2.png", "png-transparent.png", "png-interlaced8.png", "jpeg-grey.jpg",
    "jpeg-420.jpg", "jpeg-progressive.jpg", "orientation6.jpg", "pnm-p6.ppm", "pnm-p3.ppm", "pnm-p5wide.pgm",
    "array.npy", "array-batch.npy", "pbm-p1.pbm", "pbm-p4.pbm",
  ]

  static let tiffs = [
    "u1", "u2", "f8", "bits12", "white1", "palette4", "alpha", "five-planar", "tiled-chunky", "tiled-planar", "zlib",
    "lzw", "packbits", "zstd", "lzma", "lerc", "jpeg", "geo", "nodata", "orientation6",
  ].map { "tiff-\($0).tif" }

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

  @Test(arguments: files + tiffs) func truncated(name: String) throws {
    let bytes = try Fixture.bytes(name)
    // White space or an end mark at the end may be missed without loss.
    for length in 0..<(bytes.count - 12) {
      #expect(throws: RuntimeFailure.self, "\(name) cut to \(length) bytes") { try read(Array(bytes.prefix(length))) }
    }
  }

  @Test(arguments: files + tiffs) func mutated(name: String) throws {
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

  /// A TIFF file with the value of a tag of its first page replaced.
  func tiff(_ name: String, _ changes: [(tag: Int, value: UInt32)]) throws -> FileBytes {
    var bytes = try Fixture.bytes("tiff-\(name).tif")
    for (tag, value) in changes {
      // An entry of a little-endian file: the tag, a type of 16 or 32 bits, and the count 1.
      let place = try #require(
        bytes.indices.dropLast(12).first { place in
          bytes[place] == tag & 255 && bytes[place + 1] == tag >> 8 && [3, 4].contains(bytes[place + 2])
            && Array(bytes[(place + 3)..<(place + 8)]) == [0, 1, 0, 0, 0]
        })
      bytes[place + 2] = 4
      for index in 0..<4 { bytes[place + 8 + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }
    return try FileBytes(bytes)
  }

  /// Sizes that a file cannot hold are refused before memory is taken; so are those above the limit.
  @Test(
    arguments: [
      ("five-chunky", [(256, 30000), (257, 30000)]), ("zlib", [(256, 30000), (257, 30000)]),
      ("twelve", [(256, 4_000_000_000), (257, 1)]), ("tiled-chunky", [(322, 65536), (323, 65536)]),
      ("tiled-planar", [(322, 1 << 30), (323, 16)]), ("jpeg", [(256, 40000), (257, 40000)]),
    ] as [(String, [(Int, UInt32)])])
  func claimsOfTIFF(name: String, changes: [(Int, UInt32)]) throws {
    let file = try tiff(name, changes.map { (tag: $0.0, value: $0.1) })
    let failure = #expect(throws: RuntimeFailure.self) { try Picture(decoding: file, maximumPixels: 1 << 31) }
    if changes[0].0 == 256, name != "twelve" {
      #expect(failure?.message.hasPrefix("the file is too short for the ") == true, "\(String(describing: failure))")
    }
    guard changes[0].0 == 256 else { return }
    let limited = #expect(throws: RuntimeFailure.self) { try Picture(decoding: file, maximumPixels: 1_000_000) }
    #expect(limited?.message.hasSuffix("pixels, more than the limit of 1000000") == true)
  }

  /// A page that is its own successor.
  @Test func endlessPages() throws {
    var bytes = try Fixture.bytes("tiff-twelve.tif")
    for index in 0..<4 { bytes[bytes.count - 4 + index] = bytes[4 + index] }
    let failure = #expect(throws: RuntimeFailure.self) { try Picture(decoding: FileBytes(bytes), maximumPixels: 1000) }
    #expect(failure?.message.isEmpty == false)
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
    ("P7 1 1\n1", "neither a PNG, JPEG, TIFF nor PNM picture"), ("", "neither a PNG, JPEG, TIFF nor PNM picture"),
    ("P4 9 1\n1", "the file is too short for the 1x9 pixels that its header names"),
    ("P1 1 1\n2", "byte 7 of the file does not belong to a sample"), ("P1 0 1\n", "the picture has no pixels"),
    ("P1 2 2\n10 #\n1", "the file ends too early, at a sample"),
    ("P4 99 99\n", "the picture has 99x99 pixels, more than the limit of 100"),
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
