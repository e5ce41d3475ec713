import FCNCore

/// The probability of the greatest channel of each pixel, and how far it is ahead of the second.
///
/// Parameters: per lane, 0 or -infinity added before the maximum; per lane, the channel's number.
struct ConfidenceKernel: Kernel {
  let numbers: Confidence.Numbers
  let level: Float
  let channels: Int
  let blocks: Int
  let isPlanar: Bool

  var algorithm: String { "confidence of channels" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("x", to: "a.pointee.width") { writer, x in
          let position = writer.product(x, "\(lanes)")
          let pixel = writer.define("r", KernelText.pointer, "\(row) + \(position)")
          let (first, second) = channels == 1 ? binary(pixel, &writer, target) : best(pixel, &writer, target)
          let margin = writer.define("n", "Float", "\(first) - \(second)")
          if isPlanar {
            let behind = writer.sum(outputStride, x)
            writer.line("\(output)[\(x)] = \(first)")
            writer.line("\(output)[\(behind)] = \(margin)")
          } else {
            writer.line("\(output)[\(position)] = \(first)")
            writer.line("\(output)[\(position) &+ 1] = \(margin)")
            for lane in 2..<lanes { writer.line("\(output)[\(position) &+ \(lane)] = 0.0") }
          }
        }
      }
    }
  }

  /// One channel: yes or no.
  private func binary(_ pixel: String, _ writer: inout SwiftWriter, _ target: Target) -> (String, String) {
    let n = target.suffix
    let value = writer.define("v", target.vector, "fcn_broadcast\(n)(\(pixel))")
    let yes = numbers == .logits ? writer.define("v", target.vector, "fcn_sigmoid\(n)(\(value))") : value
    let one = writer.define("v", target.vector, "fcn_splat\(n)(1.0)")
    let no = writer.define("v", target.vector, "fcn_subtract\(n)(\(one), \(yes))")
    // The number below: so that the level itself is a yes.
    let below = writer.define("v", target.vector, "fcn_splat\(n)(\(level.nextDown))")
    let winner = writer.define("v", target.vector, "fcn_selectLess\(n)(\(below), \(yes), \(yes), \(no))")
    let loser = writer.define("v", target.vector, "fcn_selectLess\(n)(\(below), \(yes), \(no), \(yes))")
    return (
      writer.define("n", "Float", "fcn_lane\(n)(\(winner), 0)"),
      writer.define("n", "Float", "fcn_lane\(n)(\(loser), 0)")
    )
  }

  /// Several channels: the greatest and the second.
  private func best(_ pixel: String, _ writer: inout SwiftWriter, _ target: Target) -> (String, String) {
    let n = target.suffix
    let lanes = target.lanes
    let inputStride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
    let own = writer.define("k", KernelText.pointer, "a.pointee.parameters + \(blocks * lanes)")
    let greatest = writer.variable("best", target.vector, "fcn_splat\(n)(-Float.infinity)")
    let number = writer.variable("number", target.vector, "fcn_splat\(n)(0.0)")
    func value(_ block: String, _ writer: inout SwiftWriter) -> (value: String, number: String) {
      let skipped = writer.define("i", "Int", "\(block) &* \(inputStride)")
      let channel = writer.product(block, "\(lanes)")
      let loaded = writer.define("v", target.vector, "fcn_load\(n)(\(pixel) + \(skipped))")
      let mask = writer.define("k", target.vector, "fcn_load\(n)(a.pointee.parameters + \(channel))")
      return (
        writer.define("v", target.vector, "fcn_add\(n)(\(loaded), \(mask))"),
        writer.define("k", target.vector, "fcn_load\(n)(\(own) + \(channel))")
      )
    }
    writer.loop("b", to: "\(blocks)") { writer, block in
      let (value, channel) = value(block, &writer)
      writer.assign(number, "fcn_selectLess\(n)(\(greatest), \(value), \(channel), \(number))")
      writer.assign(greatest, "fcn_maximum\(n)(\(greatest), \(value))")
    }
    let first = writer.define("n", "Float", "fcn_largest\(n)(\(greatest))")
    let winner = writer.define("n", "Float", "fcn_winner\(n)(\(greatest), \(number))")
    let shift = writer.define("v", target.vector, "fcn_splat\(n)(\(first))")
    let chosen = writer.define("v", target.vector, "fcn_splat\(n)(\(winner))")
    let near = writer.define("v", target.vector, "fcn_splat\(n)(0.25)")
    let nothing = writer.define("v", target.vector, "fcn_splat\(n)(-Float.infinity)")
    let next = writer.variable("next", target.vector, "fcn_splat\(n)(-Float.infinity)")
    let sum = writer.variable("sum", target.vector, "fcn_splat\(n)(0.0)")
    writer.loop("b", to: "\(blocks)") { writer, block in
      let (value, channel) = value(block, &writer)
      let distance = writer.define("v", target.vector, "fcn_subtract\(n)(\(channel), \(chosen))")
      let square = writer.define("v", target.vector, "fcn_multiply\(n)(\(distance), \(distance))")
      let rest = writer.define("v", target.vector, "fcn_selectLess\(n)(\(square), \(near), \(nothing), \(value))")
      writer.assign(next, "fcn_maximum\(n)(\(next), \(rest))")
      if numbers == .logits {
        let lower = writer.define("v", target.vector, "fcn_subtract\(n)(\(value), \(shift))")
        let power = writer.define("v", target.vector, "fcn_exponential\(n)(\(lower))")
        writer.assign(sum, "fcn_add\(n)(\(sum), \(power))")
      }
    }
    let second = writer.define("n", "Float", "fcn_largest\(n)(\(next))")
    guard numbers == .logits else { return (first, second) }
    let total = writer.define("n", "Float", "fcn_total\(n)(\(sum))")
    let behind = writer.define("n", "Float", "\(second) - \(first)")
    let spread = writer.define("v", target.vector, "fcn_splat\(n)(\(behind))")
    let power = writer.define("v", target.vector, "fcn_exponential\(n)(\(spread))")
    let share = writer.define("n", "Float", "fcn_lane\(n)(\(power), 0)")
    return (writer.define("n", "Float", "1.0 / \(total)"), writer.define("n", "Float", "\(share) / \(total)"))
  }
}
