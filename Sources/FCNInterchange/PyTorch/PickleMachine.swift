/// Carries out the instructions of a checkpoint's pickle, as far as they build tensors, dictionaries and plain data.
///
/// Nothing is imported or called: a name of Python (`PickleGlobal`) stands for what is done here, and an unknown one is an
/// error. Time and memory are bounded by the length of the pickle.
struct PickleMachine {
  /// The longest pickle that is read, in bytes.
  static let sizeLimit = 1 << 26
  /// The most values on the stack, and in the memo.
  private static let stackLimit = 1 << 20
  private static let memoLimit = 1 << 22

  private var scanner: PickleScanner
  private var stack: [PickleValue] = []
  /// How high the stack was at each mark that is still open.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var objects = PickledObjects()

  private init(_ bytes: UnsafeRawBufferPointer) { scanner = PickleScanner(bytes) }

  /// What a pickle is, and the objects that it refers to.
  /// - Precondition: it has no more than `sizeLimit` bytes.
  static func run(_ bytes: UnsafeRawBufferPointer) throws(PickleProblem) -> (value: PickleValue, PickledObjects) {
    precondition(bytes.count <= sizeLimit, "who reads the file looks at its size")
    var machine = PickleMachine(bytes)
    while true {
      let opcode = try machine.scanner.opcode()
      if opcode == .stop { break }
      try machine.step(opcode)
      guard machine.stack.count <= stackLimit, machine.marks.count <= stackLimit, machine.memo.count <= memoLimit else {
        throw PickleProblem(message: "its pickle needs too much memory")
      }
    }
    return (try machine.pop(), machine.objects)
  }

  private mutating func step(_ opcode: PickleOpcode) throws(PickleProblem) {
    switch opcode {
    case .stop: break
    case .version: try scanner.skip(1)
    case .frame: try scanner.skip(8)

    case .none, .yes, .no, .emptyList, .emptySet: stack.append(.opaque)
    case .real: try skip(8)
    case .bytes8: try skip(try scanner.unsigned(1))
    case .bytes32: try skip(try scanner.unsigned(4))
    case .bytes64, .byteArray64: try skip(try scanner.unsigned(8))
    case .unsigned8: stack.append(.integer(try scanner.unsigned(1)))
    case .unsigned16: stack.append(.integer(try scanner.unsigned(2)))
    case .signed32: stack.append(try scanner.signed(4).map { .integer($0) } ?? .opaque)
    case .long8: stack.append(try scanner.signed(try scanner.unsigned(1)).map { .integer($0) } ?? .opaque)
    case .long32: stack.append(try scanner.signed(try scanner.unsigned(4)).map { .integer($0) } ?? .opaque)
    case .text8: stack.append(.text(try scanner.text(try scanner.unsigned(1))))
    case .text32: stack.append(.text(try scanner.text(try scanner.unsigned(4))))
    case .text64: stack.append(.text(try scanner.text(try scanner.unsigned(8))))

    case .mark: marks.append(stack.count)
    case .pop: if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .duplicate: stack.append(try top())

    case .emptyTuple: try pushTuple([])
    case .tuple: try pushTuple(try popToMark())
    case .tuple1: try pushTuple(try pop(1))
    case .tuple2: try pushTuple(try pop(2))
    case .tuple3: try pushTuple(try pop(3))
    case .append:
      _ = try pop()
      try checkTop(isDictionaryToo: false)
    case .appends, .addItems:
      _ = try popToMark()
      try checkTop(isDictionaryToo: false)
    case .frozenSet:
      _ = try popToMark()
      stack.append(.opaque)
    case .emptyDictionary: stack.append(try objects.addDictionary())
    case .setItem: try setItems(try pop(2))
    case .setItems: try setItems(try popToMark())

    case .put8: memo[try scanner.unsigned(1)] = try top()
    case .put32: memo[try scanner.unsigned(4)] = try top()
    case .memoize: memo[memo.count] = try top()
    case .get8: try pushMemo(try scanner.unsigned(1))
    case .get32: try pushMemo(try scanner.unsigned(4))

    case .global:
      let module = try scanner.line()
      stack.append(.global(try PickleGlobal(module: module, name: try scanner.line())))
    case .stackGlobal:
      let names = try pop(2)
      guard case .text(let module) = names[0], case .text(let name) = names[1] else { throw damaged }
      stack.append(.global(try PickleGlobal(module: module, name: name)))
    case .persistentID: stack.append(try storage(try pop()))
    case .reduce:
      let parts = try pop(2)
      stack.append(try call(parts[0], parts[1]))
    case .newObject: try makeObject(try pop(2))
    case .newObjectWithKeywords: try makeObject(try pop(3))
    case .build:
      // Attributes of a dictionary or of plain data are of no use here.
      _ = try pop()
      try checkTop(isDictionaryToo: true)
    }
  }

  private var damaged: PickleProblem {
    PickleProblem(
      message: "its pickle is not as it should be before byte \(scanner.offset)",
      help: "the file is damaged, or was not written by `torch.save`")
  }

  // MARK: The stack

  private func top() throws(PickleProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw damaged }
    return value
  }

  private mutating func pop() throws(PickleProblem) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  /// The topmost values, the highest last.
  private mutating func pop(_ count: Int) throws(PickleProblem) -> [PickleValue] {
    guard stack.count - count >= marks.last ?? 0 else { throw damaged }
    let values = Array(stack.suffix(count))
    stack.removeLast(count)
    return values
  }

  private mutating func popToMark() throws(PickleProblem) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw damaged }
    let values = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }

  private mutating func skip(_ count: Int) throws(PickleProblem) {
    try scanner.skip(count)
    stack.append(.opaque)
  }

  private mutating func pushTuple(_ items: [PickleValue]) throws(PickleProblem) {
    stack.append(.tuple(try PickleTuple(items)))
  }

  private mutating func pushMemo(_ index: Int) throws(PickleProblem) {
    guard let value = memo[index] else { throw damaged }
    stack.append(value)
  }

  // MARK: Containers

  /// - Throws: where the topmost value is nothing that can be filled, or given attributes.
  private func checkTop(isDictionaryToo: Bool) throws(PickleProblem) {
    switch try top() {
    case .opaque: break
    case .dictionary where isDictionaryToo: break
    default: throw damaged
    }
  }

  private mutating func setItems(_ items: [PickleValue]) throws(PickleProblem) {
    guard items.count.isMultiple(of: 2) else { throw damaged }
    switch try top() {
    case .opaque: break
    case .dictionary(let dictionary):
      for index in stride(from: 0, to: items.count, by: 2) {
        try objects.set(items[index], to: items[index + 1], in: dictionary)
      }
    default: throw damaged
    }
  }

  // MARK: What calls stand for

  /// An object of a class, of which `parts` are the class and the arguments.
  private mutating func makeObject(_ parts: [PickleValue]) throws(PickleProblem) {
    switch parts[0] {
    case .global(.data): stack.append(.opaque)
    case .global(.dictionary): stack.append(try objects.addDictionary())
    default: throw damaged
    }
  }

  private mutating func call(_ function: PickleValue, _ arguments: PickleValue) throws(PickleProblem) -> PickleValue {
    guard case .global(let function) = function, case .tuple(let tuple) = arguments else { throw damaged }
    let items = tuple.items
    switch function {
    case .data: return .opaque
    case .dictionary: return try objects.addDictionary()
    case .size:
      guard case .tuple(let size)? = items.first else { throw damaged }
      return .tuple(size)
    case .tensor(let hasElement): return try tensor(items, hasElement: hasElement)
    case .parameter:
      guard case .tensor? = items.first else { throw damaged }
      return items[0]
    case .typedTensor:
      guard items.count >= 3, case .global(let inner) = items[0], case .global(.data) = items[1],
        case .tuple = items[2]
      else { throw damaged }
      // One function inside another is as deep as it goes: `_rebuild_from_type_v2` is never its own argument.
      if case .typedTensor = inner { throw damaged }
      return try call(items[0], items[2])
    case .storage, .element: throw damaged
    }
  }

  /// The storage that is named by `("storage", class, key, device, count)`.
  private mutating func storage(_ identifier: PickleValue) throws(PickleProblem) -> PickleValue {
    guard case .tuple(let tuple) = identifier, tuple.items.count >= 5, case .text("storage") = tuple.items[0],
      case .global(.storage(let element)) = tuple.items[1], case .text(let key) = tuple.items[2],
      case .integer(let count) = tuple.items[4], count >= 0
    else { throw damaged }
    return try objects.add(TorchStorage(key: key, element: element, count: count))
  }

  /// The tensor of `(storage, offset, shape, strides, requires_grad, hooks[, element type][, what is still to be done])`.
  private mutating func tensor(_ items: [PickleValue], hasElement: Bool) throws(PickleProblem) -> PickleValue {
    guard items.count >= 4, case .storage(let index) = items[0], case .integer(let offset) = items[1],
      case .tuple(let shape) = items[2], case .tuple(let strides) = items[3],
      let sizes = shape.integers, let steps = strides.integers
    else { throw damaged }
    let storage = objects.storages[index]
    var element = storage.element
    if hasElement {
      guard items.count >= 7, case .global(.element(let named)) = items[6] else { throw damaged }
      element = named
    }
    if items.count > (hasElement ? 7 : 6), case .dictionary = items[items.count - 1] {
      element = TorchElement(name: "\(element.name), to be negated or conjugated", size: element.size)
    }
    return try objects.add(
      TorchTensor(storage, element: element, shape: sizes, strides: steps, offset: offset))
  }
}
