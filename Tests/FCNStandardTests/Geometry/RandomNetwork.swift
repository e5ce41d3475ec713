import FCNCore
import FCNStandard

/// A network as data: it can be written as text, evaluated by the definitions of its stages, and made smaller.
struct RandomNetwork: Sendable {
  struct Value: Sendable {
    /// The call, or the input's size; `$0`, `$1` ... stand for the names of `inputs`.
    var call: String
    var inputs: [Int]
    var rows: AxisRule
    var columns: AxisRule
    var channels = 1
    /// One pixel for every image, by declaration.
    var isPixel = false
    var isInput = false

    func rule(_ axis: Axis) -> AxisRule { axis == .rows ? rows : columns }
  }

  /// Inputs of the network first.
  var values: [Value]
  var outputs: [Int]

  static func name(_ value: Int) -> String { "v\(value)" }

  /// One statement a line: value `i` stands in line `i + 2`.
  var text: String {
    var lines = ["network random"]
    for (index, value) in values.enumerated() {
      let call = value.inputs.indices.reversed().reduce(value.call) { call, input in
        call.replacing("$\(input)", with: Self.name(value.inputs[input]))
      }
      let name = Self.name(index)
      lines.append(value.isInput ? "input \(name)[\(value.channels)] \(call)" : "\(name) = \(call)")
    }
    lines += outputs.map { "output \(Self.name($0)): raw" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The network with every product as a sum: what depends on what is the same, and zeros do not hide it.
  var summing: RandomNetwork {
    var result = self
    for index in values.indices where values[index].call.hasPrefix("mul(") {
      result.values[index].call = "add(" + values[index].call.dropFirst(4)
    }
    return result
  }

  // MARK: Sizes

  /// The sizes of all values for an image of `size`, nil where one does not exist.
  func sizes(_ axis: Axis, _ size: Int) -> [Int?] {
    values.indices.reduce(into: []) { sizes, index in
      sizes.append(self.size(of: index, axis, image: size, among: sizes))
    }
  }

  /// The size of a value, from those of the values before it.
  func size(of index: Int, _ axis: Axis, image: Int, among sizes: [Int?]) -> Int? {
    let value = values[index]
    if value.inputs.isEmpty { return image }
    let inputs = value.inputs.compactMap { sizes[$0] }
    guard inputs.count == value.inputs.count else { return nil }
    return value.rule(axis).size(inputs, pixels: value.inputs.map { values[$0].isPixel })
  }

  /// True where all outputs exist for an image of `size`.
  func isValid(_ axis: Axis, _ size: Int) -> Bool {
    let sizes = sizes(axis, size)
    return outputs.allSatisfy { sizes[$0] != nil }
  }

  // MARK: Facts

  var joins: Int { values.count { $0.rows == .join && $0.inputs.count > 1 } }

  var hasResize: Bool {
    values.contains { value in
      if case .resized = value.rows { return true }
      return value.call.contains("like")
    }
  }

  var hasDifferentAxes: Bool { values.contains { $0.rows != $0.columns } }

  // MARK: Elaboration

  func elaborated() -> Elaborated { Elaborated(text, plugin: StandardPlugin.self) }

  /// The smallest network with the same trouble that leaving out values leads to.
  func shrunk(_ hasTrouble: (RandomNetwork) -> Bool) -> RandomNetwork {
    var result = self
    var index = result.values.count - 1
    while index > 0 {
      let smaller = [true, false].lazy.map { result.removing(index, keepingOutputs: $0) }.first {
        $0.map(hasTrouble) ?? false
      }
      if let smaller, let smaller { result = smaller }
      index = min(index, result.values.count) - 1
    }
    return result
  }

  /// The network with the first input of a value in its place, without what is no longer used; nil for inputs in use.
  private func removing(_ index: Int, keepingOutputs: Bool) -> RandomNetwork? {
    var result = self
    guard let replacement = values[index].inputs.first, !values[index].isInput else { return nil }
    for user in result.values.indices {
      result.values[user].inputs = values[user].inputs.map { $0 == index ? replacement : $0 }
    }
    result.outputs =
      keepingOutputs || outputs.count == 1
      ? outputs.map { $0 == index ? replacement : $0 } : outputs.filter { $0 != index }
    if result.outputs.isEmpty || Set(result.outputs).count < result.outputs.count { return nil }
    return result.withoutUnused
  }

  var withoutUnused: RandomNetwork {
    var isUsed = values.indices.map { outputs.contains($0) || $0 == 0 }
    for index in values.indices.reversed() where isUsed[index] {
      for input in values[index].inputs { isUsed[input] = true }
    }
    let kept = values.indices.filter { isUsed[$0] }
    let place = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    var result = RandomNetwork(values: kept.map { values[$0] }, outputs: outputs.compactMap { place[$0] })
    for index in result.values.indices {
      result.values[index].inputs = result.values[index].inputs.compactMap { place[$0] }
    }
    return result
  }
}
