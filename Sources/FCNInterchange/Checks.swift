import FCNCore

/// The number of elements of a shape; nil where it does not fit 63 bits or there are more than 32 axes.
func elementCount(of shape: [Int]) -> Int? {
  guard shape.count <= 32 else { return nil }
  // Axes of size zero are left out at first: who multiplies from the left must not overflow before one is met.
  var count = 1
  for size in shape where size != 0 {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow else { return nil }
    count = product
  }
  return shape.contains(0) ? 0 : count
}

/// The bytes of so many elements; nil where they do not fit 63 bits.
func byteCount(of elements: Int, size: Int) -> Int? {
  let (bytes, overflow) = elements.multipliedReportingOverflow(by: size)
  return overflow ? nil : bytes
}

/// Calls `body` with the place of every number of a tensor, the last axis fastest.
/// - Parameters:
///   - strides: for each axis how many numbers lie between neighbours.
///   - offset: the place of the first number.
func forEachPosition(shape: [Int], strides: [Int], offset: Int = 0, _ body: (Int) -> Void) {
  guard !shape.contains(0) else { return }
  var index = Array(repeating: 0, count: shape.count)
  var place = offset
  while true {
    body(place)
    var axis = shape.count - 1
    while axis >= 0 {
      index[axis] += 1
      place += strides[axis]
      guard index[axis] == shape[axis] else { break }
      place -= strides[axis] * shape[axis]
      index[axis] = 0
      axis -= 1
    }
    guard axis >= 0 else { return }
  }
}

/// - Throws: where a number is NaN or infinite, with the tensor and the index.
func checkFinite(
  _ values: [Float], shape: [Int], name: String, path: String
) throws(WeightFileError) {
  guard let position = values.firstIndex(where: { !$0.isFinite }) else { return }
  var index: [Int] = []
  var rest = position
  for size in shape.reversed() {
    index.insert(rest % size, at: 0)
    rest /= size
  }
  let what = values[position].isNaN ? "not a number (NaN)" : "infinite, or too large for 32 bits"
  throw WeightFileError(
    path: path, message: "tensor `\(name)`: the number at \(index) is \(what)",
    help: "a network with such a weight gives no useful results; save the weights of an earlier step of the training")
}
