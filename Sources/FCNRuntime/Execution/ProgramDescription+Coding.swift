extension ProgramDescription {
  /// The number that the encoded form begins with; it changes with the form.
  private static let version = 0x66_63_6e_06

  /// The description as bytes, as it is put into a program, with a checksum: what a program plans its memory from must
  /// not be damaged.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.version)
    writer.write(name)
    sizes.encode(into: &writer)
    writer.write(parameterCount)
    writer.write(targetName)
    writer.write(Int(Int64(bitPattern: requiredFeatures)))
    writer.write(weightFile)
    writer.write(weightInterface)
    writer.write(facts.count)
    for fact in facts {
      writer.write(fact.name)
      writer.write(fact.text)
    }
    writer.write(extents.count)
    for extent in extents { extent.encode(into: &writer) }
    writer.write(buffers.count)
    for buffer in buffers { writer.write([buffer.height, buffer.width, buffer.blocks, buffer.lanes]) }
    writer.write(views.count)
    for view in views {
      writer.write([view.buffer, view.firstBlock, view.blocks, view.channels])
      view.border.encode(into: &writer)
    }
    writer.write(steps.count)
    for step in steps {
      writer.write(step.name)
      writer.write(step.kernel)
      writer.write(step.outputs)
      writer.write(step.operands.count)
      for operand in step.operands { operand.encode(into: &writer) }
      writer.write([
        step.parameters, step.columnTile, step.leadingColumns, step.rowTile, step.scratch,
        step.readsWholeTiles ? 1 : 0, step.blockTile, step.numbers, step.isOnDemand ? 1 : 0,
      ])
    }
    writer.write(inputs.count)
    for input in inputs {
      writer.write(input.view)
      input.description.encode(into: &writer)
    }
    writer.write(outputs.count)
    for output in outputs {
      writer.write(output.view)
      output.description.encode(into: &writer)
    }
    writer.write(taps.count)
    for tap in taps {
      writer.write([tap.view, tap.description.channels])
      writer.write(tap.description.name)
    }
    return writer.sealed()
  }

  /// - Returns: nil where the bytes are not a description of this version, or are damaged.
  public init?(encoded bytes: UnsafeBufferPointer<UInt8>) {
    guard var reader = ByteReader(sealed: bytes), reader.integer() == Self.version else { return nil }
    self.init(name: reader.string())
    sizes = SizeRules(from: &reader)
    parameterCount = reader.integer()
    targetName = reader.string()
    requiredFeatures = UInt64(bitPattern: Int64(reader.integer()))
    weightFile = reader.string()
    weightInterface = reader.string()
    for _ in 0..<reader.count() { facts.append(Fact(name: reader.string(), text: reader.string())) }
    for _ in 0..<reader.count() { extents.append(ExtentTable(from: &reader)) }
    for _ in 0..<reader.count() {
      let numbers = reader.integers()
      guard numbers.count == 4 else { return nil }
      buffers.append(
        BufferDescription(height: numbers[0], width: numbers[1], blocks: numbers[2], lanes: numbers[3]))
    }
    for _ in 0..<reader.count() {
      let numbers = reader.integers()
      guard numbers.count == 4 else { return nil }
      views.append(
        ViewDescription(
          buffer: numbers[0], firstBlock: numbers[1], blocks: numbers[2], channels: numbers[3],
          border: BorderDescription(from: &reader)))
    }
    for _ in 0..<reader.count() {
      let name = reader.string()
      let kernel = reader.integer()
      let outputs = reader.integers()
      var operands: [OperandDescription] = []
      for _ in 0..<reader.count() { operands.append(OperandDescription(from: &reader)) }
      let numbers = reader.integers()
      guard numbers.count == 9 else { return nil }
      var step = StepDescription(
        name: name, kernel: kernel, outputs: outputs, operands: operands, parameters: numbers[0],
        columnTile: numbers[1], leadingColumns: numbers[2], rowTile: numbers[3],
        readsWholeTiles: numbers[5] != 0, blockTile: numbers[6], scratch: numbers[4], numbers: numbers[7])
      step.isOnDemand = numbers[8] != 0
      steps.append(step)
    }
    for _ in 0..<reader.count() {
      inputs.append(Port(view: reader.integer(), description: InputDescription(from: &reader)))
    }
    for _ in 0..<reader.count() {
      outputs.append(Port(view: reader.integer(), description: OutputDescription(from: &reader)))
    }
    for _ in 0..<reader.count() {
      let numbers = reader.integers()
      guard numbers.count == 2 else { return nil }
      taps.append(
        Port(view: numbers[0], description: TapDescription(name: reader.string(), channels: numbers[1])))
    }
    if reader.hasFailed { return nil }
  }
}

extension BorderDescription {
  fileprivate func encode(into writer: inout ByteWriter) {
    switch self {
    case .zero: writer.write(0)
    case .negativeInfinity: writer.write(1)
    case .replicate: writer.write(2)
    case .reflect: writer.write(3)
    case .constant(let value):
      writer.write(4)
      writer.write(value)
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    switch reader.integer() {
    case 1: self = .negativeInfinity
    case 2: self = .replicate
    case 3: self = .reflect
    case 4: self = .constant(reader.float())
    default: self = .zero
    }
  }
}

extension OperandDescription {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(view)
    rows.encode(into: &writer)
    columns.encode(into: &writer)
    border.encode(into: &writer)
    writer.write(usesColumnTable)
    switch presence {
    case .untold: writer.write(0)
    case .inside: writer.write(1)
    case .insidePadding(let rows, let columns):
      writer.write(2)
      writer.write(rows)
      writer.write(columns)
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    view = reader.integer()
    rows = AxisDescription(from: &reader)
    columns = AxisDescription(from: &reader)
    border = BorderDescription(from: &reader)
    usesColumnTable = reader.flag()
    switch reader.integer() {
    case 1: presence = .inside
    case 2: presence = .insidePadding(rowsAfter: reader.integer(), columnsAfter: reader.integer())
    default: presence = .untold
    }
  }
}

extension AxisDescription {
  fileprivate func encode(into writer: inout ByteWriter) {
    switch self {
    case .window(let taps, let step, let multiply, let divide, let shift, let offset):
      writer.write(0)
      for number in [taps, step, multiply, divide, shift, offset] { writer.write(number) }
    case .resample(let bilinear, let grid, let rounding, let numerator, let denominator):
      writer.write(1)
      writer.write(bilinear)
      for number in [Int(grid.rawValue), Int(rounding.rawValue), numerator, denominator] { writer.write(number) }
    case .whole:
      writer.write(2)
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    switch reader.integer() {
    case 0:
      self = .window(
        taps: reader.integer(), step: reader.integer(), multiply: reader.integer(), divide: max(1, reader.integer()),
        shift: reader.integer(), offset: reader.integer())
    case 1:
      self = .resample(
        bilinear: reader.flag(), grid: Grid(rawValue: UInt8(truncatingIfNeeded: reader.integer())) ?? .halfPixel,
        rounding: Rounding(rawValue: UInt8(truncatingIfNeeded: reader.integer())) ?? .floor,
        numerator: reader.integer(), denominator: reader.integer())
    default:
      self = .whole
    }
  }
}
