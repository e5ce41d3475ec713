extension SizeRules {
  func encode(into writer: inout ByteWriter) {
    rows.encode(into: &writer)
    columns.encode(into: &writer)
    writer.write([Int(fitting.mode.rawValue), Int(fitting.border.rawValue)])
  }

  init(from reader: inout ByteReader) {
    self.init(rows: AxisRules(from: &reader), columns: AxisRules(from: &reader))
    let numbers = reader.integers()
    guard numbers.count == 2 else { return }
    fitting.mode = Fitting.Mode(rawValue: UInt8(truncatingIfNeeded: numbers[0])) ?? .error
    fitting.border = Fitting.Border(rawValue: UInt8(truncatingIfNeeded: numbers[1])) ?? .edge
  }
}

extension AxisRules {
  fileprivate func encode(into writer: inout ByteWriter) {
    domain.encode(into: &writer)
    writer.write(text)
    writer.write(conditions.count)
    for condition in conditions {
      writer.write(condition.subject)
      condition.domain.encode(into: &writer)
      writer.write(condition.text)
    }
    writer.write(outputs.count)
    for output in outputs {
      writer.write(output.formula)
      output.places.encode(into: &writer)
      output.edges.encode(into: &writer)
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    self.init(domain: ExtentTable(from: &reader), text: reader.string())
    for _ in 0..<reader.count() {
      conditions.append(
        Condition(subject: reader.string(), domain: ExtentTable(from: &reader), text: reader.string()))
    }
    for _ in 0..<reader.count() {
      outputs.append(
        Output(formula: reader.string(), places: PlaceTable(from: &reader), edges: EdgeTable(from: &reader)))
    }
  }
}

extension ExtentTable {
  func encode(into writer: inout ByteWriter) {
    writer.write(period)
    writer.write(slope)
    writer.write(offsets)
    writer.write(leasts)
    writer.write(mosts)
  }

  init(from reader: inout ByteReader) {
    self.init(
      period: reader.integer(), slope: reader.integer(), offsets: reader.integers(), leasts: reader.integers(),
      mosts: reader.integers())
  }
}

extension PlaceTable {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(places.count)
    for place in places {
      switch place {
      case .whole: writer.write(0)
      case .line(let scale, let offset, let denominator):
        writer.write(1)
        for number in [scale, offset, denominator] { writer.write(number) }
      case .proportional: writer.write(2)
      }
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    places = []
    for _ in 0..<reader.count() {
      switch reader.integer() {
      case 0: places.append(.whole)
      case 1:
        places.append(.line(scale: reader.integer(), offset: reader.integer(), denominator: reader.integer()))
      default: places.append(.proportional)
      }
    }
  }
}

extension EdgeTable {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(reach ?? -1)
    writer.write(bands.count)
    for band in bands {
      switch band {
      case .all: writer.write([Int]())
      case .ends(let before, let after): writer.write([before, after])
      }
    }
  }

  fileprivate init(from reader: inout ByteReader) {
    let number = reader.integer()
    self.init([], reach: number < 0 ? nil : number)
    for _ in 0..<reader.count() {
      let ends = reader.integers()
      bands.append(ends.count == 2 ? .ends(before: ends[0], after: ends[1]) : .all)
    }
  }
}
