import FCNRuntime

/// Turns an optimised graph with its weights into kernels and a plan.
///
/// It decides the memory form of each value: inputs and outputs of the network are planar, everything else lies in
/// blocks; the parts of a concatenation are written straight into the memory of the whole. Where a reader needs another
/// form or another border than a value has, a copy stands between them. Of the target's vector widths it takes the one of
/// the least predicted cost.
public struct Lowerer {
  private let graph: Graph
  private let target: Target
  private let accuracy: Accuracy
  private let algorithms: [String: String]
  private var values: [LoweredValue] = []
  private var steps: [PendingStep] = []
  private var kernelIndex: [String: Int] = [:]
  private var kernels: [any Kernel] = []
  private var parameters = ParameterList()
  private var extents: [Extent: Int] = [:]
  private var program: ProgramDescription
  private var copies: [CopyKey: Int] = [:]

  /// - Parameters:
  ///   - graph: its nodes have their weights.
  ///   - algorithms: those that are wanted for some steps, by the step's name.
  public init(_ graph: Graph, target: Target, accuracy: Accuracy = .normal, algorithms: [String: String] = [:]) {
    self.graph = graph
    self.target = target
    self.accuracy = accuracy
    self.algorithms = algorithms
    program = ProgramDescription(name: graph.name)
  }

  /// A stage that has no kernel, or none for this use of it.
  public struct Failure: Error, Sendable {
    public var rejection: Rejection
    public var origin: Graph.Origin
  }

  public func lower() throws(Failure) -> LoweredProgram {
    let wide = try lower(for: target)
    guard let narrowed = target.narrowed else { return wide }
    let narrow = try lower(for: narrowed)
    let cycles = [narrow, wide].map { $0.predictedCycles(height: 512, width: 512) }
    return cycles[0] < cycles[1] ? narrow : wide
  }

  private func lower(for target: Target) throws(Failure) -> LoweredProgram {
    var lowerer = Lowerer(graph, target: target, accuracy: accuracy, algorithms: algorithms)
    return try lowerer.run()
  }

  /// A value with its memory form. The first ones are the graph's, copies follow.
  private struct LoweredValue {
    var name: String
    var type: TensorType
    var storage: Storage
    /// The concatenation whose memory this value is a part of, and the block at which it begins there.
    var whole: Int?
    var firstBlock = 0
    /// What a reader finds in the column margins.
    var border: Border?
  }

  private struct PendingStep {
    var name: String
    var outputs: [Int]
    var lowering: Lowering
    /// The value behind each operand.
    var operands: [Int]
    var multiplyAdds = 0
  }

  private struct CopyKey: Hashable {
    var value: Int
    var storage: Storage
    var border: Border?
  }

  private mutating func run() throws(Failure) -> LoweredProgram {
    chooseStorage()
    for node in graph.nodes { try lower(node) }
    var ports: [Int] = []
    for output in graph.outputs {
      let value = output.value
      let isInput = graph.inputs.contains { $0.value == value }
      let type = graph.values[value].type
      let planar = Storage(lanes: 1, channels: type.channels)
      ports.append(
        values[value].storage == planar && !isInput && values[value].whole == nil
          ? value : copy(value, to: planar, border: nil))
    }
    chooseBorders()
    return assemble(ports)
  }

  // MARK: Memory forms

  private mutating func chooseStorage() {
    let inputs = Set(graph.inputs.map(\.value))
    values = zip(graph.values, graph.uniqueNames).map { value, name in
      LoweredValue(name: name, type: value.type, storage: Storage(lanes: target.lanes, channels: value.type.channels))
    }
    for input in inputs { values[input].storage = Storage(lanes: 1, channels: values[input].type.channels) }
    var readers: [Int: [Int]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs { readers[input, default: []].append(index) }
    }
    for node in graph.nodes {
      if facts(of: node).concatenatesChannels {
        place(node, inputs)
        continue
      }
      guard node.outputs.count == 1 else { continue }
      let output = node.outputs[0]
      let type = values[output].type
      let planar = Storage(lanes: 1, channels: type.channels)
      let few = type.channels * 2 <= target.lanes
      if facts(of: node).takesChannelsApart, readers[output] == nil, node.epilogue == nil,
        values[node.inputs[0]].storage.isContiguous
      {
        // What nothing reads is an output.
        values[output].storage = planar
      } else if few, facts(of: node).storesPlanar, !epilogueReadsFullValues(node),
        (readers[output] ?? []).allSatisfy({ readsPlanar(graph.nodes[$0], output) })
      {
        values[output].storage = planar
      } else if node.stage is any PointwiseStage {
        let full = node.inputs.filter { !broadcasts(values[$0].type, into: type) }
        if !full.isEmpty, full.allSatisfy({ values[$0].storage.isPlanar }) {
          values[output].storage = planar
        } else if let first = full.first(where: { !values[$0].storage.isPlanar }) {
          values[output].storage = values[first].storage
        }
      } else if facts(of: node).keepsChannels, !values[node.inputs[0]].storage.isPlanar {
        values[output].storage = values[node.inputs[0]].storage
      }
    }
  }

  private func facts(of node: Graph.Node) -> StageFacts {
    node.stage.facts(for: node.stageInputs.map { values[$0].type })
  }

  private func broadcasts(_ type: TensorType, into output: TensorType) -> Bool {
    type.isPerChannel || (type.channels == 1 && output.channels > 1)
  }

  private func epilogueReadsFullValues(_ node: Graph.Node) -> Bool {
    guard node.epilogue != nil else { return false }
    let type = values[node.outputs[0]].type
    return node.inputs.dropFirst(ownInputs(node)).contains { !broadcasts(values[$0].type, into: type) }
  }

  private func readsPlanar(_ node: Graph.Node, _ value: Int) -> Bool {
    if node.stage is any PointwiseStage {
      // Planar is worth it only if the whole formula is: the other inputs are planar or broadcast.
      let type = graph.values[node.outputs[0]].type
      return node.inputs.allSatisfy {
        $0 == value || values[$0].storage.isPlanar || broadcasts(values[$0].type, into: type)
      }
    }
    return facts(of: node).readsPlanar && node.inputs[0] == value
      && !node.inputs.dropFirst().contains(value)
  }

  /// The parts of a concatenation become parts of its memory, unless they are planar or part of another already.
  private mutating func place(_ node: Graph.Node, _ inputs: Set<Int>) {
    let whole = node.outputs[0]
    var positions: [Int] = []
    var block = 0
    for part in node.inputs {
      let storage = values[part].storage
      let blocked = storage.isPlanar ? Storage(lanes: target.lanes, channels: storage.channels) : storage
      let isFree = !storage.isPlanar && !inputs.contains(part) && values[part].whole == nil
      if isFree {
        values[part].whole = whole
        values[part].firstBlock = block
      }
      positions += blocked.positions.map { $0 + block * target.lanes }
      block += blocked.blocks
    }
    values[whole].storage = Storage(lanes: target.lanes, positions: positions, blocks: block)
  }

  // MARK: Steps

  /// The inputs of the stage itself; those behind them belong to the epilogue.
  private func ownInputs(_ node: Graph.Node) -> Int { node.ownInputCount }

  private mutating func lower(_ node: Graph.Node) throws(Failure) {
    if facts(of: node).concatenatesChannels { return copyParts(node) }
    let output = node.outputs[0]
    var inputs = node.inputs
    let isPointwise = node.stage is any PointwiseStage
    for (index, input) in inputs.enumerated() {
      let storage = values[input].storage
      let isBroadcast = broadcasts(values[input].type, into: values[output].type)
      if isPointwise || index >= ownInputs(node) {
        if isBroadcast {
          // A number per channel stands in blocks; a number per pixel is read where it is.
          let isPerChannel = values[input].type.isPerChannel && values[input].type.channels > 1
          if isPerChannel, storage != values[output].storage {
            inputs[index] = copy(input, to: values[output].storage, border: nil)
          }
        } else if storage != values[output].storage {
          inputs[index] = copy(input, to: values[output].storage, border: nil)
        }
      } else if storage.isPlanar, !(index == 0 && facts(of: node).readsPlanar), reads(node, index) {
        inputs[index] = copy(input, to: Storage(lanes: target.lanes, channels: storage.channels), border: nil)
      }
    }
    let site = LoweringSite(
      inputs: inputs.map { values[$0].type }, outputs: node.outputs.map { values[$0].type },
      inputStorage: inputs.map { values[$0].storage }, outputStorage: node.outputs.map { values[$0].storage },
      weights: node.weights, target: target, accuracy: accuracy, epilogue: node.epilogue,
      algorithm: algorithms[values[output].name])
    let lowering: Lowering
    do {
      lowering = try node.stage.lower(site)
    } catch {
      throw Failure(rejection: error, origin: node.origin)
    }
    steps.append(
      PendingStep(
        name: values[output].name, outputs: node.outputs, lowering: lowering,
        operands: lowering.operands.map { inputs[$0.input] },
        multiplyAdds: node.stage.multiplyAdds(for: node.stageInputs.map { values[$0].type })))
  }

  /// False for an input of which only the size matters (`like:`).
  private func reads(_ node: Graph.Node, _ index: Int) -> Bool {
    node.stage.access(toInput: index, of: node.inputs.map { values[$0].type }) != .unread
  }

  /// Copies those parts of a concatenation that could not be written in place.
  private mutating func copyParts(_ node: Graph.Node) {
    let whole = node.outputs[0]
    var block = 0
    var seen: Set<Int> = []
    for part in node.inputs {
      let storage = values[part].storage
      let blocked = storage.isPlanar ? Storage(lanes: target.lanes, channels: storage.channels) : storage
      let isInPlace =
        values[part].whole == whole && values[part].firstBlock == block && seen.insert(part).inserted
      if !isInPlace {
        var copy = LoweredValue(
          name: values[part].name + " in " + values[whole].name, type: values[part].type, storage: blocked)
        copy.whole = whole
        copy.firstBlock = block
        values.append(copy)
        appendCopy(from: part, to: values.count - 1)
      }
      block += blocked.blocks
    }
  }

  /// A copy of a value in another memory form or with another border; one serves all that need it.
  private mutating func copy(_ value: Int, to storage: Storage, border: Border?) -> Int {
    let key = CopyKey(value: value, storage: storage, border: border)
    if let existing = copies[key] { return existing }
    var copy = LoweredValue(name: values[value].name + " copied", type: values[value].type, storage: storage)
    copy.border = border
    values.append(copy)
    copies[key] = values.count - 1
    appendCopy(from: value, to: values.count - 1)
    return values.count - 1
  }

  private mutating func appendCopy(from source: Int, to destination: Int) {
    let kernel = RelayoutKernel(source: values[source].storage, destination: values[destination].storage)
    steps.append(
      PendingStep(
        name: values[destination].name, outputs: [destination],
        lowering: Lowering(kernel: kernel, operands: [Lowering.Operand(input: 0, access: .pointwise)]),
        operands: [source]))
  }

  // MARK: Borders

  /// The value whose memory holds `value`.
  private func owner(_ value: Int) -> (value: Int, block: Int) {
    var current = value
    var block = 0
    while let whole = values[current].whole {
      block += values[current].firstBlock
      current = whole
    }
    return (current, block)
  }

  /// The border that an operand needs in the column margins; nil where it never looks there.
  private func neededBorder(_ step: PendingStep, _ index: Int) -> Border? {
    let operand = step.lowering.operands[index]
    guard !operand.usesColumnTable, case .window(let window) = operand.access.columns else { return nil }
    let looks = MarginUse.looksOutside(
      window, input: values[step.operands[index]].type.width, output: values[step.outputs[0]].type.width)
    return looks ? operand.access.border : nil
  }

  /// Gives each memory the border that most of its readers need; the others read a copy with theirs.
  private mutating func chooseBorders() {
    var wanted: [Int: [Border: Int]] = [:]
    for step in steps {
      for index in step.operands.indices {
        guard let border = neededBorder(step, index) else { continue }
        wanted[owner(step.operands[index]).value, default: [:]][border, default: 0] += 1
      }
    }
    for (value, counts) in wanted {
      let best = counts.max { $0.value == $1.value ? $0.key.order > $1.key.order : $0.value < $1.value }
      values[value].border = best?.key
    }
    // Copies are put right before their first reader.
    var result: [PendingStep] = []
    for var step in steps {
      for index in step.operands.indices {
        guard let border = neededBorder(step, index) else { continue }
        let value = step.operands[index]
        guard values[owner(value).value].border != border else { continue }
        let before = steps.count
        let copied = copy(value, to: values[value].storage, border: border)
        if steps.count > before { result.append(steps[before]) }
        step.operands[index] = copied
      }
      result.append(step)
    }
    steps = result
  }

  // MARK: Description

  private mutating func assemble(_ ports: [Int]) -> LoweredProgram {
    var buffers: [Int: Int] = [:]
    for value in values.indices {
      let (owner, block) = owner(value)
      let type = values[owner].type
      let buffer =
        buffers[owner]
        ?? {
          program.buffers.append(
            BufferDescription(
              height: extent(type.height), width: extent(type.width), blocks: values[owner].storage.blocks,
              lanes: values[owner].storage.lanes))
          return program.buffers.count - 1
        }()
      buffers[owner] = buffer
      program.views.append(
        ViewDescription(
          buffer: buffer, firstBlock: block, blocks: values[value].storage.blocks,
          channels: values[value].type.channels, border: (values[owner].border ?? .zero).description))
    }
    for step in steps {
      let kernel = step.lowering.kernel
      let start = parameters.append(step.lowering.parameters)
      program.steps.append(
        StepDescription(
          name: step.name, kernel: kernelNumber(kernel), outputs: step.outputs,
          operands: step.lowering.operands.enumerated().map { index, operand in
            OperandDescription(
              view: step.operands[index], rows: axis(operand.access.rows), columns: axis(operand.access.columns),
              border: operand.access.border.description, usesColumnTable: operand.usesColumnTable,
              presence: operand.presence.description)
          }, parameters: start, columnTile: kernel.columnTile, leadingColumns: kernel.leadingColumns,
          rowTile: kernel.rowTile,
          readsWholeTiles: kernel.readsWholeTiles, blockTile: kernel.blockTile, scratch: kernel.scratchSize,
          numbers: step.lowering.parameters.count))
    }
    markOnDemand(ports)
    program.inputs = graph.inputs.map { .init(view: $0.value, description: $0.description) }
    program.outputs = zip(graph.outputs, ports).map { .init(view: $1, description: $0.description) }
    program.parameterCount = parameters.count
    program.targetName = target.name
    program.requiredFeatures = target.requiredFeatures
    let facts = steps.map { step in
      StepFacts(
        algorithm: step.lowering.kernel.algorithm, algorithms: step.lowering.algorithms,
        multiplyAdds: step.multiplyAdds, cost: step.lowering.cost)
    }
    return LoweredProgram(
      description: program, kernels: kernels, parameters: parameters, steps: facts, target: target,
      extents: extents.sorted { $0.value < $1.value }.map(\.key))
  }

  /// Marks the steps on which only outputs that are computed on demand depend.
  private mutating func markOnDemand(_ ports: [Int]) {
    var needed: Set<Int> = []
    for (output, port) in zip(graph.outputs, ports) where output.description.role != .confidence {
      needed.insert(program.views[port].buffer)
    }
    for index in program.steps.indices.reversed() {
      guard program.steps[index].outputs.contains(where: { needed.contains(program.views[$0].buffer) }) else {
        program.steps[index].isOnDemand = true
        continue
      }
      for operand in program.steps[index].operands { needed.insert(program.views[operand.view].buffer) }
    }
  }

  private mutating func kernelNumber(_ kernel: any Kernel) -> Int {
    var writer = SwiftWriter()
    kernel.emit(name: "kernel", into: &writer, target: target)
    if let index = kernelIndex[writer.text] { return index }
    kernels.append(kernel)
    kernelIndex[writer.text] = kernels.count - 1
    return kernels.count - 1
  }

  private mutating func extent(_ extent: Extent) -> Int {
    if let index = extents[extent] { return index }
    program.extents.append(ExtentTable(extent))
    extents[extent] = program.extents.count - 1
    return program.extents.count - 1
  }

  private mutating func axis(_ access: AxisAccess) -> AxisDescription {
    switch access {
    case .window(let window):
      return .window(
        taps: window.taps, step: window.step, multiply: window.multiply, divide: window.divide, shift: window.shift,
        offset: extent(window.offset))
    case .resample(let resample):
      return .resample(
        bilinear: resample.interpolation == .bilinear, grid: resample.grid.description,
        rounding: resample.rounding.description, numerator: resample.numerator ?? 0,
        denominator: resample.denominator ?? 0)
    case .whole:
      return .whole
    }
  }
}

extension Graph.Node {
  /// The inputs of the stage itself; those behind them belong to the epilogue.
  public var ownInputCount: Int { epilogue?.firstInput ?? inputs.count }
}

extension Border {
  fileprivate var description: BorderDescription {
    switch self {
    case .zero: .zero
    case .negativeInfinity: .negativeInfinity
    case .replicate: .replicate
    case .reflect: .reflect
    case .constant(let value): .constant(value)
    }
  }

  /// A fixed order, so that ties are decided alike in every run.
  fileprivate var order: Int {
    switch self {
    case .zero: 0
    case .replicate: 1
    case .reflect: 2
    case .negativeInfinity: 3
    case .constant: 4
    }
  }
}

extension Lowering.Operand.Presence {
  fileprivate var description: OperandDescription.Presence {
    switch self {
    case .untold: .untold
    case .inside: .inside
    case .insidePadding(let rows, let columns): .insidePadding(rowsAfter: rows, columnsAfter: columns)
    }
  }
}

extension Resample.Grid {
  fileprivate var description: AxisDescription.Grid {
    switch self {
    case .halfPixel: .halfPixel
    case .alignCorners: .alignCorners
    case .asymmetric: .asymmetric
    }
  }
}

extension Resample.Rounding {
  fileprivate var description: AxisDescription.Rounding {
    switch self {
    case .floor: .floor
    case .ceil: .ceil
    case .halfDown: .halfDown
    case .halfUp: .halfUp
    }
  }
}
