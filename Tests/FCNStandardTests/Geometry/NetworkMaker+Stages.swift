import FCNCore

/// Single stages with random arguments, each as a call and as a rule for either axis.
extension NetworkMaker {
  typealias Value = RandomNetwork.Value

  /// Pixels at the four sides.
  struct Sides {
    var top = 0
    var left = 0
    var bottom = 0
    var right = 0

    init() {}
    init(_ pair: RowsColumns) { (top, left, bottom, right) = (pair.rows, pair.columns, pair.rows, pair.columns) }

    var isNone: Bool { [top, left, bottom, right].allSatisfy { $0 == 0 } }

    var text: String {
      if top == bottom, left == right { return RowsColumns(top, left).description }
      return "[\(top), \(left), \(bottom), \(right)]"
    }
  }

  /// How a convolution is padded.
  enum Padding {
    case sides(Sides)
    case same, sameTF, valid
  }

  mutating func sides(_ most: Int) -> Sides {
    var sides = Sides(pair(Array(0...most)))
    if dice.chance(25) {
      sides.bottom = dice.number(0...most)
      if isUneven { sides.right = dice.number(0...most) } else { (sides.left, sides.right) = (sides.top, sides.bottom) }
    }
    return sides
  }

  mutating func padding(_ most: Int) -> Padding {
    switch dice.number(0...9) {
    case 0...3: .sides(sides(most))
    case 4...6: .same
    case 7: .sameTF
    default: .valid
    }
  }

  // MARK: Any stage

  mutating func addAny(_ input: Int) {
    add { maker in
      let pixel = maker.network.values[input].isPixel
      switch maker.dice.number(0...(pixel ? 1 : 19)) {
      case 0: return maker.pointwise(input)
      case 1 where pixel: return maker.convolution(input, kernel: RowsColumns(1, 1), stride: RowsColumns(1, 1))
      case 1...7:
        let most = maker.dice.pick([1, 2, 3])
        return maker.convolution(input, stride: maker.pair([1, 1, 1, 2, 3]), pad: maker.padding(most))
      case 8...11:
        return maker.pool(input, kernel: maker.pair([1, 2, 2, 3, 3, 4, 5]), stride: maker.pair([1, 2, 2, 3]))
      case 12, 13: return maker.transposed(input, maker.pair([1, 2, 2, 3]))
      case 14, 15: return maker.resized(input)
      case 16: return maker.padded(input)
      case 17: return maker.cropped(input)
      case 18: return maker.unshuffled(input)
      default: return maker.enlargedLike(input)
      }
    }
    switch network.values[last].channels {
    case 1: break
    case 4 where dice.chance(30):
      // The pixels of a block are mixed: what is known of them is known of all channels.
      add(convolution(last, channels: 4, kernel: RowsColumns(1, 1), stride: RowsColumns(1, 1)))
      add(.init(call: "$0 -> pixel_shuffle(2, order: crd)", inputs: [last], rows: .multiple(2), columns: .multiple(2)))
    default: add(convolution(last, kernel: RowsColumns(1, 1), stride: RowsColumns(1, 1)))
    }
  }

  mutating func down(_ input: Int, _ stride: RowsColumns) -> Value {
    switch dice.number(0...9) {
    case 0...4: pool(input, kernel: stride, stride: stride)
    case 5, 6: pool(input, kernel: pair([2, 3, 3, 4]), stride: stride)
    default: convolution(input, stride: stride, pad: padding(1))
    }
  }

  /// An enlargement by the stride, or to the size of a value.
  mutating func up(_ input: Int, _ stride: RowsColumns, like other: Int) -> Value {
    switch dice.number(0...9) {
    case 0, 1: return enlarged(input, like: other)
    case 2: return transposed(input, stride, like: other)
    case 3...6 where stride.rows == stride.columns: return resized(input, stride.rows, 1)
    default:
      return dice.chance(50)
        ? deconvolution(input, kernel: stride, stride: stride, sides: Sides(), more: RowsColumns(0, 0))
        : transposed(input, stride)
    }
  }

  // MARK: Windows

  mutating func convolution(
    _ input: Int, channels: Int = 1, kernel: RowsColumns? = nil, stride: RowsColumns, pad: Padding = .valid
  ) -> Value {
    let kernel = kernel ?? pair([1, 2, 3, 3, 3, 4, 5, 7])
    let isPlain = kernel == RowsColumns(1, 1)
    let dilation = isPlain ? RowsColumns(1, 1) : pair([1, 1, 1, 2, 3])
    var rows = AxisRule.Window(kernel: kernel.rows, stride: stride.rows, dilation: dilation.rows)
    var columns = AxisRule.Window(kernel: kernel.columns, stride: stride.columns, dilation: dilation.columns)
    var word = "valid"
    switch pad {
    case .same where rows.reach % 2 == 1 && columns.reach % 2 == 1:
      word = "same"
      (rows.before, rows.after) = (rows.reach / 2, rows.reach / 2)
      (columns.before, columns.after) = (columns.reach / 2, columns.reach / 2)
    case .sameTF:
      word = "same_tf"
      (rows.ending, columns.ending) = (.sameTF, .sameTF)
    case .sides(let sides):
      word = sides.text
      (rows.before, rows.after) = (sides.top, sides.bottom)
      (columns.before, columns.after) = (sides.left, sides.right)
    default: break
    }
    var call = "$0 -> conv(\(channels), kernel: \(kernel), stride: \(stride), dilation: \(dilation), pad: \(word)"
    if word != "valid", dice.chance(25) {
      let edge = dice.pick([AxisRule.Edge.replicate, .reflect])
      (rows.edge, columns.edge) = (edge, edge)
      call += ", border: \(edge.rawValue)"
    }
    return Value(
      call: call + ")", inputs: [input], rows: .window(rows), columns: .window(columns),
      channels: channels, isPixel: isPlain && network.values[input].isPixel)
  }

  /// A convolution that mostly keeps the size, or divides it by the stride.
  mutating func keeping(_ input: Int, _ stride: RowsColumns = RowsColumns(1, 1)) -> Value {
    convolution(
      input, kernel: pair([1, 3, 3, 3, 5]), stride: stride, pad: dice.chance(70) ? .same : padding(2))
  }

  mutating func pool(_ input: Int, kernel: RowsColumns, stride: RowsColumns) -> Value {
    let isMaximum = dice.chance(60)
    var rows = AxisRule.Window(kernel: kernel.rows, stride: stride.rows)
    var columns = AxisRule.Window(kernel: kernel.columns, stride: stride.columns)
    var arguments = "\(kernel), stride: \(stride)"
    var isPadded = false
    if dice.chance(15) {
      arguments += ", pad: same_tf"
      isPadded = true
      (rows.ending, columns.ending) = (.sameTF, .sameTF)
    } else {
      let sides = sides(min(kernel.rows, kernel.columns) / 2)
      if !sides.isNone, dice.chance(50) {
        arguments += ", pad: \(sides.text)"
        isPadded = true
        (rows.before, rows.after) = (sides.top, sides.bottom)
        (columns.before, columns.after) = (sides.left, sides.right)
      }
      // Caffe's windows beyond an image without padding are refused.
      let fits = rows.before + rows.after > 0 && columns.before + columns.after > 0
      let isClose = kernel.rows >= stride.rows && kernel.columns >= stride.columns
      let ending = dice.pick([AxisRule.Window.Ending.floor, .floor, .ceil, fits || isClose ? .ceilCaffe : .ceil])
      arguments += ", round: \(ending.rawValue)"
      (rows.ending, columns.ending) = (ending, ending)
    }
    if !isMaximum, isPadded { arguments += ", count_include_pad: \(dice.chance(50))" }
    return Value(
      call: "$0 -> \(isMaximum ? "maxpool" : "avgpool")(\(arguments))", inputs: [input], rows: .window(rows),
      columns: .window(columns), channels: network.values[input].channels)
  }

  mutating func transposed(_ input: Int, _ stride: RowsColumns, like other: Int? = nil) -> Value {
    let kernel = pair([1, 2, 2, 3, 3, 4, 4, 5])
    let more = RowsColumns(
      dice.chance(40) ? dice.number(0...stride.rows - 1) : 0, dice.chance(40) ? dice.number(0...stride.columns - 1) : 0)
    return deconvolution(
      input, kernel: kernel, stride: stride, sides: sides((min(kernel.rows, kernel.columns) - 1) / 2),
      more: isUneven || stride.rows != stride.columns ? more : RowsColumns(more.rows, more.rows), like: other)
  }

  func deconvolution(
    _ input: Int, kernel: RowsColumns, stride: RowsColumns, sides: Sides, more: RowsColumns, like other: Int? = nil
  ) -> Value {
    let rows = AxisRule.Transposed(
      kernel: kernel.rows, stride: stride.rows, before: sides.top, after: sides.bottom,
      more: other == nil ? more.rows : nil)
    let columns = AxisRule.Transposed(
      kernel: kernel.columns, stride: stride.columns, before: sides.left, after: sides.right,
      more: other == nil ? more.columns : nil)
    let size = other == nil ? "output_padding: \(more)" : "like: $1"
    return Value(
      call: "$0 -> deconv(1, kernel: \(kernel), stride: \(stride), pad: \(sides.text), \(size))",
      inputs: [input] + (other.map { [$0] } ?? []), rows: .transposed(rows), columns: .transposed(columns))
  }

  // MARK: Resizes

  mutating func resized(_ input: Int) -> Value {
    let (up, down) = dice.pick([(2, 1), (2, 1), (3, 1), (3, 2), (2, 3), (1, 2), (4, 3), (5, 4), (1, 3)])
    return resized(input, up, down)
  }

  mutating func resized(_ input: Int, _ up: Int, _ down: Int) -> Value {
    var (rule, arguments) = interpolation()
    (rule.up, rule.down) = (up, down)
    return Value(
      call: "$0 -> upsample(\(down == 1 ? "\(up)" : "[\(up), \(down)]"), \(arguments))", inputs: [input],
      rows: .resized(rule), columns: .resized(rule), channels: network.values[input].channels)
  }

  mutating func enlargedLike(_ input: Int) -> Value { enlarged(input, like: dice.number(0...last)) }

  mutating func enlarged(_ input: Int, like other: Int) -> Value {
    var (rule, arguments) = interpolation()
    rule.isLike = true
    return Value(
      call: "$0 -> upsample(like: $1, \(arguments))", inputs: [input, other], rows: .resized(rule),
      columns: .resized(rule), channels: network.values[input].channels, isPixel: network.values[other].isPixel)
  }

  private mutating func interpolation() -> (AxisRule.Resized, String) {
    let grid = dice.pick(AxisRule.Resized.Grid.allCases)
    guard dice.chance(60) else {
      return (AxisRule.Resized(grid: grid), "mode: bilinear, grid: \(grid.rawValue)")
    }
    if dice.chance(50) {
      let rounding = grid == .asymmetric ? AxisRule.Resized.Rounding.floor : .halfUp
      return (AxisRule.Resized(grid: grid, rounding: rounding), "mode: nearest, grid: \(grid.rawValue)")
    }
    let rounding = dice.pick(AxisRule.Resized.Rounding.allCases)
    return (
      AxisRule.Resized(grid: grid, rounding: rounding),
      "mode: nearest, grid: \(grid.rawValue), rounding: \(rounding.rawValue)"
    )
  }

  // MARK: Pads, crops, blocks

  mutating func padded(_ input: Int) -> Value {
    let sides = sides(4)
    let edge = dice.pick(AxisRule.Edge.allCases)
    return Value(
      call: "$0 -> pad(\(sides.text), mode: \(edge.rawValue))", inputs: [input],
      rows: .padded(before: sides.top, after: sides.bottom, edge),
      columns: .padded(before: sides.left, after: sides.right, edge), channels: network.values[input].channels)
  }

  mutating func cropped(_ input: Int) -> Value {
    let sides = sides(3)
    return Value(
      call: "$0 -> crop(\(sides.text))", inputs: [input], rows: .cropped(before: sides.top, after: sides.bottom),
      columns: .cropped(before: sides.left, after: sides.right), channels: network.values[input].channels)
  }

  mutating func cropLike(_ input: Int, _ other: Int) -> Value {
    let channels = network.values[input].channels
    if dice.chance(50) {
      return Value(
        call: "$0 -> crop(like: $1, center: true)", inputs: [input, other], rows: .croppedLike(offset: nil),
        columns: .croppedLike(offset: nil), channels: channels)
    }
    let offset = pair([0, 0, 1, 2, 3, 5])
    return Value(
      call: "$0 -> crop(like: $1, offset: \(offset))", inputs: [input, other],
      rows: .croppedLike(offset: offset.rows), columns: .croppedLike(offset: offset.columns), channels: channels)
  }

  mutating func unshuffled(_ input: Int) -> Value {
    Value(
      call: "$0 -> pixel_unshuffle(2, order: \(dice.pick(["crd", "dcr"])))", inputs: [input], rows: .quotient(2),
      columns: .quotient(2), channels: network.values[input].channels * 4)
  }

  func pointwise(_ input: Int) -> Value {
    Value(
      call: "$0 -> relu", inputs: [input], rows: .join, columns: .join, channels: network.values[input].channels,
      isPixel: network.values[input].isPixel)
  }
}
