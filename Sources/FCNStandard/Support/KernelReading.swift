import FCNCore

/// Another order of the numbers of a kernel `[a, b, rows, columns]`.
struct KernelReading: Sendable {
  /// In words that follow "the numbers fit".
  var text: String
  /// The position, in the kernel as it is, of the number that belongs at `[a, b, row, column]`; nil where its shape does
  /// not allow the reading.
  var position: @Sendable (_ shape: [Int], _ a: Int, _ b: Int, _ row: Int, _ column: Int) -> Int?

  /// The kernel read so; nil where its shape does not allow it or nothing changes.
  func callAsFunction(_ kernel: WeightTensor) -> WeightTensor? {
    guard kernel.shape.count == 4 else { return nil }
    var result = kernel
    var index = 0
    for a in 0..<kernel.shape[0] {
      for b in 0..<kernel.shape[1] {
        for row in 0..<kernel.shape[2] {
          for column in 0..<kernel.shape[3] {
            guard let position = position(kernel.shape, a, b, row, column), kernel.values.indices.contains(position)
            else { return nil }
            result.values[index] = kernel.values[position]
            index += 1
          }
        }
      }
    }
    return result.values == kernel.values ? nil : result
  }

  /// The readings of the kernel of a convolution, `[out, in / groups, rows, columns]`.
  static let ofConvolution =
    common + [
      KernelReading(text: "with the kernel stored as rows, columns, in, out (TensorFlow) and never transposed") {
        ((($3 * $0[3] + $4) * $0[1]) + $2) * $0[0] + $1
      },
      inputsReversed,
    ]

  /// The readings of the kernel of a transposed convolution, `[in, out / groups, rows, columns]`.
  static let ofTransposedConvolution =
    common + [
      KernelReading(text: "with the kernel stored as rows, columns, out, in (TensorFlow) and never transposed") {
        ((($3 * $0[3] + $4) * $0[1]) + $2) * $0[0] + $1
      }
    ]

  private static let common: [KernelReading] = [
    KernelReading(text: "with the kernel mirrored in both directions") {
      offset($0, $1, $2, $0[2] - 1 - $3, $0[3] - 1 - $4)
    },
    KernelReading(text: "with rows and columns of the kernel exchanged") {
      $0[2] == $0[3] ? offset($0, $1, $2, $4, $3) : nil
    },
    KernelReading(text: "with the in and out channels of the kernel exchanged") {
      $0[0] == $0[1] ? offset($0, $2, $1, $3, $4) : nil
    },
    KernelReading(text: "with the in and out channels of the kernel exchanged and the kernel mirrored") {
      $0[0] == $0[1] ? offset($0, $2, $1, $0[2] - 1 - $3, $0[3] - 1 - $4) : nil
    },
    KernelReading(text: "with the kernel mirrored from left to right") { offset($0, $1, $2, $3, $0[3] - 1 - $4) },
    KernelReading(text: "with the kernel upside down") { offset($0, $1, $2, $0[2] - 1 - $3, $4) },
  ]

  private static let inputsReversed = KernelReading(
    text: "with the channels of its input in reverse order: blue, green, red for red, green, blue"
  ) { $0[1] == 3 ? offset($0, $1, 2 - $2, $3, $4) : nil }

  private static func offset(_ shape: [Int], _ a: Int, _ b: Int, _ row: Int, _ column: Int) -> Int {
    ((a * shape[1] + b) * shape[2] + row) * shape[3] + column
  }
}
