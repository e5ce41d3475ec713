import FCNCore
import FCNTestSupport

/// A number for rows and one for columns, as in `3x5`.
struct RowsColumns: Hashable, CustomStringConvertible {
  var rows: Int
  var columns: Int

  init(_ rows: Int, _ columns: Int) { (self.rows, self.columns) = (rows, columns) }

  var description: String { rows == columns ? "\(rows)" : "\(rows)x\(columns)" }
}

/// Draws random networks of the kinds that people write: chains, residual networks, encoders with decoders, crops, gates,
/// several inputs and outputs, and any graph at all.
struct NetworkMaker {
  /// Sizes of images that the maker looks at, so that what it makes exists for some: not only for small ones.
  static let sample = 49...108
  /// No value gets larger than this times the image.
  static let growth = 4

  var dice: SeededGenerator
  private(set) var network = RandomNetwork(values: [], outputs: [])
  /// Rows and columns get rules of their own.
  let isUneven: Bool
  private var sizes: [Axis: [[Int?]]] = [:]

  private init(seed: UInt64) {
    dice = SeededGenerator(seed: seed)
    isUneven = dice.chance(35)
    add(Self.input(isFirst: true, call: "", rule: .input))
  }

  static func network(seed: UInt64) -> RandomNetwork {
    var maker = NetworkMaker(seed: seed)
    maker.make()
    return maker.network
  }

  // MARK: Building

  /// The newest value.
  var last: Int { network.values.count - 1 }

  /// How many of the looked at sizes are valid for a value.
  func validCount(_ value: Int, _ axis: Axis) -> Int { sizes[axis]?.count { $0[value] != nil } ?? 0 }

  /// How many of the looked at sizes give two values one size.
  func agreement(_ a: Int, _ b: Int, _ axis: Axis) -> Int {
    sizes[axis]?.count { $0[a] != nil && $0[a] == $0[b] } ?? 0
  }

  /// Adds a value; false where it exists for no image that is looked at, or gets too large.
  @discardableResult
  mutating func add(_ value: RandomNetwork.Value) -> Bool {
    let before = self
    append(value)
    let isFine = Axis.allCases.allSatisfy { axis in
      let results = zip(Self.sample, sizes[axis] ?? []).compactMap { size, row in row.last?.map { (size, $0) } }
      return !results.isEmpty && results.allSatisfy { $1 <= $0 * Self.growth }
    }
    if !isFine { self = before }
    return isFine
  }

  private mutating func append(_ value: RandomNetwork.Value) {
    network.values.append(value)
    for axis in Axis.allCases {
      var table = sizes[axis] ?? Self.sample.map { _ in [] }
      for (row, size) in Self.sample.enumerated() {
        table[row].append(network.size(of: last, axis, image: size, among: table[row]))
      }
      sizes[axis] = table
    }
  }

  /// Adds the first of some tries that exists for some image.
  @discardableResult
  mutating func add(tries: Int = 6, _ make: (inout Self) -> RandomNetwork.Value) -> Bool {
    for _ in 0..<tries {
      let value = make(&self)
      if add(value) { return true }
    }
    return false
  }

  static func input(isFirst: Bool, call: String, rule: AxisRule) -> RandomNetwork.Value {
    .init(call: call, inputs: isFirst ? [] : [0], rows: rule, columns: rule, isInput: true)
  }

  /// One number for both axes, or one for each in networks that are uneven.
  mutating func pair(_ options: [Int]) -> RowsColumns {
    let rows = dice.pick(options)
    return RowsColumns(rows, isUneven && dice.chance(50) ? dice.pick(options) : rows)
  }

  // MARK: Kinds

  private mutating func make() {
    switch dice.number(0...11) {
    case 0: chain(3...9)
    case 1, 2: residual()
    case 3...6: encoderDecoder()
    case 7: croppedDecoder()
    case 8: twoInputs()
    case 9: gated()
    default: anything()
    }
    if dice.chance(25) { chain(1...2) }
    if dice.chance(40) { joinAny() }
    var outputs: Set = [last]
    if dice.chance(20) { outputs.insert(dice.number(0...last)) }
    network.outputs = outputs.filter { !network.values[$0].isInput }.sorted()
    if network.outputs.isEmpty {
      add(pointwise(last))
      network.outputs = [last]
    }
    if dice.chance(85) { network = network.withoutUnused }
  }

  mutating func chain(_ count: ClosedRange<Int>) {
    for _ in 0..<dice.number(count) { addAny(last) }
  }

  /// Blocks whose shortcut shrinks in its own way (He et al. 2016).
  private mutating func residual() {
    if dice.chance(50) { add { $0.convolution($0.last, stride: $0.pair([1, 2]), pad: $0.padding(3)) } }
    for _ in 0..<dice.number(1...4) {
      let input = last
      let stride = pair([1, 1, 2, 3])
      guard add({ $0.keeping(input, stride) }) else { continue }
      if dice.chance(50) { add { $0.keeping($0.last) } }
      let main = last
      if stride != RowsColumns(1, 1) || dice.chance(20) {
        add {
          $0.dice.chance(60)
            ? $0.convolution(input, kernel: RowsColumns(1, 1), stride: stride)
            : $0.pool(input, kernel: $0.pair([2, 3]), stride: stride)
        }
      } else {
        add(pointwise(input))
      }
      join([main, last])
    }
  }

  /// Down with skips, and up again (Ronneberger et al. 2015).
  private mutating func encoderDecoder() {
    var skips: [(value: Int, stride: RowsColumns)] = []
    for _ in 0..<dice.number(1...4) {
      if dice.chance(60) { add { $0.keeping($0.last) } }
      let stride = pair([2, 2, 2, 3])
      let value = last
      guard add({ $0.down(value, stride) }) else { continue }
      skips.append((value, stride))
    }
    if dice.chance(40) { addAny(last) }
    for skip in skips.reversed() {
      let bottom = last
      add { $0.up(bottom, skip.stride, like: skip.value) }
      let top = last
      if dice.chance(25) { add(cropLike(skip.value, top)) }
      if dice.chance(80) { join([top, last == top ? skip.value : last]) }
      if dice.chance(50) { add { $0.keeping($0.last) } }
    }
  }

  /// Scores that are enlarged and cut to the size of an earlier value (Long et al. 2015).
  private mutating func croppedDecoder() {
    let start = last
    add { $0.convolution(start, stride: RowsColumns(1, 1), pad: $0.padding(6)) }
    var levels = [last]
    for _ in 0..<dice.number(1...3) {
      let value = last
      add { $0.down(value, RowsColumns(2, 2)) }
      levels.append(last)
    }
    for level in levels.dropLast().reversed() {
      let bottom = last
      add { $0.transposed(bottom, RowsColumns(2, 2)) }
      let enlarged = last
      let (wide, narrow) = dice.chance(70) ? (level, enlarged) : (enlarged, level)
      if add(cropLike(wide, narrow)) { join([last, narrow]) }
    }
    if dice.chance(50) { add(cropLike(last, 0)) }
  }

  private mutating func twoInputs() {
    let factor = dice.number(2...3)
    let isSmaller = dice.chance(60)
    add(
      Self.input(
        isFirst: false, call: "like $0 \(isSmaller ? "/" : "*") \(factor)",
        rule: isSmaller ? .quotient(factor) : .multiple(factor)))
    let guide = last
    if dice.chance(50) { addAny(guide) }
    let second = last
    let (small, large) = isSmaller ? (second, 0) : (0, second)
    if dice.chance(50) {
      add { $0.down(large, RowsColumns(factor, factor)) }
      join([small, last])
    } else {
      add { $0.up(small, RowsColumns(factor, factor), like: large) }
      join([large, last])
    }
    chain(1...3)
  }

  /// Squeeze-and-excitation (Hu, Shen and Sun 2018).
  private mutating func gated() {
    chain(1...3)
    let value = last
    let squeezed = RandomNetwork.Value(
      call: "$0 -> global_mean", inputs: [value], rows: .whole, columns: .whole,
      channels: network.values[value].channels, isPixel: true)
    add(squeezed)
    if dice.chance(70) {
      add(convolution(last, kernel: RowsColumns(1, 1), stride: RowsColumns(1, 1)))
      if dice.chance(20) {
        addAny(dice.number(0...value))
        let other = last
        add(.init(call: "$0 -> global_mean", inputs: [other], rows: .whole, columns: .whole, isPixel: true))
        join([other - 1, last])
      }
    }
    join([value, last])
    chain(1...2)
  }

  private mutating func anything() {
    for _ in 0..<dice.number(4...11) {
      if dice.chance(45) { joinAny() } else { addAny(dice.number(max(0, last - 3)...last)) }
    }
  }

  // MARK: Joins

  /// Joins values pixel by pixel or channel after channel, brought to one channel again.
  mutating func join(_ inputs: [Int]) {
    let hasPixel = inputs.contains { network.values[$0].isPixel }
    let names = inputs.indices.map { "$\($0)" }.joined(separator: ", ")
    let words = ["add", "add", "max", "mul"] + (hasPixel ? [] : ["concat", "concat", "concat"])
    var word = dice.pick(words)
    if word == "mul", network.values.contains(where: { $0.call.hasPrefix("mul") }) { word = "add" }
    let counts = inputs.map { network.values[$0].channels }
    let isPixel = inputs.allSatisfy { network.values[$0].isPixel }
    var value = RandomNetwork.Value(
      call: "\(word)(\(names))", inputs: inputs, rows: .join, columns: .join, isPixel: isPixel)
    value.channels = word == "concat" ? counts.reduce(0, +) : counts.max() ?? 1
    // A join that exists for no image is tried now and then.
    if !add(value), dice.chance(12), Set(inputs).count == inputs.count { append(value) }
    if network.values[last].channels > 1 {
      add(convolution(last, kernel: RowsColumns(1, 1), stride: RowsColumns(1, 1)))
    }
  }

  /// Joins two values that agree for some images, rather those that do not for all.
  mutating func joinAny() {
    var best: (score: Int, inputs: [Int])?
    for _ in 0..<8 {
      let a = dice.number(0...last)
      let b = dice.number(0...last)
      guard a != b, network.values[a].channels == network.values[b].channels else { continue }
      let score =
        Axis.allCases.map { axis in
          let count = agreement(a, b, axis)
          return count == 0 ? 0 : count == validCount(a, axis) && count == validCount(b, axis) ? 1 : 2 + min(count, 8)
        }.min() ?? 0
      if score > best?.score ?? 0 { best = (score, [a, b]) }
    }
    if let best { join(best.inputs) }
  }
}

extension SeededGenerator {
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func pick<Element>(_ options: [Element]) -> Element { options[number(0...options.count - 1)] }
  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
}
