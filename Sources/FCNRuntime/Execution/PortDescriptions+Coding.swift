extension InputDescription {
  func encode(into writer: inout ByteWriter) {
    writer.write(name)
    writer.write(channels)
    writer.write(preprocessing.count)
    for step in preprocessing {
      switch step {
      case .rgb: writer.write(0)
      case .bgr: writer.write(1)
      case .grey(let red, let green, let blue):
        writer.write(2)
        writer.write([red, green, blue])
      case .luma: writer.write(3)
      case .range(let maximum):
        writer.write(4)
        writer.write(maximum)
      case .resize(let resizing):
        writer.write(5)
        resizing.encode(into: &writer)
      case .subtract(let numbers):
        writer.write(6)
        writer.write(numbers)
      case .divide(let numbers):
        writer.write(7)
        writer.write(numbers)
      case .scale(let numbers):
        writer.write(8)
        writer.write(numbers)
      }
    }
  }

  init(from reader: inout ByteReader) {
    name = reader.string()
    channels = reader.integer()
    preprocessing = []
    for _ in 0..<reader.count() {
      switch reader.integer() {
      case 0: preprocessing.append(.rgb)
      case 1: preprocessing.append(.bgr)
      case 2:
        let weights = reader.floats()
        guard weights.count == 3 else { continue }
        preprocessing.append(.grey(red: weights[0], green: weights[1], blue: weights[2]))
      case 3: preprocessing.append(.luma)
      case 4: preprocessing.append(.range(maximum: reader.float()))
      case 5: preprocessing.append(.resize(Resizing(from: &reader)))
      case 6: preprocessing.append(.subtract(reader.floats()))
      case 7: preprocessing.append(.divide(reader.floats()))
      default: preprocessing.append(.scale(reader.floats()))
      }
    }
  }
}

extension Resizing {
  fileprivate func encode(into writer: inout ByteWriter) {
    switch size {
    case .exact(let height, let width): writer.write([0, height, width])
    case .shortSide(let length): writer.write([1, length, 0])
    case .longSide(let length): writer.write([2, length, 0])
    case .factor(let numerator, let denominator): writer.write([3, numerator, denominator])
    }
    writer.write(Int(filter.rawValue))
  }

  fileprivate init(from reader: inout ByteReader) {
    let numbers = reader.integers()
    let filter = Filter(rawValue: UInt8(truncatingIfNeeded: reader.integer())) ?? .bilinear
    guard numbers.count == 3 else {
      self.init(size: .factor(numerator: 1, denominator: 1), filter: filter)
      return
    }
    switch numbers[0] {
    case 0: self.init(size: .exact(height: numbers[1], width: numbers[2]), filter: filter)
    case 1: self.init(size: .shortSide(numbers[1]), filter: filter)
    case 2: self.init(size: .longSide(numbers[1]), filter: filter)
    default: self.init(size: .factor(numerator: numbers[1], denominator: max(1, numbers[2])), filter: filter)
    }
  }
}

extension OutputDescription {
  func encode(into writer: inout ByteWriter) {
    writer.write(name)
    writer.write(channels)
    switch kind {
    case .labels(let classes):
      writer.write(0)
      classes.encode(into: &writer)
    case .probability: writer.write(1)
    case .logits(let classes):
      writer.write(2)
      classes.encode(into: &writer)
    case .density: writer.write(3)
    case .image(let maximum, let order):
      writer.write(4)
      writer.write(maximum)
      writer.write(Int(order.rawValue))
    case .raw: writer.write(5)
    }
    writer.write(Int(role.rawValue))
    writer.write(confidence ?? -1)
    writer.write(answer != nil)
    answer?.encode(into: &writer)
  }

  init(from reader: inout ByteReader) {
    name = reader.string()
    channels = reader.integer()
    switch reader.integer() {
    case 0: kind = .labels(Classes(from: &reader))
    case 1: kind = .probability
    case 2: kind = .logits(Classes(from: &reader))
    case 3: kind = .density
    case 4:
      kind = .image(
        maximum: reader.float(),
        order: OutputKind.ChannelOrder(rawValue: UInt8(truncatingIfNeeded: reader.integer())) ?? .rgb)
    default: kind = .raw
    }
    role = Role(rawValue: UInt8(truncatingIfNeeded: reader.integer())) ?? .answer
    let place = reader.integer()
    confidence = place < 0 ? nil : place
    answer = reader.flag() ? AnswerDescription(from: &reader) : nil
  }
}

extension AnswerDescription {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(furtherMaps)
    switch method {
    case .sum(let scale):
      writer.write(0)
      writer.write(scale)
    case .mean(let scale):
      writer.write(1)
      writer.write(scale)
    case .components(let rule):
      writer.write(2)
      writer.write(rule.leastArea)
      for flag in [rule.joinsCorners, rule.fillsHoles, rule.grows, rule.hasScore] { writer.write(flag) }
    case .peaks(let rule):
      writer.write(3)
      writer.write(rule.threshold)
      writer.write(rule.distance)
      writer.write(rule.isSubPixel)
    case .softArgMax(let beta):
      writer.write(4)
      writer.write(beta)
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    furtherMaps = reader.integers()
    switch reader.integer() {
    case 1: method = .mean(scale: reader.double())
    case 2:
      let leastArea = reader.integer()
      method = .components(
        ComponentRule(
          joinsCorners: reader.flag(), leastArea: leastArea, fillsHoles: reader.flag(), grows: reader.flag(),
          hasScore: reader.flag()))
    case 3:
      method = .peaks(
        PeakRule(threshold: reader.float(), distance: reader.integer(), isSubPixel: reader.flag()))
    case 4: method = .softArgMax(beta: reader.double())
    default: method = .sum(scale: reader.double())
    }
  }
}

extension Classes {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(count)
    writer.write(names.count)
    for name in names { writer.write(name) }
    writer.write(colors.map(Int.init))
    writer.write(ignored ?? -1)
  }

  fileprivate init(from reader: inout ByteReader) {
    count = reader.integer()
    names = []
    for _ in 0..<reader.count() { names.append(reader.string()) }
    colors = reader.integers().map { UInt32(truncatingIfNeeded: $0) }
    let number = reader.integer()
    ignored = number < 0 ? nil : number
  }
}
