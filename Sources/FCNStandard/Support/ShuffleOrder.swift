import FCNCore

/// Which channel holds which pixel of a block of `factor` x `factor` pixels.
enum ShuffleOrder: String, Hashable, Sendable, CaseIterable {
  /// Channel c * factor² + row * factor + column (PyTorch).
  case crd
  /// Channel (row * factor + column) * C + c (TensorFlow).
  case dcr

  /// The channel of the small grid that holds a pixel of the block for channel `channel` of `channels` of the large one.
  func position(channel: Int, of channels: Int, row: Int, column: Int, factor: Int) -> Int {
    switch self {
    case .crd: (channel * factor + row) * factor + column
    case .dcr: (row * factor + column) * channels + channel
    }
  }

  static var parameters: [Parameter] {
    [
      Parameter(
        "factor", .integer(1...64), "Rows and columns of a block.", elsewhere: ["ONNX": "required (blocksize)"]),
      Parameter(
        "order", .word(allCases.map(\.rawValue)),
        "How a channel number is made: `crd` counts channel, row, column (PyTorch); `dcr` counts row, column, channel "
          + "(TensorFlow).", elsewhere: ["PyTorch": "crd", "TensorFlow": "dcr", "ONNX": "dcr"]),
    ]
  }
}
