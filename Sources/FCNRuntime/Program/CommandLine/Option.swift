/// An option of the command line: how it is called, what the help says of it, and what it sets.
struct Option {
  /// With its two dashes.
  var name: String
  /// A letter with its dash, for the options that are typed most.
  var short: String?
  /// What stands for its value in the help; nil for one that takes none.
  var value: String?
  var help: String
  /// Sets it to a value, the empty text where it takes none.
  var set: (inout Options, String) throws(RuntimeFailure) -> Void

  init(
    _ name: String, short: String? = nil, value: String? = nil, _ help: String,
    set: @escaping (inout Options, String) throws(RuntimeFailure) -> Void
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.set = set
  }

  func isCalled(_ word: String) -> Bool { word.isSame(as: name) || (short.map { word.isSame(as: $0) } ?? false) }

  /// A whole number that the value of an option writes.
  static func number(_ name: String, _ value: String, from least: Int, to greatest: Int) throws(RuntimeFailure) -> Int {
    guard let number = value.naturalNumber, number >= least, number <= greatest else {
      throw RuntimeFailure("\(name) needs a number from \(least) to \(greatest), not \(value)")
    }
    return number
  }

  /// A decimal number of 0...1 that the value of an option writes.
  static func share(_ name: String, _ value: String) throws(RuntimeFailure) -> Float {
    let failure = RuntimeFailure("\(name) needs a number from 0 to 1, as in 0.5, not \(value)")
    let (whole, fraction) = value.cut(at: 0x2E) ?? (value, "0")
    guard let units = (whole.isEmpty ? "0" : whole).naturalNumber, let part = fraction.naturalNumber,
      units <= 1, fraction.utf8.count <= 9
    else { throw failure }
    var result = Double(part)
    for _ in 0..<fraction.utf8.count { result /= 10 }
    guard Double(units) + result <= 1 else { throw failure }
    return Float(Double(units) + result)
  }
}
