/// A name with wildcards, as shells know them: `*` stands for any characters, `?` for one, `[abc]`, `[a-z]` and `[!a-z]`
/// for one of a set or none of it; a backslash takes the meaning from the character behind it.
///
/// Names that begin with a dot are matched by patterns that begin with a dot only.
struct NamePattern {
  private enum Part {
    case character(UInt32)
    case any
    case many
    case set([ClosedRange<UInt32>], isExcluded: Bool)
  }

  private var parts: [Part] = []

  init(_ text: String) {
    let characters = text.unicodeScalars.map { $0.value }
    var place = 0
    while place < characters.count {
      let character = characters[place]
      place += 1
      if character == 0x2A {
        parts.append(.many)
      } else if character == 0x3F {
        parts.append(.any)
      } else if character == 0x5B, let (set, end) = NamePattern.set(characters, from: place) {
        parts.append(set)
        place = end
      } else if character == 0x5C, place < characters.count {
        parts.append(.character(characters[place]))
        place += 1
      } else {
        // Also a bracket that is never closed.
        parts.append(.character(character))
      }
    }
  }

  /// The set whose opening bracket stands before a place, and the place behind its closing one.
  private static func set(_ characters: [UInt32], from start: Int) -> (Part, Int)? {
    var place = start
    let isExcluded = place < characters.count && (characters[place] == 0x21 || characters[place] == 0x5E)
    if isExcluded { place += 1 }
    let first = place
    var ranges: [ClosedRange<UInt32>] = []
    while place < characters.count {
      // As the first one, a closing bracket belongs to the set.
      if characters[place] == 0x5D, place > first { return (.set(ranges, isExcluded: isExcluded), place + 1) }
      let low = characters[place]
      if place + 2 < characters.count, characters[place + 1] == 0x2D, characters[place + 2] != 0x5D {
        if low <= characters[place + 2] { ranges.append(low...characters[place + 2]) }
        place += 3
      } else {
        ranges.append(low...low)
        place += 1
      }
    }
    return nil
  }

  /// The one name that a pattern without wildcards matches.
  var plainName: String? {
    var name = ""
    for part in parts {
      guard case .character(let value) = part, let character = Unicode.Scalar(value) else { return nil }
      name.unicodeScalars.append(character)
    }
    return name
  }

  func matches(_ name: String) -> Bool {
    if name.hasStart(".") {
      guard case .character(0x2E) = parts.first else { return false }
    }
    let characters = name.unicodeScalars.map { $0.value }
    var (place, part) = (0, 0)
    // Where to go on, should what follows the last `*` not match: it takes one character more.
    var retry: (place: Int, part: Int)?
    while place < characters.count {
      if part < parts.count, case .many = parts[part] {
        part += 1
        retry = (place, part)
      } else if part < parts.count, NamePattern.isMatch(parts[part], characters[place]) {
        place += 1
        part += 1
      } else if let (last, next) = retry {
        retry = (last + 1, next)
        (place, part) = (last + 1, next)
      } else {
        return false
      }
    }
    while part < parts.count, case .many = parts[part] { part += 1 }
    return part == parts.count
  }

  private static func isMatch(_ part: Part, _ character: UInt32) -> Bool {
    switch part {
    case .character(let own): own == character
    case .any: true
    case .many: false
    case .set(let ranges, let isExcluded): ranges.contains { $0.contains(character) } != isExcluded
    }
  }
}
