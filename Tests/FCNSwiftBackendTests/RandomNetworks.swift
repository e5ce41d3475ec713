/// Random small networks as text: each exercises one stage, or a few that the optimiser joins.
struct RandomNetworks {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  mutating func pick<Element>(_ options: [Element]) -> Element { options[number(0...(options.count - 1))] }
  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  /// Channel counts below, at and above vectors and tiles.
  mutating func channels() -> Int { pick([1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 20, 24, 31, 32, 33, 40]) }

  /// The text of case `index`; the kinds take turns, so that each has its share.
  mutating func text(_ index: Int) -> String {
    let body: String
    switch index % 24 {
    case 0, 1, 2: body = convolution()
    case 3: body = grouped()
    case 4: body = depthwise()
    case 5, 6: body = transposed()
    case 7: body = maximum()
    case 8: body = mean()
    case 9: body = activation()
    case 10: body = join()
    case 11: body = concatenation()
    case 12: body = nearest()
    case 13: body = bilinear()
    case 14: body = cropOrPad()
    case 15: body = channelReduction()
    case 16: body = shuffle()
    case 17: body = gate()
    case 18: body = fused()
    case 19: body = adaptive()
    case 20: body = roots()
    case 21: body = chosenChannels()
    case 22: body = classes()
    default: body = manyReaders()
    }
    return "network case_\(index)\n" + body
  }

  // MARK: Arguments

  private mutating func window(_ values: [Int]) -> String {
    chance(60) ? "\(pick(values))" : "\(pick(values))x\(pick(values))"
  }

  private mutating func padding(_ most: Int) -> String {
    switch number(0...3) {
    case 0: "\(number(0...most))"
    case 1: "\(number(0...most))x\(number(0...most))"
    default: "[\(number(0...most)), \(number(0...most)), \(number(0...most)), \(number(0...most))]"
    }
  }

  private mutating func input(_ channels: Int) -> String { "input x[\(channels)]\n" }

  // MARK: Kinds

  private mutating func convolution() -> String {
    let border = pick(["zero", "zero", "zero", "reflect", "replicate"])
    let pad = chance(15) ? "same_tf" : padding(border == "reflect" ? 1 : 3)
    return input(channels())
      + "output y = x -> conv(\(channels()), kernel: \(window([1, 2, 3, 3, 5, 8])), stride: \(window([1, 1, 2, 3])), "
      + "dilation: \(window([1, 1, 2, 3])), pad: \(pad), border: \(border), bias: \(chance(70)))"
  }

  /// A convolution that moves by one pixel and whose input and output lie in blocks, with what may join its kernel.
  mutating func minimalFiltering() -> String {
    let kernel = pick(["3", "3", "3", "5", "7", "3x5", "5x3"])
    let dilation = pick([1, 1, 2, 3])
    let (inner, outer) = (pick([8, 9, 16, 24, 31, 40, 72]), pick([8, 12, 16, 24, 33, 40, 48, 56]))
    let border = pick(["zero", "zero", "reflect", "replicate"])
    let source = "network filter\ninput x[3]\na = x -> conv(\(inner), kernel: 1) -> relu\n"
    if chance(30) {
      return source
        + "b = a -> conv(channels(a), kernel: \(kernel), dilation: \(dilation), pad: same, border: \(border))\n"
        + "output y = (a + b) -> prelu -> conv(9, kernel: 1)\n"
    }
    return source
      + "output y = a -> conv(\(outer), kernel: \(kernel), dilation: \(dilation), pad: same, border: \(border), "
      + "bias: \(chance(70))) -> \(pick(["identity", "relu", "leaky(0.1)", "prelu", "tanh"])) -> conv(5, kernel: 1)\n"
  }

  private mutating func grouped() -> String {
    let groups = pick([2, 3, 4])
    return input(groups * number(1...6))
      + "output y = x -> conv(\(groups * number(1...9)), kernel: \(window([1, 3])), groups: \(groups), "
      + "stride: \(window([1, 2])), pad: \(padding(1)))"
  }

  private mutating func depthwise() -> String {
    let count = channels()
    return input(count)
      + "output y = x -> conv(channels(x)\(chance(25) ? " * 2" : ""), kernel: \(window([3, 3, 5, 10])), "
      + "groups: channels(x), stride: \(window([1, 2])), dilation: \(window([1, 2])), pad: \(padding(4))) -> relu6"
  }

  private mutating func transposed() -> String {
    let kernel = number(1...5)
    let stride = number(1...4)
    let groups = chance(20) ? 2 : 1
    let output = stride > 1 && chance(40) ? ", output_padding: \(number(0...(stride - 1)))" : ""
    return input(groups * number(1...12))
      + "output y = x -> deconv(\(groups * number(1...17)), kernel: \(kernel), stride: \(stride), "
      + "pad: \(number(0...max(0, (kernel - 1) / 2))), groups: \(groups)\(output), bias: \(chance(70)))"
      + (chance(50) ? " -> leaky(0.1)" : "")
  }

  private mutating func maximum() -> String {
    let kernel = number(1...5)
    return input(channels())
      + "output y = x -> maxpool(\(kernel), stride: \(window([1, 2, 3])), pad: \(number(0...(kernel / 2))), "
      + "round: \(pick(["floor", "ceil", "ceil_caffe", "exact"])))"
  }

  private mutating func mean() -> String {
    let kernel = number(1...5)
    let pad = number(0...(kernel / 2))
    return input(channels())
      + "output y = x -> avgpool(\(kernel), stride: \(window([1, 2, 3])), pad: \(pad), "
      + "round: \(pick(["floor", "ceil", "exact"]))\(pad > 0 ? ", count_include_pad: \(chance(50))" : ""))"
  }

  private mutating func activation() -> String {
    let stages = [
      "relu", "leaky(0.2)", "prelu", "relu6", "clip(-0.5, 0.25)", "sigmoid", "tanh", "hardswish", "hardsigmoid",
      "batchnorm(eps: 1e-3)", "scale", "bias", "add(by: 0.5)", "mul(by: -1.5)", "sub(by: 1, reversed: true)",
      "div(by: 3)", "max(by: 0.1)", "min(by: 0.1)", "sigmoid -> sqrt",
    ]
    return input(channels()) + "output y = x"
      + (0..<number(1...3)).map { _ in " -> \(pick(stages))" }.joined()
  }

  private mutating func join() -> String {
    let count = channels()
    let operation = pick(["add", "sub", "mul", "max", "min"])
    return input(count) + "input g[\(chance(40) ? 1 : count)]\n"
      + (chance(30) ? "output y = div(x, g -> sigmoid -> add(by: 1)) -> tanh" : "output y = \(operation)(x, g)")
  }

  /// Every stage with a kernel of its own, where the channels of its input have gaps between them.
  private static let behindJoin = [
    "conv(9, kernel: 3, pad: same)", "batchnorm(eps: 1e-5) -> prelu", "maxpool(2)", "global_mean",
    "adaptive_avgpool(2x3)", "global_mean -> dense(5)", "softmax", "argmax",
    "upsample(2, mode: nearest, grid: asymmetric)",
    "upsample(2, mode: bilinear, grid: half_pixel)", "deconv(7, kernel: 2, stride: 2)", "pad([1, 2, 0, 1])",
    "pixel_unshuffle(2, order: crd)", "take([4, 0, 1])", "channel_shuffle(groups: channels(c))",
    "avgpool(3, stride: 2, pad: 1, count_include_pad: false)",
    "conv(channels(c), kernel: 3, pad: same, groups: channels(c))",
  ]

  private mutating func concatenation() -> String {
    let first = channels()
    return input(number(1...20))
      + "a = x -> conv(\(first), kernel: 1) -> relu\nb = x -> conv(\(channels()), kernel: 3, pad: same)\n"
      + "c = concat(a, \(chance(50) ? "x, " : "")b\(chance(30) ? ", a" : ""))\n"
      + "output y = c -> \(pick(Self.behindJoin))\n"
      + (chance(50) ? "output z = a -> conv(5, kernel: 1)\n" : "")
  }

  private mutating func nearest() -> String {
    input(channels())
      + "output y = x -> upsample(\(pick(["2", "3", "4", "[3, 2]", "[2, 3]", fixedSize()])), mode: nearest, "
      + "grid: \(pick(["half_pixel", "asymmetric", "align_corners"])))"
  }

  private mutating func bilinear() -> String {
    input(channels())
      + "output y = x -> upsample(\(pick(["2", "3", "8", "[3, 2]", "[5, 3]", fixedSize()])), mode: bilinear, "
      + "grid: \(pick(["half_pixel", "asymmetric", "align_corners"])))"
  }

  private mutating func fixedSize() -> String { "size: " + window([1, 2, 5, 16, 49, 98]) }

  private mutating func cropOrPad() -> String {
    if chance(20) {
      return input(channels()) + "output y = x -> crop(size: \(window([1, 3, 8])), "
        + (chance(50) ? "center: true)" : "offset: \(window([0, 1, 4])))")
    }
    if chance(50) {
      return input(channels())
        + "output y = x -> crop([\(number(0...2)), \(number(0...2)), \(number(0...2)), \(number(0...2))])"
    }
    let mode = pick(["zero", "reflect", "replicate"])
    return input(channels()) + "output y = x -> pad(\(padding(mode == "reflect" ? 2 : 4)), mode: \(mode))"
  }

  private mutating func channelReduction() -> String {
    let source = input(number(1...9))
    let reduction = pick(["softmax", "argmax", "confidence(of: logits)", "softmax -> confidence(of: probabilities)"])
    if chance(20) { return source + "output y = x -> conv(1, kernel: 1) -> confidence(of: logits, level: 0.3)" }
    return source + "output y = x -> conv(\(channels() + 1), kernel: 1) -> \(reduction)"
  }

  /// Classes of values whose channels may have gaps, and of enlarged ones; the numbers are exact, so that no tie is decided
  /// by rounding.
  private mutating func classes() -> String {
    let count = number(1...20)
    var text = input(count) + "a = x -> relu\n"
    text += chance(50) ? "b = concat(a, x, a)\n" : "b = x -> identity\n"
    let enlarged = "upsample(\(pick(["2", "8", "[3, 2]"])), mode: \(pick(["bilinear", "nearest"])), grid: asymmetric)"
    text += "output y = b -> \(count == 1 ? "confidence(of: logits)" : pick(["argmax", "confidence(of: logits)"]))\n"
    text += "output z = b -> \(enlarged)\n"
    return text + "output w = b -> \(enlarged) -> confidence(of: logits)"
  }

  private mutating func shuffle() -> String {
    let factor = number(2...3)
    if chance(50) {
      return input(number(1...9))
        + "output y = x -> conv(\(factor * factor * number(1...9)), kernel: 1) "
        + "-> pixel_shuffle(\(factor), order: \(pick(["crd", "dcr"])))"
    }
    return input(number(1...9)) + "output y = x -> pixel_unshuffle(\(factor), order: \(pick(["crd", "dcr"])))"
  }

  /// Channels of the image and of a value in blocks, for an output and for a stage that sums over lanes.
  private mutating func chosenChannels() -> String {
    let count = channels()
    let groups = number(1...4)
    let chosen = (0..<pick([1, 2, 3, 9, 17, 40])).map { _ in "\(number(0...(count - 1)))" }.joined(separator: ", ")
    let source = chance(50) ? input(count) + "a = x" : input(number(1...9)) + "a = x -> conv(\(count), kernel: 1)"
    let choice = "take([\(chosen)])"
    let shuffle = "conv(\(groups * number(1...12)), kernel: 1) -> channel_shuffle(groups: \(groups))"
    return source + "\noutput y = a -> \(chance(60) ? choice : shuffle)"
      + (chance(50) ? " -> conv(\(channels()), kernel: 3, pad: same)\n" : "\n")
  }

  /// Squeeze-and-excitation and attention: `[C, 1, 1]` and `[1, H, W]` times `[C, H, W]`.
  private mutating func gate() -> String {
    let count = channels()
    let squeeze = "g = a -> global_mean -> conv(\(count), kernel: 1) -> sigmoid\n"
    let attention = "g = a -> conv(1, kernel: 1) -> sigmoid\n"
    return input(number(1...9)) + "a = x -> conv(\(count), kernel: 3, pad: same)\n" + (chance(50) ? squeeze : attention)
      + "output y = mul(a, g) -> conv(\(channels()), kernel: 1)"
  }

  private mutating func fused() -> String {
    let count = channels()
    return input(number(1...9)) + "a = x -> conv(\(count), kernel: 1)\n"
      + "b = a -> conv(\(count), kernel: 3, pad: same) -> batchnorm(eps: 1e-5) -> \(pick(["relu", "prelu", "hardswish"]))\n"
      + "c = add(b, a) -> \(pick(["relu", "leaky(0.1)", "identity", "dropout"]))\n"
      + "output y = c -> conv(\(number(1...4)), kernel: 3, pad: same, border: \(pick(["zero", "replicate"])))"
  }

  /// Parts of the image fewer and more than its pixels, also as PSPNet has them.
  private mutating func adaptive() -> String {
    let count = channels()
    let size = window([1, 2, 3, 6, 7, 30])
    if chance(50) { return input(count) + "output y = x -> adaptive_avgpool(\(size))" }
    return input(number(1...9)) + "a = x -> conv(\(count), kernel: 1)\n"
      + "p = a -> adaptive_avgpool(\(size)) -> conv(\(channels()), kernel: 1) -> relu\n"
      + "output y = concat(a, p -> upsample(like: a, mode: bilinear, grid: align_corners)) -> conv(3, kernel: 1)"
  }

  /// Square roots where lanes without a channel would hold the root of a negative number; instance normalisation.
  private mutating func roots() -> String {
    if chance(50) {
      return input(channels()) + "a = x -> conv(\(channels()), kernel: 1)\n"
        + "output y = a -> clip(-1, 1) -> sigmoid -> scale -> sub(by: 0.02) -> sqrt -> conv(3, kernel: 3, pad: same)"
    }
    return input(number(1...9)) + "a = x -> conv(\(channels()), kernel: 1)\nd = a - (a -> global_mean)\n"
      + "output y = d / ((((d * d) -> global_mean) + 1e-3) -> sqrt)"
  }

  /// One value read with several borders, pads and strides at once.
  private mutating func manyReaders() -> String {
    let count = channels()
    let stride = number(1...3)
    return input(number(1...9)) + "v = x -> conv(\(count), kernel: 1)\n"
      + "output a = v -> conv(3, kernel: 3, stride: \(stride), pad: [2, 1, 0, 1])\n"
      + "output b = v -> maxpool(3, stride: \(stride), pad: 1)\n"
      + "output c = v -> avgpool(3, stride: \(stride), pad: 1, count_include_pad: true)\n"
      + "output d = v -> avgpool(3, stride: \(stride), pad: 1, count_include_pad: false)\n"
      + "output e = v -> conv(5, kernel: 3x5, stride: \(stride), pad: [1, 2, 1, 0], border: reflect)"
  }
}
