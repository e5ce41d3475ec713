import FCNCore

extension Stage {
  /// The most pixels that may be put on, or cut off, one side.
  static var paddingLimit: Int { 4096 }

  /// Four amounts of pixels, none of them negative; nil where the argument is a word or absent.
  static func sides(
    _ arguments: Arguments, _ name: String, help: String
  ) throws(Rejection) -> (top: Int, left: Int, bottom: Int, right: Int)? {
    guard let sides = arguments.sides(name) else { return nil }
    for amount in [sides.top, sides.left, sides.bottom, sides.right] {
      guard amount >= 0 else {
        throw Rejection("`\(name)` of `\(signature.name)` is negative: \(amount)", .argument(name), help: help)
      }
      guard amount <= paddingLimit else {
        throw Rejection(
          "`\(name)` of `\(signature.name)` is \(amount); it may be at most \(paddingLimit)", .argument(name),
          help: "give a smaller amount")
      }
    }
    return sides
  }
}
