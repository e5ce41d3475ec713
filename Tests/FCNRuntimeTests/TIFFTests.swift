import FCNRuntime
import Testing

/// TIFF files of every kind, against the samples that Tests/Scripts/tiff_pictures.py wrote with NumPy.
@Suite struct TIFFTests {
  static func decode(_ name: String, _ choice: ChannelChoice = ChannelChoice()) throws -> Picture {
    try Picture(decoding: FileBytes(Fixture.bytes("tiff-\(name).tif")), maximumPixels: 10_000, choice: choice)
  }

  /// The samples as `Float`.
  static func samples(_ picture: Picture) throws -> PlanarArray {
    let array = try PlanarArray(channels: picture.channels, height: picture.height, width: picture.width)
    for channel in 0..<picture.channels {
      for row in 0..<picture.height {
        for column in 0..<picture.width { array[channel, row, column] = Float(picture.sample(row, column, channel)) }
      }
    }
    return array
  }

  func difference(_ name: String, from expected: String, _ choice: ChannelChoice = ChannelChoice()) throws -> Float {
    try #require(try greatestDifference(Self.samples(Self.decode(name, choice)), Fixture.array("tiff-" + expected)))
  }

  /// Types of samples; strips of two rows; both byte orders; TIFF and BigTIFF.
  @Test(
    arguments: [
      ("u1", .eight, 255), ("u2", .sixteen, 65535), ("u4", .thirtyTwo, 4_294_967_295), ("i1", .float, 127),
      ("i2", .float, 32767), ("i4", .float, 2_147_483_647), ("f2", .float, 1), ("f4", .float, 1), ("f8", .float, 1),
      ("bits1", .eight, 1), ("bits2", .eight, 3), ("bits4", .eight, 15), ("bits6", .eight, 63),
      ("bits12", .sixteen, 4095),
    ] as [(String, Picture.Depth, Double)])
  func types(name: String, depth: Picture.Depth, full: Double) throws {
    #expect(try difference(name, from: name) == 0)
    let picture = try Self.decode(name)
    #expect(picture.depth == depth && picture.scales[0].zero == 0 && picture.scales[0].one == full)
  }

  @Test(arguments: [
    ("five-chunky", "five"), ("five-planar", "five"), ("tiled-chunky", "tiled"), ("tiled-planar", "tiled"),
    ("zlib", "compressed"), ("lzw", "compressed"), ("packbits", "compressed"), ("zstd", "compressed"),
    ("lzma", "compressed"), ("lerc", "compressed"), ("rgb", "rgb"), ("white8", "white8"), ("white16", "white16"),
    ("white1", "white1"), ("palette8", "palette8"), ("palette4", "palette4"), ("palette-wide", "palette-wide"),
    ("alpha", "alpha"), ("premultiplied", "premultiplied"), ("alpha-before", "alpha-before"), ("overview", "overview"),
  ]) func layouts(name: String, expected: String) throws {
    #expect(try difference(name, from: expected) == 0)
  }

  /// Colours of a JPEG strip come as RGB; decoders may differ in how they enlarge chroma.
  @Test func jpegInside() throws {
    #expect(try difference("jpeg", from: "jpeg") <= 2)
  }

  @Test func alphaIsKnown() throws {
    #expect(try Self.decode("alpha").alpha?.channel == 3)
    #expect(try Self.decode("alpha").alpha?.isPremultiplied == false)
    #expect(try Self.decode("premultiplied").alpha?.isPremultiplied == true)
    #expect(try Self.decode("alpha-before").alpha?.channel == 3)
    #expect(try Self.decode("five-chunky").alpha == nil)
  }

  @Test(arguments: 1...8) func orientation(code: Int) throws {
    #expect(try difference("orientation\(code)", from: "upright") == 0)
  }

  @Test func pages() throws {
    let pages = try Fixture.array("tiff-pages")
    let all = try Self.samples(Self.decode("pages", ChannelChoice(pages: .all)))
    #expect(greatestDifference(all, pages) == 0)
    let some = try Self.samples(Self.decode("pages", ChannelChoice(pages: NumberList("4,1-2"))))
    #expect(some.channels == 3)
    for (place, page) in [3, 0, 1].enumerated() { #expect(some[place, 2, 3] == pages[page, 2, 3]) }
    let depths = ChannelChoice(pages: .all)
    #expect(try difference("pages-of-two-depths", from: "pages-of-two-depths", depths) == 0)
    let scales = try Self.decode("pages-of-two-depths", depths).scales
    #expect(scales.map(\.one) == [65535, 255])
  }

  @Test(arguments: ["five-chunky", "five-planar"]) func samples(name: String) throws {
    let five = try Fixture.array("tiff-five")
    for (list, places) in [("4,2", [3, 1]), ("5", [4]), ("2,2,1", [1, 1, 0])] {
      let picture = try Self.samples(Self.decode(name, ChannelChoice(samples: NumberList(list))))
      #expect(picture.channels == places.count)
      for (place, sample) in places.enumerated() {
        for row in 0..<5 { #expect(picture[place, row, 6] == five[sample, row, 6]) }
      }
    }
  }

  @Test(
    arguments: [
      ("", nil), ("all", []), ("3", [3]), ("1-3,7", [1, 2, 3, 7]), ("0", nil), ("3-1", nil), ("1,", nil), ("a", nil),
      ("1-99999999999999999999", nil), ("1-70000", nil), ("-1", nil),
    ] as [(String, [Int]?)]) func lists(text: String, numbers: [Int]?)
  {
    switch NumberList(text) {
    case nil: #expect(numbers == nil)
    case .all: #expect(numbers == [])
    case .numbers(let found): #expect(found == numbers)
    }
  }

  @Test(arguments: [
    ("cmyk", "the picture is in CMYK colours, which are not supported; convert it to RGB"),
    (
      "ycbcr",
      "the picture is in YCbCr colours without JPEG, which are not read; `tiff2rgba IN OUT` makes RGB of them"
    ), ("lab", "the picture is in Lab colours, which are not read; convert it to RGB"),
    (
      "u8",
      "a sample is an unsigned number of 64 bits, which is not read; save it with 8, 16 or 32 bits or as float32"
    ),
    (
      "complex",
      "a sample is a complex number of 64 bits, which is not read; save it with 8, 16 or 32 bits or as float32"
    ),
    (
      "white-float",
      "white is the least of signed or float numbers, which is not read; save it with black there"
    ), ("imagej-stack", "the file holds 5 images of ImageJ and lists one as a page"),
    ("pages", "the file has 5 pages, and which are meant is not said"),
  ]) func refusals(name: String, message: String) throws {
    let failure = #expect(throws: RuntimeFailure.self) { try Self.decode(name) }
    #expect(failure?.message == message)
  }

  @Test func wrongChoices() throws {
    let pages = #expect(throws: RuntimeFailure.self) {
      try Self.decode("pages", ChannelChoice(pages: NumberList("4-6")))
    }
    #expect(pages?.message == "--pages names page 6, and the file has 5")
    let samples = #expect(throws: RuntimeFailure.self) {
      try Self.decode("five-planar", ChannelChoice(samples: NumberList("1,6")))
    }
    #expect(samples?.message == "--samples names sample 6, and a pixel of the picture has 5")
    let sizes = #expect(throws: RuntimeFailure.self) {
      try Self.decode("pages-of-two-sizes", ChannelChoice(pages: .all))
    }
    #expect(sizes?.message == "page 2 has 4x5 pixels, and page 1 4x6")
    let png = try Fixture.bytes("png-3x8.png")
    let page = #expect(throws: RuntimeFailure.self) {
      try Picture(
        decoding: FileBytes(png), maximumPixels: 1000, choice: ChannelChoice(pages: NumberList("2")))
    }
    #expect(page?.message == "--pages names page 2, and the file has 1")
  }

  @Test func pixelLimit() throws {
    let failure = #expect(throws: RuntimeFailure.self) {
      try Picture(decoding: FileBytes(Fixture.bytes("tiff-u1.tif")), maximumPixels: 34)
    }
    #expect(failure?.message == "the picture has 5x7 pixels, more than the limit of 34")
    #expect(failure?.help == "--max-pixels N raises the limit")
  }
}
