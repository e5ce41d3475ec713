import FCNCore

/// As many neighbouring pixels as there are lanes, taken apart in scratch memory: a vector of pixels for each channel.
struct SeparatedPixels {
  /// Where the channels lie in a pixel.
  let storage: Storage
  let target: Target

  /// Floats of scratch memory.
  var scratchSize: Int { storage.blocks * target.lanes * target.lanes }

  /// Takes apart the pixels from column `x` on of a row.
  func emitTaking(_ row: String, _ x: String, into writer: inout SwiftWriter) {
    let lanes = target.lanes
    let stride = writer.define("s", "Int", "a.pointee.inputStrides[0]")
    let position = writer.product(x, "\(lanes)")
    let pixel = writer.define("r", KernelText.pointer, "\(row) + \(position)")
    writer.loop("b", to: "\(storage.blocks)") { writer, block in
      let skipped = writer.define("i", "Int", "\(block) &* \(stride)")
      let place = writer.product(block, "\(lanes * lanes)")
      let source = writer.define("r", KernelText.pointer, "\(pixel) + \(skipped)")
      let destination = writer.define("m", KernelText.mutablePointer, "a.pointee.scratch + \(place)")
      writer.line("fcn_separate\(lanes)(\(source), \(destination), \(lanes), \(lanes))")
    }
  }

  /// The pixels of one channel.
  func emitChannel(_ channel: Int, into writer: inout SwiftWriter) -> String {
    let offset = storage.positions[channel] * target.lanes
    return writer.define("v", target.vector, "fcn_load\(target.suffix)(a.pointee.scratch + \(offset))")
  }

  /// Calls `body` for the pixels of every channel from `first` on, in order.
  func emitChannels(
    from first: Int = 0, into writer: inout SwiftWriter, _ body: @escaping (inout SwiftWriter, String) -> Void
  ) {
    let lanes = target.lanes
    var channel = first
    while channel < storage.channels {
      let start = storage.positions[channel]
      var count = 1
      while channel + count < storage.channels, storage.positions[channel + count] == start + count { count += 1 }
      writer.loop("c", to: "\(count)") { writer, c in
        let position = writer.sum(c, "\(start)")
        let offset = writer.product(position, "\(lanes)")
        body(&writer, writer.define("v", target.vector, "fcn_load\(target.suffix)(a.pointee.scratch + \(offset))"))
      }
      channel += count
    }
  }
}

extension Storage {
  /// Emits the store of vectors of pixels, one for each channel of a small output, at column `x` of the row `output`.
  func emitStore(
    _ channels: [String], _ output: String, _ x: String, target: Target, into writer: inout SwiftWriter
  ) {
    let n = target.suffix
    if isPlanar {
      let stride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      for (channel, pixels) in channels.enumerated() {
        let plane = writer.product(stride, "\(channel)")
        let offset = writer.sum(plane, x)
        writer.line("fcn_store\(n)(\(output) + \(offset), \(pixels))")
      }
      return
    }
    let position = writer.product(x, "\(lanes)")
    let zero = writer.define("c", target.vector, "fcn_splat\(n)(0.0)")
    for pixel in 0..<target.lanes {
      let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(position)")
      let own = writer.define("o", KernelText.mutablePointer, "\(place) + \(pixel * lanes)")
      writer.line("fcn_store\(n)(\(own), \(zero))")
      for (channel, pixels) in channels.enumerated() {
        writer.line("\(own)[\(positions[channel])] = fcn_lane\(n)(\(pixels), \(pixel))")
      }
    }
  }
}
