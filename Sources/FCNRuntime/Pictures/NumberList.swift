/// Pages or samples that the command line names, counted from 1.
public enum NumberList: Sendable {
  case all
  case numbers([Int])

  /// `all`, or numbers and ranges with commas between: `1-3,7`; nil for other texts.
  public init?(_ text: String) {
    if text.isSame(as: "all") {
      self = .all
      return
    }
    var numbers: [Int] = []
    for part in text.utf8.split(separator: 0x2C, omittingEmptySubsequences: false) {
      let part = String(decoding: Array(part), as: UTF8.self)
      let (before, after) = part.cut(at: 0x2D) ?? (part, part)
      guard let first = before.naturalNumber, let last = after.naturalNumber, first >= 1, first <= last,
        last - first < NumberList.greatestCount - numbers.count
      else { return nil }
      numbers += Array(first...last)
    }
    self = .numbers(numbers)
  }

  /// The places that are meant, counted from 0, of so many things; nil where there are fewer.
  func places(of count: Int) -> [Int]? {
    switch self {
    case .all: return Array(0..<count)
    case .numbers(let numbers): return numbers.allSatisfy { $0 <= count } ? numbers.map { $0 - 1 } : nil
    }
  }

  var greatest: Int {
    if case .numbers(let numbers) = self { numbers.reduce(0) { max($0, $1) } } else { 0 }
  }

  private static let greatestCount = 1 << 16
}

/// Which part of a file becomes the channels of a picture.
public struct ChannelChoice: Sendable {
  /// The pages; nil: the file must have only one.
  public var pages: NumberList?
  /// The samples of each page; nil: all.
  public var samples: NumberList?

  public init(pages: NumberList? = nil, samples: NumberList? = nil) {
    self.pages = pages
    self.samples = samples
  }

  func pages(of count: Int) throws(RuntimeFailure) -> [Int] {
    guard let pages else {
      guard count == 1 else {
        throw RuntimeFailure(
          "the file has \(count) pages, and which are meant is not said",
          help: "--pages 1 takes the first; --pages 1-\(count), or all, makes channels of them")
      }
      return [0]
    }
    guard let places = pages.places(of: count), !places.isEmpty else {
      throw RuntimeFailure("--pages names page \(pages.greatest), and the file has \(count)")
    }
    return places
  }

  func samples(of count: Int) throws(RuntimeFailure) -> [Int] {
    guard let samples else { return Array(0..<count) }
    guard let places = samples.places(of: count) else {
      throw RuntimeFailure("--samples names sample \(samples.greatest), and a pixel of the picture has \(count)")
    }
    return places
  }
}
