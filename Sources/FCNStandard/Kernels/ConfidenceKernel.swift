import FCNCore

/// The probability of the greatest channel, and how far it is ahead of the second, for as many pixels at once as there
/// are lanes.
struct ConfidenceKernel: Kernel {
  let numbers: Confidence.Numbers
  let level: Float
  let pixels: SeparatedPixels
  let output: Storage

  var algorithm: String { "confidence of channels" }
  var columnTile: Int { pixels.target.lanes }
  var scratchSize: Int { pixels.scratchSize }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        writer.loop("x", to: "a.pointee.width", by: target.lanes) { writer, x in
          pixels.emitTaking(row, x, into: &writer)
          let (first, second) = pixels.storage.channels == 1 ? binary(&writer) : best(&writer)
          let margin = writer.define("v", target.vector, "fcn_subtract\(n)(\(first), \(second))")
          self.output.emitStore([first, margin], output, x, target: target, into: &writer)
        }
      }
    }
  }

  private var target: Target { pixels.target }

  /// One channel: yes or no.
  private func binary(_ writer: inout SwiftWriter) -> (String, String) {
    let n = target.suffix
    let value = pixels.emitChannel(0, into: &writer)
    let yes = numbers == .logits ? writer.define("v", target.vector, "fcn_sigmoid\(n)(\(value))") : value
    let one = writer.define("v", target.vector, "fcn_splat\(n)(1.0)")
    let no = writer.define("v", target.vector, "fcn_subtract\(n)(\(one), \(yes))")
    // The number below: so that the level itself is a yes.
    let below = writer.define("v", target.vector, "fcn_splat\(n)(\(level.nextDown))")
    return (
      writer.define("v", target.vector, "fcn_selectLess\(n)(\(below), \(yes), \(yes), \(no))"),
      writer.define("v", target.vector, "fcn_selectLess\(n)(\(below), \(yes), \(no), \(yes))")
    )
  }

  /// Several channels: the greatest and the second.
  private func best(_ writer: inout SwiftWriter) -> (String, String) {
    let n = target.suffix
    let first = pixels.emitChannel(0, into: &writer)
    let greatest = writer.variable("best", target.vector, first)
    let second = writer.variable("next", target.vector, "fcn_splat\(n)(-Float.infinity)")
    pixels.emitChannels(from: 1, into: &writer) { writer, value in
      let lesser = writer.define("v", target.vector, "fcn_minimum\(n)(\(greatest), \(value))")
      writer.assign(second, "fcn_maximum\(n)(\(second), \(lesser))")
      writer.assign(greatest, "fcn_maximum\(n)(\(greatest), \(value))")
    }
    guard numbers == .logits else { return (greatest, second) }
    let sum = writer.variable("sum", target.vector, "fcn_splat\(n)(0.0)")
    let power = { (writer: inout SwiftWriter, value: String) in
      let lower = writer.define("v", target.vector, "fcn_subtract\(n)(\(value), \(greatest))")
      return writer.define("v", target.vector, "fcn_exponential\(n)(\(lower))")
    }
    pixels.emitChannels(into: &writer) { writer, value in
      let own = power(&writer, value)
      writer.assign(sum, "fcn_add\(n)(\(sum), \(own))")
    }
    let one = writer.define("v", target.vector, "fcn_splat\(n)(1.0)")
    let behind = power(&writer, second)
    return (
      writer.define("v", target.vector, "fcn_divide\(n)(\(one), \(sum))"),
      writer.define("v", target.vector, "fcn_divide\(n)(\(behind), \(sum))")
    )
  }
}
