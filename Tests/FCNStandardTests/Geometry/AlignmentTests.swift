import FCNCore
import FCNStandard
import Testing

/// Where values lie: expectations from Caffe's coordinate maps (Long, Shelhamer and Darrell 2015) and by hand.
@Suite struct AlignmentTests {
  private func elaborate(_ body: String) throws -> (graph: Graph, warnings: [String]) {
    let result = Elaborated(
      "network n\ninput image[3]\n\(body)\n", plugin: StandardPlugin.self)
    let graph = try #require(result.graph, "\(result.diagnostics.map(\.message))")
    return (graph, result.warnings)
  }

  /// The place of the only output, by the first class of sizes.
  private func place(_ body: String) throws -> Place? {
    let graph = try elaborate(body).graph
    return try AxisGeometry(graph, .rows).classes[0].places[graph.outputs[0].value]
  }

  /// Stages one by one; a scale and an offset worked out by hand from the pixels that a position is computed from.
  @Test(arguments: [
    ("conv(2, kernel: 3, pad: same)", "1", "0"),
    ("conv(2, kernel: 3, pad: valid)", "1", "1"),
    ("conv(2, kernel: 3, stride: 2, pad: same)", "2", "0"),
    ("conv(2, kernel: 7, stride: 2, pad: 3)", "2", "0"),
    ("conv(2, kernel: 4, stride: 2, pad: 1)", "2", "1/2"),
    ("conv(2, kernel: 3, dilation: 2, pad: valid)", "1", "2"),
    ("conv(2, kernel: 2, pad: [1, 1, 0, 0])", "1", "-1/2"),
    ("maxpool(2)", "2", "1/2"), ("maxpool(3, stride: 2, pad: 1)", "2", "0"),
    // i = (j + pad - (kernel - 1) / 2) / stride.
    ("deconv(2, kernel: 2, stride: 2)", "1/2", "-1/4"), ("deconv(2, kernel: 3, stride: 2, pad: 1)", "1/2", "0"),
    ("deconv(2, kernel: 4, stride: 2, pad: 1)", "1/2", "-1/4"), ("deconv(2, kernel: 16, stride: 8)", "1/8", "-15/16"),
    ("deconv(2, kernel: 9, stride: 3, pad: 4)", "1/3", "0"), ("deconv(2, kernel: 2, stride: 3)", "1/3", "-1/6"),
    ("upsample(2, mode: nearest, grid: asymmetric)", "1/2", "-1/4"),
    ("upsample(2, mode: nearest, grid: half_pixel)", "1/2", "-1/4"),
    ("upsample(2, mode: bilinear, grid: half_pixel)", "1/2", "-1/4"),
    ("upsample(2, mode: bilinear, grid: asymmetric)", "1/2", "0"),
    ("upsample([3, 2], mode: bilinear, grid: half_pixel)", "2/3", "-1/6"),
    ("upsample([1, 2], mode: nearest, grid: asymmetric)", "2", "0"),
    ("pad([3, 1, 0, 0])", "1", "-3"), ("crop([2, 1, 0, 0])", "1", "2"),
    ("conv(4, kernel: 1) -> pixel_shuffle(2, order: crd)", "1/2", "-1/4"),
    ("pixel_unshuffle(2, order: crd)", "2", "1/2"),
    ("relu", "1", "0"),
  ])
  func stagesLieWhereTheyRead(stages: String, scale: String, offset: String) throws {
    let place = try #require(try place("output y: raw = image -> \(stages)"))
    #expect(place.scale.description == scale)
    #expect(place.offset?.description == offset)
  }

  @Test func aValueOfOnePixelHasNoPlace() throws {
    #expect(try place("output y: raw = image -> global_mean") == nil)
    // Joined with a map it takes the map's.
    #expect(try place("output y: raw = (image -> global_mean) * (image -> maxpool(2))")?.scale == Rational(2))
  }

  /// A grid from corner to corner undoes strides that keep both corners: odd sizes, H ≡ 1 (mod 4).
  @Test func cornersLieExactlyWhereBothAreKept() throws {
    let body = """
      small = image -> conv(2, kernel: 3, stride: 2, pad: same) -> conv(2, kernel: 3, stride: 2, pad: same)
      output y: raw = small -> upsample(like: image, mode: bilinear, grid: align_corners)
      """
    let graph = try elaborate(body).graph
    let geometry = try AxisGeometry(graph, .rows)
    for sizes in geometry.classes {
      let place = try #require(sizes.places[graph.outputs[0].value])
      for residue in sizes.sizes.map(\.residue) {
        #expect((place.offset == .zero) == (residue % 4 == 1), "\(residue): \(place)")
      }
      #expect(place.scale == Rational(1))
    }
  }

  /// The published offsets of FCN-32s, FCN-16s and FCN-8s come out of `align`.
  @Test(arguments: [("fcn32s", [19]), ("fcn16s", [5, 27]), ("fcn8s", [5, 9, 31])])
  func publishedOffsets(network: String, offsets: [Int]) throws {
    let score = """
      def block(x, count) { x -> repeat i < count { conv(4, kernel: 3, pad: same) } -> maxpool(2, round: ceil_caffe) }
      first = image -> conv(4, kernel: 3, pad: 100) -> conv(4, kernel: 3, pad: same) -> maxpool(2, round: ceil_caffe)
      pool3 = first -> block(2) -> block(3)
      pool4 = pool3 -> block(3)
      score = pool4 -> block(3) -> conv(2, kernel: 7, pad: valid) -> conv(2, kernel: 1)
      """
    let decoders = [
      "fcn32s": "output y: raw = score -> deconv(2, kernel: 64, stride: 32) -> crop(align: image)",
      "fcn16s": """
      up2 = score -> deconv(2, kernel: 4, stride: 2)
      fuse = up2 + (pool4 -> conv(2, kernel: 1) -> crop(align: up2))
      output y: raw = fuse -> deconv(2, kernel: 32, stride: 16) -> crop(align: image)
      """,
      "fcn8s": """
      up2 = score -> deconv(2, kernel: 4, stride: 2)
      fuse4 = up2 + (pool4 -> conv(2, kernel: 1) -> crop(align: up2))
      up4 = fuse4 -> deconv(2, kernel: 4, stride: 2)
      fuse3 = up4 + (pool3 -> conv(2, kernel: 1) -> crop(align: up4))
      output y: raw = fuse3 -> deconv(2, kernel: 16, stride: 8) -> crop(align: image)
      """,
    ]
    let decoder = try #require(decoders[network])
    let (graph, warnings) = try elaborate("\(score)\n\(decoder)")
    #expect(!warnings.contains("misaligned-join"))
    let found = graph.nodes.filter { type(of: $0.stage).signature.name == "crop" }.map { node -> Int? in
      guard case .window(let window) = node.stage.access(toInput: 0, of: node.inputs.map { graph.values[$0].type }).rows
      else { return nil }
      return window.offset.constantValue
    }
    #expect(found == offsets)
  }

  @Test(arguments: [
    // Pools and nearest enlarging, even kernels: all between two pixels.
    ("a = image -> maxpool(2) -> upsample(2, mode: nearest, grid: asymmetric)", false),
    ("a = image -> conv(3, kernel: 4, stride: 2, pad: 1) -> deconv(3, kernel: 4, stride: 2, pad: 1)", false),
    ("a = image -> maxpool(2) -> deconv(3, kernel: 2, stride: 2)", false),
    // An odd kernel with a stride lies on pixels; so does a deconvolution with an odd kernel.
    (
      "a = image -> conv(3, kernel: 3, stride: 2, pad: same) -> "
        + "deconv(3, kernel: 3, stride: 2, pad: 1, output_padding: 1)", false
    ),
    ("a = image -> conv(3, kernel: 3, stride: 2, pad: same) -> upsample(2, mode: nearest, grid: asymmetric)", true),
    ("a = image -> maxpool(2) -> upsample(2, mode: bilinear, grid: asymmetric)", true),
    ("a = image -> conv(3, kernel: 2, pad: [0, 0, 1, 1])", true),
    ("a = image -> pad([1, 1, 0, 0]) -> crop([0, 0, 1, 1])", true),
    ("a = image -> maxpool(3, stride: 1, pad: 1)", false),
  ])
  func joinsAreComparedWithTheImage(body: String, isMisaligned: Bool) throws {
    let warnings = try elaborate("\(body)\noutput y: raw = image + a").warnings
    #expect(warnings.contains("misaligned-join") == isMisaligned)
  }
}
