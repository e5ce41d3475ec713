import FCNCore
import FCNStandard
import Testing

@Suite struct StageRejectionTests {
  /// The rejection of a use, from its arguments or from its inputs.
  private func rejection(
    _ name: String, _ arguments: [String: Argument] = [:], _ inputs: [TensorType] = [image(4)]
  ) throws -> Rejection? {
    do {
      _ = try makeStage(name, arguments).outputTypes(for: inputs)
      return nil
    } catch let rejection as Rejection {
      return rejection
    }
  }

  private static func image(_ channels: Int, _ size: Extent = .input) -> TensorType {
    TensorType(channels: channels, height: size, width: size)
  }

  @Test func badArgumentsAreRejectedAtTheArgument() throws {
    let uses: [(String, [String: Argument], Rejection.Subject)] = [
      ("conv", ["channels": .integer(8), "kernel": .integer(3)], .argument("pad")),
      ("conv", ["channels": .integer(8), "kernel": .integer(4), "pad": .word("same")], .argument("pad")),
      ("conv", ["channels": .integer(8), "kernel": .integer(3), "pad": .integer(-1)], .argument("pad")),
      ("conv", ["channels": .integer(9), "kernel": .integer(1), "groups": .integer(2)], .argument("groups")),
      ("conv", ["channels": .integer(9), "kernel": .integer(1), "groups": .integer(3)], .argument("groups")),
      (
        "deconv",
        ["channels": .integer(8), "kernel": .integer(3), "stride": .integer(2), "output_padding": .integer(2)],
        .argument("output_padding")
      ),
      ("maxpool", ["kernel": .integer(2), "pad": .integer(2)], .argument("pad")),
      ("avgpool", ["kernel": .integer(3), "pad": .integer(1)], .argument("count_include_pad")),
      ("maxpool", ["kernel": .integer(2), "pad": .word("same_tf"), "round": .word("ceil")], .argument("round")),
      ("maxpool", ["kernel": .integer(2), "pad": .word("same_tf"), "round": .word("exact")], .argument("round")),
      ("clip", ["low": .integer(2), "high": .integer(1)], .argument("low")),
      ("div", ["by": .integer(0)], .argument("by")),
      ("sub", ["reversed": .flag(true)], .argument("reversed")),
      ("upsample", ["mode": .word("nearest"), "grid": .word("asymmetric")], .stage),
      (
        "upsample",
        ["factor": .integer(2), "size": .integer(8), "mode": .word("nearest"), "grid": .word("asymmetric")],
        .argument("size")
      ),
      (
        "upsample",
        ["like": .input(1), "size": .integer(8), "mode": .word("nearest"), "grid": .word("asymmetric")],
        .argument("size")
      ),
      ("crop", ["offset": .integer(1)], .argument("offset")),
      ("crop", ["center": .flag(true)], .argument("center")),
      ("crop", ["size": .integer(8)], .argument("size")),
      ("crop", ["size": .integer(8), "offset": .integer(1), "center": .flag(true)], .argument("offset")),
      ("crop", ["size": .integer(8), "amount": .integer(1), "center": .flag(true)], .argument("amount")),
      ("crop", ["size": .integer(8), "like": .input(1), "center": .flag(true)], .argument("like")),
      ("pad", ["amount": .integer(1), "mode": .word("constant")], .argument("mode")),
      ("pixel_shuffle", ["factor": .integer(3), "order": .word("crd")], .argument("factor")),
      ("take", ["channels": .list([.integer(0), .integer(4)])], .argument("channels")),
      ("take", ["channels": .integer(9)], .argument("channels")),
      ("take", ["channels": .list([])], .argument("channels")),
      ("channel_shuffle", ["groups": .integer(3)], .argument("groups")),
      ("channel_shuffle", ["groups": .integer(8)], .argument("groups")),
      ("add", [:], .stage),
    ]
    for (name, arguments, subject) in uses {
      let rejection = try rejection(name, arguments)
      #expect(rejection?.subject == subject, "\(name) \(arguments)")
      #expect(rejection?.help != nil, "\(name) \(arguments)")
    }
  }

  @Test func mismatchesNameBothInputsWithTheirSizes() throws {
    let small = try Extent.input.dividedDown(by: 2).requiring(atLeast: 1)
    for name in ["add", "concat"] {
      let rejection = try rejection(name, [:], [Self.image(4), Self.image(4, small)])
      #expect(rejection?.subject == .input(1))
      #expect(rejection?.related.first?.subject == .input(0))
      #expect(
        rejection?.message
          == "`\(name)` joins values whose sizes agree for no image: H x W and floor(H/2) x floor(W/2)")
    }
    let channels = try rejection("mul", [:], [Self.image(4), Self.image(3)])
    #expect(channels?.subject == .input(1))
    #expect(channels?.message == "`mul` joins values with different numbers of channels: 4 and 3")
  }

  @Test func exactPoolsRejectSizesThatLeaveAPixelOver() throws {
    let pool: [String: Argument] = ["kernel": .integer(2), "round": .word("exact")]
    #expect(try rejection("maxpool", pool, [Self.image(4, .constant(6))]) == nil)
    let odd = try rejection("maxpool", pool, [Self.image(4, Extent.input.multiplied(by: 2).adding(1))])
    #expect(odd?.subject == .argument("round"))
    #expect(odd?.related.first?.text == "height here: 2·H + 1")
    #expect(
      odd?.help
        == "the windows must fill the padded input: mend the padding of the stages before, or use another `round`")
  }

  @Test func classesAreNoNumbers() throws {
    var labels = Self.image(1)
    labels.element = .label(count: 3)
    for (name, arguments) in [("relu", [:]), ("sqrt", [:]), ("adaptive_avgpool", ["size": Argument.integer(3)])] {
      #expect(try rejection(name, arguments, [labels])?.subject == .input(0), "\(name)")
    }
  }

  @Test func aPartOfAFixedSizeMustLieInTheValue() throws {
    let crop: [String: Argument] = ["size": .size(rows: 4, columns: 2), "offset": .size(rows: 3, columns: 0)]
    #expect(try rejection("crop", crop, [Self.image(4, .constant(7))]) == nil)
    let small = try rejection("crop", crop, [Self.image(4, .constant(6))])
    #expect(small?.subject == .argument("size"))
    #expect(
      small?.message == "a part of 4 x 2 from row 3 and column 0 on lies inside the value of 6 x 6 for no image")
  }

  @Test func positionEmbeddingsAreForOneSize() throws {
    let embedding: [String: Argument] = ["size": .size(rows: 6, columns: 7)]
    let value = TensorType(channels: 4, height: .constant(6), width: .constant(7))
    #expect(try rejection("position_embedding", embedding, [value]) == nil)
    let other = try rejection("position_embedding", embedding, [Self.image(4, .constant(6))])
    #expect(other?.subject == .argument("size"))
    #expect(
      other?.message == "`position_embedding` has numbers for 6 x 7 pixels, but the value has 6 x 6 for every image")
  }

  @Test func outputsOfAFixedSizeFixTheNetworkOfAMapAlone() throws {
    let same = "its output has the same size for every image"
    let uses: [(String, [String: Argument], String?)] = [
      ("upsample", ["size": .integer(8), "mode": .word("bilinear"), "grid": .word("half_pixel")], same),
      ("upsample", ["factor": .integer(2), "mode": .word("bilinear"), "grid": .word("half_pixel")], nil),
      ("crop", ["size": .integer(3), "center": .flag(true)], same),
      ("crop", ["size": .integer(3), "offset": .integer(0)], same),
      ("crop", ["amount": .integer(3)], nil),
      ("position_embedding", ["size": .integer(5)], "it has a learned number for every pixel"),
      ("adaptive_avgpool", ["size": .integer(5)], nil),
    ]
    for (name, arguments, reason) in uses {
      let stage = try makeStage(name, arguments)
      #expect(stage.facts(for: [Self.image(4)]).fixesSize == reason, "\(name)")
      #expect(stage.facts(for: [Self.image(4, .constant(5))]).fixesSize == nil, "\(name)")
    }
  }

  @Test func denseFixesTheSizeOfAMapAlone() throws {
    let dense = try makeStage("dense", ["units": .integer(2)])
    #expect(dense.facts(for: [Self.image(4)]).fixesSize != nil)
    #expect(dense.facts(for: [Self.image(4, .constant(1))]).fixesSize == nil)
    #expect(dense.weights(for: [Self.image(4, .constant(7))])[0].shape == [2, 4 * 7 * 7])
  }
}
