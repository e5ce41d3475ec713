import FCNTestSupport

/// Changes of a file as accidents and attackers make them.
enum Mutation {
  static func damaged(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
      let place = Int.random(in: 0..<result.count, using: &generator)
      let end = min(result.count, place + Int.random(in: 1...16, using: &generator))
      switch Int.random(in: 0..<9, using: &generator) {
      case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: result[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: result.removeSubrange(place..<end)
      case 3: result.insert(contentsOf: result[place..<end], at: place)
      case 4: result.removeSubrange(place...)
      case 5: for index in place..<end { result[index] = 0xFF }
      case 6: result.insert(contentsOf: Array(repeating: 0x39, count: 20), at: place)
      case 7: for index in place..<end { result[index] = UInt8.random(in: 0...255, using: &generator) }
      default: result.insert(contentsOf: [0, 0xED, 0xA0, 0x80, 0x22, 0x28], at: place)
      }
    }
    return result
  }
}
