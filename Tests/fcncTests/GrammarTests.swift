import FCNCore
import FCNDriver
import FCNTestSupport
import FCNYAML
import Foundation
import Testing

@testable import FCNCommands

/// The files of `Grammar` for editors, held to what the compiler reads.
@Suite struct GrammarTests {
  // MARK: The schema of the YAML form

  @Test func theSchemaIsWhatTheStagesSay() throws {
    let session = try Session(plugins: Fcnc.plugins)
    let wrong = try ExpectedText.difference(
      SchemaWriter(session.registry).text, from: Repository.file("Grammar/fcn.schema.json"))
    #expect(wrong == nil, "\(wrong?.prefix(2_000) ?? "")")
  }

  private func validate(_ documents: [String], schema: String = "Grammar/fcn.schema.json") throws -> Tool.Result? {
    guard let python = Python.schemas else {
      print("skipped: no Python with a validator of JSON Schema")
      return nil
    }
    return try python.run(["Tests/Scripts/validate_json.py", schema] + documents)
  }

  /// Every network of the repository, those in the network language as YAML.
  @Test func theSchemaAcceptsAllNetworks() throws {
    let folder = try Folder()
    defer { folder.remove() }
    var documents: [String] = []
    for path in try Self.files(ending: ".fcn", in: "Networks") {
      let document = "\(folder.path)/\(documents.count).fcn.yaml"
      let converted = try Tool.fcnc.run(["convert", path, "-o", document])
      #expect(converted.status == 0, "\(path): \(converted.errors)")
      documents.append(document)
    }
    documents += try Self.files(ending: ".fcn.yaml", in: "Networks")
    #expect(documents.count > 20)
    guard let result = try validate(documents) else { return }
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(arguments: [
    "netwrok: n\n",
    "network: n\ninputs: {x: {chanels: 3}}\n",
    "network: n\noutputs: {y: {kind: labls}}\n",
    "network: n\nvalues:\n  y: [x, conv: [8, kernal: 3]]\n",
    "network: n\nvalues:\n  y: [x, {conv: [8, kernel: 3], lable: a}]\n",
    "network: n\nvalues:\n  y: {repeat: i < 3, body: {}}\n",
    "network: n\nvalues:\n  9y: x\n",
    "fcn: 2\n",
  ])
  func theSchemaRefusesSlips(text: String) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = "\(folder.path)/n.fcn.yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    guard let result = try validate([path]) else { return }
    #expect(result.status == 1, "\(text)\(result.errors)")
  }

  // MARK: The grammar of colours

  /// Every token of every network gets the colour of its kind.
  @Test func theColoursAreThoseOfTheLanguage() throws {
    let grammar = try TextMateGrammar(Repository.file("Grammar/fcn.tmLanguage.json"))
    let names = try Self.files(ending: ".fcn", in: "Networks")
    var count = 0
    for name in names {
      let text = try String(contentsOf: Repository.file(name), encoding: .utf8)
      let scopes = grammar.scopes(of: text)
      for word in Self.words(of: text) {
        count += 1
        let scope = scopes[word.offset]
        #expect(
          scope.hasPrefix(word.scope) || word.others.contains { scope.hasPrefix($0) },
          "\(name): `\(word.text)` at \(word.offset) is `\(scope)`, not `\(word.scope)`")
      }
    }
    #expect(count > 2_000)
  }

  private struct Word {
    var text: String
    var offset: Int
    var scope: String
    var others: [String] = []
  }

  private static let keywords: Set<String> = [
    "fcn", "network", "input", "output", "def", "include", "as", "like", "if", "else", "repeat", "with", "next",
    "collect",
    "weights",
  ]

  /// The words, numbers, texts and comments of a file, with the colour that each should have, found by a plain scan that
  /// knows nothing of the grammar's rules.
  private static func words(of text: String) -> [Word] {
    let bytes = Array(text.utf8)
    var words: [Word] = []
    var offset = 0
    func isWord(_ byte: UInt8) -> Bool {
      Character(Unicode.Scalar(byte)).isASCII
        && (Character(Unicode.Scalar(byte)).isLetter || byte == 0x5F || isDigit(byte))
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    while offset < bytes.count {
      let rest = bytes[offset...]
      if rest.starts(with: Array("//".utf8)) {
        words.append(Word(text: "//", offset: offset, scope: "comment"))
        offset += rest.prefix { $0 != 0x0A }.count
      } else if rest.first == UInt8(ascii: "\"") {
        words.append(Word(text: "\"", offset: offset, scope: "string"))
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != 0x0A {
          offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
      } else if rest.first == UInt8(ascii: "@") {
        words.append(Word(text: "@", offset: offset, scope: "entity.name.label"))
        var depth = 0
        while offset < bytes.count, depth > 0 || !" \n,)]".utf8.contains(bytes[offset]) {
          if bytes[offset] == UInt8(ascii: "{") { depth += 1 }
          if bytes[offset] == UInt8(ascii: "}") { depth -= 1 }
          offset += 1
        }
      } else if let first = rest.first, isDigit(first) {
        words.append(Word(text: "number", offset: offset, scope: "constant.numeric"))
        while offset < bytes.count, isWord(bytes[offset]) || bytes[offset] == UInt8(ascii: ".") { offset += 1 }
      } else if let first = rest.first, isWord(first) {
        let word = String(decoding: rest.prefix(while: isWord), as: UTF8.self)
        let end = offset + word.utf8.count
        let isArgument = end < bytes.count && bytes[end] == UInt8(ascii: ":")
        switch word {
        case "true", "false": words.append(Word(text: word, offset: offset, scope: "constant.language"))
        case "and", "or", "not": words.append(Word(text: word, offset: offset, scope: "keyword.operator"))
        case _ where keywords.contains(word) && !isArgument:
          words.append(Word(text: word, offset: offset, scope: "keyword.control", others: ["storage.type"]))
        default:
          let isCall = end < bytes.count && bytes[end] == UInt8(ascii: "(")
          words.append(
            Word(
              text: word, offset: offset, scope: isCall ? "support.function" : "variable",
              others: ["entity.name", "support.function"]))
        }
        offset = end
      } else {
        offset += 1
      }
    }
    return words
  }

  private static func files(ending: String, in folder: String) throws -> [String] {
    let root = Repository.file(folder).path
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
  }
}
