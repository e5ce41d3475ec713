import FCNCore

extension Stage {
  /// Refuses inputs whose numbers are indexes of classes.
  static func requireReal(_ inputs: [TensorType]) throws(Rejection) {
    for (index, input) in inputs.enumerated() where input.element != .real {
      throw Rejection(
        "`\(signature.name)` computes with real numbers, but this value holds indexes of classes", .input(index),
        help: "use the value before `argmax`")
    }
  }

  /// Works out sizes; one that cannot be written as an exact formula becomes a rejection.
  static func sizes<Result>(_ body: () throws(Extent.Failure) -> Result) throws(Rejection) -> Result {
    do {
      return try body()
    } catch {
      switch error {
      case .periodTooLarge:
        throw Rejection(
          "the size of the output of `\(signature.name)` repeats only after more than \(Extent.periodLimit) pixels",
          help: "use fewer strides, or strides with common factors, between the input and this stage")
      case .overflow:
        throw Rejection(
          "the size of the output of `\(signature.name)` does not fit into 64 bits",
          help: "use smaller factors between the input and this stage")
      }
    }
  }

  /// Refuses an output that no input size gives.
  static func requireSomeSize(
    _ outputs: [TensorType], _ subject: Rejection.Subject = .stage, of input: TensorType, index: Int = 0,
    help: String
  ) throws(Rejection) {
    let axes = [("height", "H", \TensorType.height), ("width", "W", \TensorType.width)]
    for output in outputs {
      for (axis, variable, path) in axes where output[keyPath: path].isEmpty {
        throw Rejection(
          "no image size gives an output of `\(signature.name)` with a \(axis) of 1 or more", subject,
          related: [(.input(index), "\(axis) here: \(input[keyPath: path].formula(of: variable))")], help: help)
      }
    }
  }

  /// The size of a type as text: `H - 2 x W - 2`.
  static func size(_ type: TensorType) -> String {
    "\(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
  }
}
