import FCNCore
import FCNStandard
import Testing

@Suite struct StageShapeTests {
  /// A use of a stage with inputs whose sizes are functions of the size of the image.
  struct Use {
    var name: String
    var arguments: [String: Argument]
    /// The size of each input, as an extent.
    var inputs: [Extent]
    var channels = 4
  }

  static func uses() throws -> [Use] {
    var uses: [Use] = []
    func add(_ name: String, _ arguments: [String: Argument], _ inputs: [Extent] = [.input], channels: Int = 4) {
      uses.append(Use(name: name, arguments: arguments, inputs: inputs, channels: channels))
    }
    let half = try Extent.input.dividedDown(by: 2).requiring(atLeast: 1)
    for kernel in [1, 2, 3, 5] {
      for stride in 1...3 {
        for pad in [Argument.word("valid"), .word("same_tf"), .integer(1), .list([0, 2, 1, 0].map { .integer($0) })] {
          for border in ["zero", "reflect", "replicate"] {
            add(
              "conv",
              [
                "channels": .integer(2), "kernel": .integer(kernel), "stride": .integer(stride), "pad": pad,
                "border": .word(border), "dilation": .integer(kernel == 3 ? 2 : 1),
              ])
          }
        }
        for round in ["floor", "ceil", "ceil_caffe", "exact"] where stride <= kernel {
          for pad in 0..<min(kernel, 3) {
            for name in ["maxpool", "avgpool"] {
              var arguments: [String: Argument] = [
                "kernel": .integer(kernel), "stride": .integer(stride), "pad": .integer(pad), "round": .word(round),
              ]
              if name == "avgpool" { arguments["count_include_pad"] = .flag(true) }
              add(name, arguments)
              add(name, arguments, [half])
            }
          }
        }
        add("maxpool", ["kernel": .integer(kernel), "stride": .integer(stride), "pad": .word("same_tf")])
        add(
          "deconv",
          ["channels": .integer(2), "kernel": .integer(kernel), "stride": .integer(stride), "pad": .integer(1)])
        add(
          "deconv",
          [
            "channels": .integer(2), "kernel": .integer(kernel), "stride": .integer(stride),
            "output_padding": .integer(stride - 1),
          ])
      }
    }
    add(
      "deconv", ["channels": .integer(2), "kernel": .integer(2), "stride": .integer(2), "like": .input(1)],
      [half, .input])
    for (p, q) in [(1, 1), (2, 1), (3, 2), (2, 3), (1, 4)] {
      for mode in ["nearest", "bilinear"] {
        for grid in ["half_pixel", "align_corners", "asymmetric"] {
          add(
            "upsample",
            ["factor": .list([.integer(p), .integer(q)]), "mode": .word(mode), "grid": .word(grid)])
          add("upsample", ["like": .input(1), "mode": .word(mode), "grid": .word(grid)], [half, .input])
          add("upsample", ["size": .size(rows: p + 4, columns: 3), "mode": .word(mode), "grid": .word(grid)], [half])
        }
      }
    }
    add("crop", ["amount": .integer(2)])
    add("crop", ["amount": .list([0, 1, 2, 3].map { .integer($0) })])
    add("crop", ["like": .input(1), "offset": .integer(1)], [.input, half])
    add("crop", ["like": .input(1), "center": .flag(true)], [.input, half])
    add("crop", ["size": .size(rows: 4, columns: 1), "offset": .integer(2)])
    add("crop", ["size": .size(rows: 4, columns: 1), "center": .flag(true)])
    add("crop", ["size": .integer(3), "center": .flag(true)], [half])
    add("position_embedding", ["size": .size(rows: 3, columns: 3)], [.constant(3)])
    for mode in ["zero", "reflect", "replicate"] { add("pad", ["amount": .integer(3), "mode": .word(mode)]) }
    for order in ["crd", "dcr"] {
      add("pixel_shuffle", ["factor": .integer(2), "order": .word(order)])
      add("pixel_unshuffle", ["factor": .integer(3), "order": .word(order)])
    }
    add("take", ["channels": .list([3, 0, 0].map { .integer($0) })])
    add("channel_shuffle", ["groups": .integer(2)])
    for name in ["relu", "softmax", "argmax", "global_mean", "identity", "sqrt"] { add(name, [:]) }
    for size in [Argument.integer(1), .integer(6), .size(rows: 2, columns: 30)] {
      add("adaptive_avgpool", ["size": size])
      add("adaptive_avgpool", ["size": size], [half])
    }
    add("add", [:], [.input, .constant(1)])
    add("mul", [:], [.input, try half.multiplied(by: 2)])
    add("concat", [:], [try half.multiplied(by: 2), .input])
    return uses
  }

  /// Where the shape rule is defined, the reference gives an output of that shape: for every size from 1 to 40, with
  /// another width beside it (also single rows and columns).
  @Test func shapeRulesAgreeWithReferences() throws {
    for use in try Self.uses() {
      let what = "\(use.name) \(use.arguments)"
      let stage = try makeStage(use.name, use.arguments)
      let types = use.inputs.map { TensorType(channels: use.channels, height: $0, width: $0) }
      let type = try stage.outputTypes(for: types)[0]
      let weights = stage.weights(for: types).map {
        WeightTensor(shape: $0.shape, values: Array(repeating: 0.5, count: $0.shape.reduce(1, *)))
      }
      var defined = 0
      for size in 1...40 {
        for other in [1, size, 41 - size] {
          guard let height = type.height(size), let width = type.width(other) else { continue }
          let inputs = types.map { input in
            Tensor(
              channels: input.channels, height: input.height(size) ?? -1, width: input.width(other) ?? -1,
              repeating: 1)
          }
          let output = stage.evaluate(inputs, weights: weights)[0]
          #expect(
            [output.channels, output.height, output.width] == [type.channels, height, width], "\(what) at \(size)")
          #expect(output.values.allSatisfy { $0.isFinite }, "\(what) at \(size)")
          defined += 1
        }
      }
      #expect(defined > 0, "\(what)")
    }
  }

  /// Joins agree on exactly the sizes for which the sizes of their inputs are equal.
  @Test func joinsAreDefinedWhereSizesAgree() throws {
    let up = try Extent.input.adding(-2).dividedDown(by: 2).adding(1).requiring(atLeast: 1).multiplied(by: 2)
    for name in ["add", "concat"] {
      let types = [Extent.input, up].map { TensorType(channels: 3, height: $0, width: $0) }
      let output = try makeStage(name).outputTypes(for: types)[0]
      for size in 1...64 { #expect(output.height(size) == (size.isMultiple(of: 2) ? size : nil)) }
    }
  }

  /// A pool with `round: exact` is defined for the sizes that its windows fill, and gives what every other rule gives.
  @Test func exactPoolsAreDefinedWhereWindowsFillTheInput() throws {
    let before = try Extent.input.dividedDown(by: 2).requiring(atLeast: 1)
    let image = TensorType(channels: 1, height: .input, width: before)
    for (kernel, stride, top, bottom) in [(2, 2, 0, 0), (3, 2, 1, 0), (3, 2, 1, 1), (2, 3, 0, 1), (4, 1, 0, 0)] {
      let pool = try makeStage(
        "maxpool",
        [
          "kernel": .integer(kernel), "stride": .integer(stride), "round": .word("exact"),
          "pad": .list([top, 0, bottom, 0].map { .integer($0) }),
        ])
      let output = try pool.outputTypes(for: [image])[0]
      for size in 1...64 {
        func windows(_ room: Int) -> Int? { room >= 0 && room % stride == 0 ? room / stride + 1 : nil }
        #expect(output.height(size) == windows(size + top + bottom - kernel), "\(kernel), \(stride) at \(size)")
        #expect(output.width(size) == windows(size / 2 - kernel), "\(kernel), \(stride) at \(size)")
      }
    }
  }

  /// What is declared as read is what is read: changing a position outside the declared window changes nothing.
  @Test func referencesReadOnlyDeclaredPositions() throws {
    var found = 0
    for use in try Self.uses() {
      let stage = try makeStage(use.name, use.arguments)
      let types = use.inputs.map { TensorType(channels: use.channels, height: $0, width: $0) }
      guard case .window(let window) = stage.access(toInput: 0, of: types).rows else { continue }
      let type = try stage.outputTypes(for: types)[0]
      let size = 13 + use.arguments.count % 2
      guard let height = type.height(size), let width = type.width(size), let offset = window.offset(size) else {
        continue
      }
      let border = stage.access(toInput: 0, of: types).border
      guard border != .reflect, border != .replicate else { continue }
      let weights = stage.weights(for: types).map {
        WeightTensor(shape: $0.shape, values: Array(repeating: 0.5, count: $0.shape.reduce(1, *)))
      }
      let inputs = types.map {
        Tensor(channels: $0.channels, height: $0.height(size) ?? -1, width: $0.width(size) ?? -1, repeating: 1)
      }
      let plain = stage.evaluate(inputs, weights: weights)[0]
      for row in 0..<inputs[0].height {
        var changed = inputs
        for channel in 0..<use.channels {
          for column in 0..<inputs[0].width { changed[0][channel, row, column] = Float(5 + channel) }
        }
        let output = stage.evaluate(changed, weights: weights)[0]
        for line in 0..<height where output[0, line, width / 2] != plain[0, line, width / 2] {
          let shifted = line + window.shift
          let base = (shifted >= 0 ? shifted / window.divide : -1) * window.multiply + offset
          let reads = (0..<window.taps).map { base + $0 * window.step }
          #expect(reads.contains(row), "\(use.name) \(use.arguments): row \(line) reads \(row)")
          found += 1
        }
      }
    }
    #expect(found > 1000)
  }
}
