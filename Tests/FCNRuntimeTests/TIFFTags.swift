/// The tags of the first page of a TIFF or BigTIFF file, read byte by byte from the specification.
struct TIFFTags {
  private(set) var numbers: [Int: [Double]] = [:]
  private(set) var texts: [Int: String] = [:]
  let isBig: Bool

  subscript(tag: Int) -> [Double]? { numbers[tag] }

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 16, bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else { return nil }
    let isLittle = bytes[0] == 0x49
    func number(_ place: Int, _ count: Int) -> UInt64 {
      guard place >= 0, place + count <= bytes.count else { return 0 }
      return (0..<count).reduce(0) { $0 << 8 | UInt64(bytes[place + (isLittle ? count - 1 - $1 : $1)]) }
    }
    let isBig = number(2, 2) == 43
    self.isBig = isBig
    let word = isBig ? 8 : 4
    let directory = Int(number(isBig ? 8 : 4, word))
    let sizes: [UInt64: Int] = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 11: 4, 12: 8, 16: 8]
    let head = isBig ? 8 : 2
    for entry in 0..<Int(number(directory, head)) {
      let place = directory + head + entry * (4 + 2 * word)
      let (tag, kind, count) = (Int(number(place, 2)), number(place + 2, 2), Int(number(place + 4, word)))
      guard let size = sizes[kind] else { continue }
      let data = size * count <= word ? place + 4 + word : Int(number(place + 4 + word, word))
      if kind == 2 {
        texts[tag] = String(decoding: bytes[data..<(data + count - 1)], as: UTF8.self)
        continue
      }
      numbers[tag] = (0..<count).map { index in
        let bits = number(data + index * size, size)
        switch kind {
        case 5: return Double(number(data + index * 8, 4)) / Double(number(data + index * 8 + 4, 4))
        case 11: return Double(Float(bitPattern: UInt32(bits)))
        case 12: return Double(bitPattern: bits)
        default: return Double(bits)
        }
      }
    }
  }
}
