import FCNCore

extension Stage {
  /// The type of values joined pixel by pixel. A value broadcasts where its type says so: `[C, 1, 1]` over every pixel,
  /// `[1, H, W]` over every channel. A size that happens to be one does not.
  static func broadcast(_ inputs: [TensorType]) throws(Rejection) -> TensorType {
    let widest = inputs.indices.max { inputs[$0].channels < inputs[$1].channels } ?? 0
    let channels = inputs[widest].channels
    for (index, input) in inputs.enumerated() where input.channels != channels && input.channels != 1 {
      let (first, second) = (min(index, widest), max(index, widest))
      throw Rejection(
        "`\(signature.name)` joins values with different numbers of channels: \(inputs[first].channels) and "
          + "\(inputs[second].channels)", .input(second),
        related: [(.input(first), "\(inputs[first].channels) channels")],
        help: "bring one of them to the channels of the other with `conv(..., kernel: 1)`, or use `concat`")
    }
    let grids = inputs.indices.filter { !inputs[$0].isPerChannel }
    var type = grids.isEmpty ? inputs[0] : try sameSize(inputs, among: grids)
    type.channels = channels
    for input in inputs where input.isPerChannel {
      type.height = try sizes { () throws(Extent.Failure) in try type.height.restricted(toDomainOf: input.height) }
      type.width = try sizes { () throws(Extent.Failure) in try type.width.restricted(toDomainOf: input.width) }
    }
    return type
  }

  /// The type of the first of some inputs, restricted to the image sizes for which all of them have the same size.
  static func sameSize(_ inputs: [TensorType], among indices: [Int]) throws(Rejection) -> TensorType {
    var type = inputs[indices[0]]
    for index in indices.dropFirst() {
      let other = inputs[index]
      let joined = try sizes { () throws(Extent.Failure) in
        (height: try type.height.matching(other.height), width: try type.width.matching(other.width))
      }
      guard !joined.height.isEmpty, !joined.width.isEmpty else {
        let first = firstMismatch(inputs, index, among: indices)
        let broadcasts = other.isPerChannel || inputs[first].isPerChannel
        throw Rejection(
          "`\(signature.name)` joins values whose sizes agree for no image: \(size(inputs[first])) and \(size(other))",
          .input(index), related: [(.input(first), "\(size(inputs[first])) (H x W are those of the network's input)")],
          help: broadcasts
            ? "`\(signature.name)` does not repeat a value of one pixel: enlarge it with `upsample(like: ...)`"
            : "bring both to one size with `upsample(like: ...)` or `crop(like: ...)`, or mend the padding or stride of "
              + "the stages before")
      }
      for (axis, size, extents) in [
        (Axis.rows, joined.height, (type.height, other.height)), (.columns, joined.width, (type.width, other.width)),
      ] where size.isFinite && !extents.0.isFinite && !extents.1.isFinite {
        throw Rejection(
          "`\(signature.name)` joins values whose sizes grow differently: \(Self.size(type)) and \(Self.size(other)) "
            + "agree only for \(size.domain(of: axis.variable))", .input(index),
          related: [(.input(firstMismatch(inputs, index, among: indices)), "the other value")],
          help: "bring both to one size with `upsample(like: ...)` or `crop(like: ...)`, or mend the strides of the "
            + "stages before")
      }
      type.height = joined.height
      type.width = joined.width
    }
    return type
  }

  /// The first input that by itself never has the size of input `index`, or the first of all where only the
  /// conditions of several inputs together exclude each other.
  private static func firstMismatch(_ inputs: [TensorType], _ index: Int, among indices: [Int]) -> Int {
    for candidate in indices where candidate < index {
      let height = try? inputs[candidate].height.matching(inputs[index].height)
      let width = try? inputs[candidate].width.matching(inputs[index].width)
      if height?.isEmpty ?? false || width?.isEmpty ?? false { return candidate }
    }
    return indices[0]
  }
}
