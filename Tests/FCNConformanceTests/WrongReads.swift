import FCNCore
import FCNStandard

/// Stages that read other positions than they declare.
enum WrongReads {
  /// The window has a tap less than the kernel.
  struct NarrowWindow: WrongStage {
    let right: MaxPool
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs) { $0.taps -= 1 }
    }
  }

  /// The window has a tap more than the kernel.
  struct WideWindow: WrongStage {
    let right: Conv
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs) { $0.taps += 1 }
    }
  }

  /// The window lies a pixel too far.
  struct ShiftedWindow: WrongStage {
    let right: Conv
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs) { $0.offset = (try? $0.offset.adding(1)) ?? $0.offset }
    }
  }

  /// Only the columns of the window lie a pixel too far.
  struct ShiftedColumns: WrongStage {
    let right: MaxPool
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      var access = access(toInput: index, of: inputs) { $0.offset = (try? $0.offset.adding(1)) ?? $0.offset }
      access.rows = right.access(toInput: index, of: inputs).rows
      return access
    }
  }

  /// The windows lie side by side, whatever the stride.
  struct ForgottenStride: WrongStage {
    let right: AveragePool
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs) { $0.multiply = 1 }
    }
  }

  /// Every output position is said to be reached by as many inputs as any.
  struct ForgottenSpan: WrongStage {
    let right: Deconv
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs) { $0.span = $0.taps * $0.divide }
    }
  }

  /// A global statistic that is said to be pointwise.
  struct SecretlyGlobal: WrongStage {
    let right: ReLU
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      var output = inputs[0]
      let mean = output.values.reduce(0, +) / Float(output.values.count)
      for index in output.values.indices { output.values[index] -= mean }
      return [output]
    }
  }

  /// A pointwise stage that is said to read the whole image.
  struct AllegedlyGlobal: WrongStage {
    let right: Tanh
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      SpatialAccess(rows: .whole, columns: .whole)
    }
  }

  /// A stage that says of its input that it reads nothing but the size.
  struct AllegedlyUnread: WrongStage {
    let right: Sigmoid
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess { .unread }
  }

  /// A stage that gives zeros, whatever goes in.
  struct Constant: WrongStage {
    let right: HardSwish
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      [Tensor(channels: inputs[0].channels, height: inputs[0].height, width: inputs[0].width)]
    }
  }

  /// A grid that is computed in one way and declared in another.
  struct WrongGrid: WrongStage {
    let right: Upsample
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs, changingGrid: { $0.grid = .asymmetric })
    }
  }

  /// The nearest pixel is rounded in one way and declared in another.
  struct WrongRounding: WrongStage {
    let right: Upsample
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      access(toInput: index, of: inputs, changingGrid: { $0.rounding = .ceil })
    }
  }

  /// Pixels beyond the edge are those of the border that is asked for, and declared as zeros.
  struct WrongBorder: WrongStage {
    let right: Conv
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      var access = right.access(toInput: index, of: inputs)
      access.border = .zero
      return access
    }
  }

  /// A number of the author's beyond the edge, which is declared as zero.
  struct WrongConstant: WrongStage {
    let right: Pad
    func access(toInput index: Int, of inputs: [TensorType]) -> SpatialAccess {
      var access = right.access(toInput: index, of: inputs)
      if case .constant = access.border { access.border = .zero }
      return access
    }
  }

  /// Zeros beyond the edge, where a maximum that no border wins is declared.
  struct ZeroBorder: WrongStage {
    let right: MaxPool
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      let first = right.evaluate(inputs, weights: weights)[0]
      let windows = right.access(toInput: 0, of: [type(of: inputs[0])])
      guard case .window(let rows) = windows.rows, case .window(let columns) = windows.columns else { return [first] }
      func reachesOut(_ window: Window, _ index: Int, _ size: Int) -> Bool {
        let start = index * window.multiply + (window.offset(1) ?? 0)
        return start < 0 || start + (window.taps - 1) * window.step >= size
      }
      var output = first
      for channel in 0..<output.channels {
        for row in 0..<output.height {
          for column in 0..<output.width
          where reachesOut(rows, row, inputs[0].height) || reachesOut(columns, column, inputs[0].width) {
            output[channel, row, column] = max(output[channel, row, column], 0)
          }
        }
      }
      return [output]
    }

    private func type(of tensor: Tensor) -> TensorType {
      TensorType(channels: tensor.channels, height: .constant(tensor.height), width: .constant(tensor.width))
    }
  }

  /// Every second row is treated in another way.
  struct Striped: WrongStage {
    let right: ReLU
    func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] {
      var output = inputs[0]
      for index in output.values.indices where (index / output.width % output.height).isMultiple(of: 2) {
        output.values[index] = -output.values[index]
      }
      return [output]
    }
  }
}
