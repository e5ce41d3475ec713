import Foundation

/// Values as JSON with sorted keys, the same text for the same values.
enum JSONText {
  static func pretty(_ value: some Encodable) -> String { text(value, [.prettyPrinted]) }
  static func line(_ value: some Encodable) -> String { text(value, []) }

  private static func text(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    // Strings, whole numbers and lists can always be encoded.
    guard let data = try? encoder.encode(value) else { preconditionFailure("a report could not be encoded") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
