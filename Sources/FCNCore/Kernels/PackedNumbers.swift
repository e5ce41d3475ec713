/// The weights and constants of a step in its kernel's own order.
///
/// They are made when they are written out: the packed weights of a large network take a multiple of the memory of the
/// weights themselves, and only one step's need be there at a time.
public struct PackedNumbers: Sendable {
  public let count: Int
  private let head: [Float]
  private let make: @Sendable () -> [Float]

  /// Numbers that are there and others behind them that are made.
  /// - Precondition: `make` gives `count` numbers, the same ones each time; `head` has a multiple of four.
  public init(_ head: [Float], count: Int, make: @escaping @Sendable () -> [Float]) {
    self.head = head
    self.count = head.count + count
    self.make = make
  }

  public init(_ numbers: [Float]) {
    head = numbers
    count = numbers.count
    make = { [] }
  }

  /// The numbers in their order, in parts, of which all but the last are multiples of four long.
  public func visitParts<Failure: Error>(_ body: ([Float]) throws(Failure) -> Void) throws(Failure) {
    try body(head)
    if count > head.count { try body(make()) }
  }
}

/// The numbers of all steps of a program, one after another; each step's begin at a multiple of 16.
public struct ParameterList: Sendable {
  private var parts: [PackedNumbers] = []
  /// Numbers in all, with those between the parts.
  public private(set) var count = 0

  public init() {}

  /// - Returns: where the part begins.
  public mutating func append(_ part: PackedNumbers) -> Int {
    count = (count + 15) / 16 * 16
    defer { count += part.count }
    parts.append(part)
    return count
  }

  /// Makes the numbers part by part, with the zeros that lie between two steps'; all parts but the last are multiples of
  /// four long.
  public func visitParts<Failure: Error>(_ body: ([Float]) throws(Failure) -> Void) throws(Failure) {
    for (index, part) in parts.enumerated() {
      let gap = index < parts.count - 1 ? (16 - part.count % 16) % 16 : 0
      var rest = part.count
      try part.visitParts { numbers throws(Failure) in
        rest -= numbers.count
        let zeros = [Float](repeating: 0, count: rest == 0 ? gap : 0)
        if numbers.count.isMultiple(of: 4) {
          try body(numbers)
          if !zeros.isEmpty { try body(zeros) }
        } else {
          try body(numbers + zeros)
        }
      }
    }
  }

  /// All numbers at once.
  public var numbers: [Float] {
    var result: [Float] = []
    result.reserveCapacity(count)
    visitParts { result += $0 }
    return result
  }
}
