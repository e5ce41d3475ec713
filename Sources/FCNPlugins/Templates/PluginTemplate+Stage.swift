extension PluginTemplate {
  static let stage = PluginTemplate(
    "stage", "a stage whose every number depends on the number at the same place",
    network:
      """
      network example

      input photo[3] = picture -> rgb

      output result: image = photo -> NAME(0.25)

      """
  ) { name in
    """
    import FCNCore

    /// Numbers are drawn towards zero by a threshold; those that are nearer become zero (soft thresholding, Donoho 1995).
    public struct \(name.type): PointwiseStage {
      public static let signature = StageSignature(
        name: "\(name.snake)",
        summary: "Every number drawn towards zero by a threshold.",
        discussion: "sign(x) * max(|x| - threshold, 0).",
        parameters: [Parameter("threshold", .decimal(0...1e6), "How far numbers are drawn.")],
        equivalents: [.init("PyTorch", "nn.Softshrink(threshold)")],
        example: "x -> \(name.snake)(0.5)")

      let threshold: Float

      public init(_ arguments: Arguments) { threshold = Float(arguments.decimal("threshold")) }

      /// The type of the output for inputs of these types.
      public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
        guard inputs[0].element == .real else {
          throw Rejection("`\(name.snake)` takes numbers, not class indexes", .input(0), help: "use it before `argmax`")
        }
        return inputs
      }

      /// The formula: the reference, the kernel and the fusion into a convolution before it are made from it.
      public func expression(for inputs: [TensorType]) -> PointwiseExpression {
        let above = PointwiseExpression.maximum(.input(0) - .constant(threshold), .constant(0))
        let below = PointwiseExpression.minimum(.input(0) + .constant(threshold), .constant(0))
        return above + below
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type).self) }
    }

    """
  }

  static let windowStage = PluginTemplate(
    "window-stage", "a stage that reads a window of pixels, with a kernel of its own",
    network:
      """
      network example

      input photo[3] = picture -> rgb

      output result: image = photo -> NAME

      """
  ) { name in
    """
    import FCNCore

    /// The number in the middle of each pixel and its four neighbours, row by row and column by column: of three in a row
    /// the middle one, then of three in a column. Takes single wrong pixels away and keeps edges.
    public struct \(name.type): Stage {
      public static let signature = StageSignature(
        name: "\(name.snake)",
        summary: "The median of a pixel and its neighbours above and below.",
        discussion: "The middle one of x[y - 1], x[y] and x[y + 1]; beyond the edge the edge pixel is repeated.",
        example: "x -> \(name.snake)")

      public init(_ arguments: Arguments) {}

      public func outputTypes(for inputs: [TensorType]) throws(Rejection) -> [TensorType] {
        guard inputs[0].element == .real else {
          throw Rejection("`\(name.snake)` takes numbers, not class indexes", .input(0), help: "use it before `argmax`")
        }
        return inputs
      }

      /// Three rows, the first one above; one column.
      public func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
        SpatialAccess(
          rows: .window(Window(taps: 3, offset: .constant(-1))), columns: .window(.identity), border: .replicate)
      }

      /// The kernel works on each channel where it lies, and gives no number that did not go in.
      public var facts: StageFacts { StageFacts(keepsChannels: true, numbers: .fromInputs) }

      /// The meaning, in the plainest loops: what the kernel is tested against.
      public func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
        let input = inputs[0]
        var output = input
        for channel in 0..<input.channels {
          for row in 0..<input.height {
            for column in 0..<input.width {
              let three = [max(row - 1, 0), row, min(row + 1, input.height - 1)].map { input[channel, $0, column] }
              output[channel, row, column] = three.sorted()[1]
            }
          }
        }
        return [output]
      }

      public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
        Lowering(
          kernel: \(name.type)Kernel(blocks: site.inputStorage[0].blocks),
          operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs))])
      }
    }

    /// The text of the kernel: a function over rows of the output. `tables[0][y * 3 + tap]` is the address of an input row.
    struct \(name.type)Kernel: Kernel {
      /// Vectors of channels in a pixel.
      let blocks: Int

      func emit(name: String, into writer: inout SwiftWriter, target: Target) {
        let n = target.suffix
        KernelText.function(name, into: &writer) { writer in
          writer.loop("y", from: "begin", to: "end") { writer, y in
            let first = writer.product(y, "3")
            let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\\(y)]")
            writer.loop("b", to: "\\(blocks)") { writer, block in
              let read = writer.define("i", "Int", "\\(block) &* a.pointee.inputStrides[0]")
              let written = writer.define("i", "Int", "\\(block) &* a.pointee.outputStrides[0]")
              writer.loop("x", to: "a.pointee.width") { writer, x in
                let pixel = writer.product(x, "\\(target.lanes)")
                let from = writer.sum(read, pixel)
                var rows: [String] = []
                for tap in 0..<3 {
                  let index = writer.sum(first, "\\(tap)")
                  let place = writer.define("r", KernelText.pointer, "a.pointee.tables[0][\\(index)] + \\(from)")
                  rows.append(writer.define("v", target.vector, "fcn_load\\(n)(\\(place))"))
                }
                // The middle one of three: max(min(a, b), min(max(a, b), c)).
                let low = writer.define("m", target.vector, "fcn_minimum\\(n)(\\(rows[0]), \\(rows[1]))")
                let high = writer.define("m", target.vector, "fcn_maximum\\(n)(\\(rows[0]), \\(rows[1]))")
                let least = writer.define("m", target.vector, "fcn_minimum\\(n)(\\(high), \\(rows[2]))")
                let middle = writer.define("m", target.vector, "fcn_maximum\\(n)(\\(low), \\(least))")
                let to = writer.sum(written, pixel)
                writer.line("fcn_store\\(n)(\\(output) + \\(to), \\(middle))")
              }
            }
          }
        }
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type).self) }
    }

    """
  }
}
