import Foundation
import Testing

/// What `fcnc explain` says of a network, in its three forms; numbers worked out by hand.
@Suite struct ExplainTests {
  static let text = """
    network small
    input image[3]
    wide = image -> conv(8, kernel: 3, pad: same) -> relu
    output map: raw = wide -> maxpool(2) -> conv(4, kernel: 1)

    """

  @Test func jsonHoldsEverything() throws {
    let result = try Tool.fcnc.run(
      ["explain", "-", "--format", "json", "--size", "10x12", "--target", "x86-64-v3"], input: Self.text)
    #expect(result.status == 0, "\(result.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(json["network"] as? String == "small" && json["isFullyConvolutional"] as? Bool == true)
    // 3 * 8 * 9 + 8 and 8 * 4 + 4.
    #expect(json["parameters"] as? Int == 260)
    #expect(json["multiplyAdds"] as? String == "216·H·W + 32·floor(H/2)·floor(W/2)")
    // The input's 3 and the convolution's 8 channels, 4 bytes each.
    #expect(json["memory"] as? String == "44·H·W")
    let sized = try #require((json["sizes"] as? [[String: Any]])?.first)
    #expect(sized["multiplyAdds"] as? Double == 26880)
    #expect((sized["memory"] as? Int ?? 0) >= 44 * 120)
    let border = try #require((sized["borders"] as? [[String: Any]])?.first)
    #expect(border["height"] as? Int == 5 && border["width"] as? Int == 6)
    #expect(["top", "bottom", "left", "right"].map { border[$0] as? Int } == [1, 1, 1, 1])
    let rows = try #require(json["values"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["wide", "maxpool", "map"])
    #expect(rows.map { $0["stages"] as? [String] } == [["conv", "relu"], ["maxpool"], ["conv"]])
    #expect(rows[2]["height"] as? String == "floor(H/2)")
    for (key, expected) in [("stride", "2"), ("offset", "1/2"), ("receptiveField", "4")] {
      #expect((rows[2][key] as? [String: String]) == ["rows": expected, "columns": expected], "\(key)")
    }
    let output = try #require((json["outputs"] as? [[String: Any]])?.first)
    #expect(output["acceptedHeights"] as? String == "H >= 2" && output["acceptedWidths"] as? String == "W >= 2")
    for property in ["size", "equivariant", "local"] {
      #expect((output[property] as? [String: Any])?["holds"] as? Bool == true)
    }
  }

  @Test func markdownIsATable() throws {
    let result = try Tool.fcnc.run(["explain", "-", "--format", "markdown"], input: Self.text)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("# small\n\n`<stdin>` is fully convolutional.\n\n| value | stages |"))
    #expect(result.output.contains("| wide | conv relu | 8 | H x W | 1 | 3 | 0 |\n"))
    #expect(result.output.contains("## output map\n\n- size: floor(H/2) x floor(W/2), 4 channels\n"))
  }

  @Test func sizesThatAreNotAcceptedAreRefused() throws {
    let result = try Tool.fcnc.run(["explain", "-", "--size", "1x12"], input: Self.text)
    #expect(result.status == 2 && result.errors.contains("a picture of 1x12 is not accepted"))
    #expect(result.errors.contains("H >= 2"))
  }

  @Test func theGraphAndThePassesCanBeSeen() throws {
    let graph = try Tool.fcnc.run(["explain", "-", "--graph"], input: Self.text)
    #expect(graph.output.hasPrefix("network small\ninput image[3]  // H x W\n"))
    let passes = try Tool.fcnc.run(["explain", "-", "--passes"], input: Self.text)
    #expect(passes.output.contains("fuse"))
  }

  @Test func requiredPropertiesAreFindings() throws {
    let text = "network n\ninput x[3]\noutput y: raw = x * (x -> global_mean)\n"
    #expect(try Tool.fcnc.run(["check", "-"], input: text).status == 0)
    let local = try Tool.fcnc.run(["check", "-", "--require", "local"], input: text)
    #expect(local.status == 1 && local.output.contains("error[not-local]: `global_mean` is not local"))
    let wrong = try Tool.fcnc.run(["check", "-", "--require", "locale"], input: text)
    #expect(wrong.status == 2)
  }
}
