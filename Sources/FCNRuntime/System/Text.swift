import CFCNRuntime

// Strings are compared and cut as UTF-8 bytes: what String itself offers needs Unicode's tables in every program.
extension String {
  /// Whether both are the same bytes.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  func hasStart(_ start: String) -> Bool { utf8.starts(with: start.utf8) }

  func hasEnd(_ end: String) -> Bool { utf8.reversed().starts(with: end.utf8.reversed()) }

  /// The order of the bytes.
  func isBefore(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

  /// The text before and after the first occurrence of an ASCII character.
  func cut(at separator: UInt8) -> (before: String, after: String)? {
    let bytes = Array(utf8)
    guard let place = bytes.firstIndex(of: separator) else { return nil }
    return (String(decoding: bytes[..<place], as: UTF8.self), String(decoding: bytes[(place + 1)...], as: UTF8.self))
  }

  /// The text with every occurrence of `placeholder` replaced.
  func replacing(_ placeholder: String, by text: String) -> String {
    let bytes = Array(utf8)
    let pattern = Array(placeholder.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place...].starts(with: pattern) {
        result += Array(text.utf8)
        place += pattern.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  func contains(text: String) -> Bool {
    let bytes = Array(utf8)
    let pattern = Array(text.utf8)
    guard bytes.count >= pattern.count else { return false }
    for place in 0...(bytes.count - pattern.count) where bytes[place...].starts(with: pattern) { return true }
    return false
  }

  /// The number that the text writes in decimal digits and nothing else; nil for others and beyond Int.
  var naturalNumber: Int? { Array(utf8).naturalNumber }

  /// Whether the text could be a name in a network: letters, digits and underscores.
  var isIdentifier: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A || byte == 0x5F
      }
  }

  /// With the letters A to Z made small.
  var smallLetters: String {
    String(decoding: utf8.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }, as: UTF8.self)
  }

  /// A number with as many decimals as it has in so many digits.
  init(shortest value: Double, digits: Int = 7) { self.init(value, decimals: -digits) }

  /// A number with a fixed count of decimals; below 0, with at most so many digits.
  init(_ value: Double, decimals: Int) {
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer -> [UInt8] in
      guard let start = buffer.baseAddress else { return [] }
      let length = fcn_format(value, Int32(decimals), start, buffer.count)
      return (0..<length).map { UInt8(bitPattern: start[$0]) }
    }
    self.init(decoding: text, as: UTF8.self)
  }

  /// Text that C ended with a zero.
  init(terminated pointer: UnsafePointer<CChar>) {
    var bytes: [UInt8] = []
    var place = 0
    while pointer[place] != 0 {
      bytes.append(UInt8(bitPattern: pointer[place]))
      place += 1
    }
    self.init(decoding: bytes, as: UTF8.self)
  }
}

extension Double {
  /// The number that a text writes in decimal digits, with sign, point and exponent as they come; also `nan`.
  init?(decimal text: String) {
    var value = 0.0
    guard fcn_parse(text, &value) != 0 else { return nil }
    self = value
  }
}

extension Array where Element == UInt8 {
  /// The number that the bytes write in decimal digits and nothing else; nil for others and beyond Int.
  var naturalNumber: Int? {
    guard !isEmpty else { return nil }
    var value = 0
    for byte in self {
      guard byte >= 48, byte <= 57 else { return nil }
      let (tens, overflowTens) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowSum) = tens.addingReportingOverflow(Int(byte) - 48)
      guard !overflowTens, !overflowSum else { return nil }
      value = sum
    }
    return value
  }
}

/// Finds the word that a misspelt one was probably meant to be.
func nearestWord(to word: String, in candidates: [String]) -> String? {
  var best: String?
  var least = Int.max
  for candidate in candidates {
    let distance = editDistance(Array(word.utf8.prefix(64)), Array(candidate.utf8.prefix(64)))
    guard distance < least, distance <= max(1, max(word.utf8.count, candidate.utf8.count) / 3) else { continue }
    least = distance
    best = candidate
  }
  return best
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var rows = Array(repeating: Array(0...b.count), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  for i in 1...a.count {
    for j in 1...b.count {
      let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      rows[i][j] = min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[a.count][b.count]
}
