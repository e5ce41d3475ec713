extension RunnableNetwork {
  /// Fills the inputs, for a first input of this size, with numbers in 0..<1 without pattern, which are always the same (a
  /// linear congruence of Numerical Recipes).
  public func fillInputs(height: Int, width: Int) {
    for index in inputs.indices {
      let size = index == 0 ? (height: height, width: width) : inputSize(index, height: height, width: width)
      var state: UInt32 = 1
      for channel in 0..<inputs[index].channels {
        for row in 0..<size.height {
          let numbers = inputRow(index, channel: channel, row: row)
          for column in 0..<size.width {
            state = state &* 1_664_525 &+ 1_013_904_223
            numbers[column] = Float(state >> 8) / Float(1 << 24)
          }
        }
      }
    }
  }
}
