extension Grammar {
  /// A random file of the network language, which its parser reads without findings.
  ///
  /// - Parameter name: gives the names, from a random number.
  public func networkFile(
    depth: Int, using random: inout some RandomNumberGenerator, name: (UInt64) -> String
  ) -> String {
    let words = sentence(of: "file", depth: depth, using: &random) { rule, choice in
      func pick(_ texts: String...) -> [String] { [texts[Int(choice % UInt64(texts.count))]] }
      switch rule {
      case "NAME": return [name(choice)]
      case "INTEGER": return pick("0", "3", "16", "007")
      case "DECIMAL": return pick("0.5", "1e-5", "2.25E+3")
      case "SIZE": return pick("3x5", "512x512")
      case "STRING": return pick("\"\"", "\"a b\"", "\"\\\"\\\\\\n\\t\\u{e9}\"")
      case "label": return pick("@a", "@/a.0", "@.", "@/", "@a.{i + 1}.b-c", "@{i}x")
      case "END_OF_FILE": return ["\n"]
      case "NEWLINE": return ["\n"]
      default: return nil
      }
    }
    // The version that the compiler knows is the only one it reads, and names of includes stand before a dot.
    var sentence = words
    for index in sentence.indices.dropLast() where sentence[index] == "fcn" { sentence[index + 1] = "1" }
    let namespaces = Set(sentence.indices.dropFirst().filter { sentence[$0] == "." }.map { sentence[$0 - 1] })
    for name in namespaces.sorted() { sentence += ["include", "\"a\"", "as", name, "\n"] }
    return sentence.joined(separator: " ").replacing(" . ", with: ".")
  }
}
