import FCNCore

/// Moves channels that lie in blocks into the space of planes: pixels are taken apart once for all rows that they become,
/// and the channels that are columns beside each other take turns in the vectors of a row.
///
/// Parameters: for each row, channel and column of a block of pixels, the lane of the input that goes there.
struct PlanarShuffleKernel: Kernel {
  let factor: Int
  let input: Storage
  let outputChannels: Int
  let target: Target

  /// The factors whose vectors can take turns.
  static let factors = 2...4

  private var pixels: SeparatedPixels { SeparatedPixels(storage: input, target: target) }
  var columnTile: Int { factor * target.lanes }
  var rowTile: Int { factor }
  var scratchSize: Int { pixels.scratchSize }

  var algorithm: String { "channels into space" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let lanes = target.lanes
    let n = target.suffix
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let width = writer.define("n", "Int", "a.pointee.width / \(factor)")
      writer.loop("y", from: "begin", to: "end", by: factor) { writer, y in
        let row = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\(y)]")
        let rest = writer.define("n", "Int", "end &- \(y)")
        let rows = writer.define("n", "Int", "\(rest) < \(factor) ? \(rest) : \(factor)")
        writer.loop("x", to: width, by: lanes) { writer, x in
          pixels.emitTaking(row, x, into: &writer)
          let column = writer.product(x, "\(factor)")
          writer.loop("p", to: rows) { writer, phase in
            let line = writer.sum(y, phase)
            let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(line)] + \(column)")
            let first = writer.product(phase, "\(outputChannels * factor)")
            writer.loop("c", to: "\(outputChannels)") { writer, channel in
              let skipped = writer.product(channel, "\(factor)")
              let entry = writer.sum(first, skipped)
              let vectors = (0..<factor).map { column -> String in
                let number = writer.define("f", "Float", "a.pointee.parameters[\(entry) &+ \(column)]")
                let lane = writer.define("f", "Int", "Int(\(number))")
                let offset = writer.product(lane, "\(lanes)")
                return writer.define("v", target.vector, "fcn_load\(n)(a.pointee.scratch + \(offset))")
              }
              let plane = writer.define("o", "Int", "\(channel) &* \(outputStride)")
              let place = writer.define("o", KernelText.mutablePointer, "\(output) + \(plane)")
              for (index, vector) in alternating(vectors, into: &writer).enumerated() {
                writer.line("fcn_store\(n)(\(place) + \(index * lanes), \(vector))")
              }
            }
          }
        }
      }
    }
  }

  /// The lanes of vectors taking turns, in as many vectors.
  private func alternating(_ vectors: [String], into writer: inout SwiftWriter) -> [String] {
    func zipped(_ a: String, _ b: String, into writer: inout SwiftWriter) -> [String] {
      ["Low", "High"].map { writer.define("v", target.vector, "fcn_zip\($0)\(target.suffix)(\(a), \(b))") }
    }
    switch vectors.count {
    case 2: return zipped(vectors[0], vectors[1], into: &writer)
    case 3:
      return (0..<3).map {
        let arguments = vectors.joined(separator: ", ")
        return writer.define("v", target.vector, "fcn_triples\($0)_\(target.suffix)(\(arguments))")
      }
    default:
      let even = zipped(vectors[0], vectors[2], into: &writer)
      let odd = zipped(vectors[1], vectors[3], into: &writer)
      return zipped(even[0], odd[0], into: &writer) + zipped(even[1], odd[1], into: &writer)
    }
  }
}
