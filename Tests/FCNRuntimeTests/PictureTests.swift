import FCNRuntime
import Testing

@Suite struct PictureTests {
  @Test(arguments: [
    "png-1x8", "png-2x8", "png-3x8", "png-4x8", "png-1x16", "png-2x16", "png-3x16", "png-4x16", "png-grey1",
    "png-grey2", "png-grey4", "png-palette1", "png-palette2", "png-palette4", "png-transparent", "png-interlaced8",
    "png-interlaced16",
  ]) func pngIsExact(name: String) throws {
    #expect(try greatestDifference(samples(Fixture.picture(name + ".png")), Fixture.array(name)) == 0)
  }

  @Test(arguments: ["pnm-p6.ppm", "pnm-p3.ppm", "pnm-p5wide.pgm", "pnm-p2.pgm", "pbm-p1.pbm", "pbm-p4.pbm"])
  func pnmIsExact(name: String) throws {
    let expected = try Fixture.array(String(name.dropLast(4)))
    #expect(try greatestDifference(samples(Fixture.picture(name)), expected) == 0)
  }

  /// Decoders may differ by one in the inverse transform, and in how they enlarge chroma.
  @Test(arguments: [("jpeg-grey", Float(1)), ("jpeg-444", 1), ("jpeg-420", 2), ("jpeg-progressive", 1)])
  func jpeg(name: String, bound: Float) throws {
    let difference = try #require(
      try greatestDifference(samples(Fixture.picture(name + ".jpg")), Fixture.array(name)))
    #expect(difference <= bound)
  }

  @Test(arguments: 1...8) func orientation(code: Int) throws {
    let picture = try Fixture.picture("orientation\(code).jpg")
    let difference = try #require(try greatestDifference(samples(picture), Fixture.array("upright")))
    #expect(difference <= 2)
  }

  /// The eXIf chunk of a PNG file, before the pixels or behind them.
  @Test(arguments: 1...8) func orientationOfPNG(code: Int) throws {
    let picture = try Fixture.picture("orientation\(code).png")
    #expect(try greatestDifference(samples(picture), Fixture.array("tiff-upright")) == 0)
  }

  @Test func depthIsKept() throws {
    #expect(try Fixture.picture("png-3x16.png").depth == .sixteen)
    #expect(try Fixture.picture("png-3x8.png").depth == .eight)
    #expect(try Fixture.picture("pnm-p5wide.pgm").depth == .sixteen)
  }

  @Test func cmykIsRefused() throws {
    let failure = #expect(throws: RuntimeFailure.self) { try Fixture.picture("jpeg-cmyk.jpg") }
    #expect(failure?.message == "the picture is in CMYK colours, which are not supported; convert it to RGB")
  }

  @Test(arguments: [("png-3x8", 7 * 5), ("png-4x16", 7 * 5), ("png-interlaced8", 90)])
  func pngRoundTrip(name: String, pixels: Int) throws {
    let picture = try Fixture.picture(name + ".png")
    let again = try Picture(decoding: picture.encodedPNG(), maximumPixels: pixels)
    #expect(again.depth == picture.depth)
    #expect(try greatestDifference(samples(again), Fixture.array(name)) == 0)
  }

  @Test func otherRoundTrips() throws {
    let picture = try Fixture.picture("png-3x8.png")
    let pnm = try Picture(decoding: picture.encodedPNM(), maximumPixels: 1000)
    #expect(try greatestDifference(samples(pnm), samples(picture)) == 0)
    let smooth = try Fixture.picture("jpeg-444.jpg")
    let jpeg = try Picture(decoding: smooth.encodedJPEG(), maximumPixels: 1000)
    let difference = try #require(try greatestDifference(samples(jpeg), samples(smooth)))
    #expect(difference <= 12)
  }

  @Test(arguments: ["png-3x8.png", "jpeg-444.jpg", "pnm-p6.ppm", "pnm-p3.ppm"]) func pixelLimit(name: String) throws {
    let failure = #expect(throws: RuntimeFailure.self) { try Fixture.picture(name, maximumPixels: 11) }
    #expect(failure?.message.contains("pixels, more than the limit of 11") == true)
  }
}
