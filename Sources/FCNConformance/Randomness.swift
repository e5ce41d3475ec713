/// Random numbers that depend on a seed alone (SplitMix64: Steele, Lea and Flood 2014).
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 1...100, using: &self) <= percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  static func mix(_ word: UInt64) -> UInt64 {
    var mixed = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A number for every place of a plane without end, so that a part of it can be looked at from anywhere.
struct Noise {
  private let seed: UInt64

  init(_ seed: UInt64, input: Int = 0) { self.seed = Randomness.mix(seed &+ UInt64(input) &* 0x9E37_79B9_7F4A_7C15) }

  func word(_ channel: Int, _ row: Int, _ column: Int) -> UInt64 {
    var word = seed &+ UInt64(bitPattern: Int64(channel)) &* 0xD1B5_4A32_D192_ED03
    word &+= UInt64(bitPattern: Int64(row)) &* 0xABC9_8388_FB8F_AC03
    word &+= UInt64(bitPattern: Int64(column)) &* 0x8CB9_2BA7_2F3D_8DD7
    return Randomness.mix(word)
  }

  /// A number from -1 up to, but without, 1.
  func number(_ channel: Int, _ row: Int, _ column: Int) -> Float {
    Float(word(channel, row, column) >> 40) * 0x1p-23 - 1
  }
}
