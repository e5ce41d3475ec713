import ArgumentParser
import FCNCore
import FCNDriver
import FCNRuntime

/// The picture sizes for which a network is looked at.
struct SizesOption: ParsableArguments {
  @Option(
    name: .customLong("size"),
    help: ArgumentHelp(
      "A picture size to look at; may be given more than once. An accepted one near 512x512 if none is.",
      valueName: "HEIGHTxWIDTH"))
  var sizes: [String] = []

  /// The sizes that were asked for, or one near 512 x 512.
  func value(for network: Graph) throws -> [(height: Int, width: Int)] {
    let rules = try Session.sizeRules(of: network)
    guard sizes.isEmpty else {
      return try sizes.map { text in
        let size = try PictureSize.parse(text)
        let refusals = rules.refusals(height: size.height, width: size.width)
        guard refusals.isEmpty else {
          throw Session.Failure("a picture of \(text) is not accepted", help: refusals.joined(separator: "; "))
        }
        return size
      }
    }
    func usual(_ domain: ExtentTable) -> Int? {
      (512...512 + Extent.periodLimit).first { domain.value(at: $0) != nil }
        ?? (1..<512).last { domain.value(at: $0) != nil }
    }
    guard let height = usual(rules.rows.domain), let width = usual(rules.columns.domain) else { return [] }
    return [(height, width)]
  }
}

/// Sizes on the command line: `HEIGHTxWIDTH`.
enum PictureSize {
  static func parse(_ text: String) throws -> (height: Int, width: Int) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let height = Int(parts[0]), let width = Int(parts[1]), height > 0, width > 0 else {
      throw Session.Failure("`\(text)` is not a size", help: "write HEIGHTxWIDTH, such as 480x640")
    }
    return (height, width)
  }
}
