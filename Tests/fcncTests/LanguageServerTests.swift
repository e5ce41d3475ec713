import Foundation
import Testing

/// `fcnc lsp` as an editor talks to it: over its standard input and output.
@Suite struct LanguageServerTests {
  /// An editor that writes messages and reads what comes back.
  private final class Editor {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer = Data()
    private var nextID = 1

    init(_ encodings: [String] = []) throws {
      process.executableURL = URL(fileURLWithPath: Tool.fcnc.path)
      process.arguments = ["lsp", "--stdio"]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let result = try request(
        "initialize",
        ["capabilities": ["general": ["positionEncodings": encodings]], "processId": NSNull(), "rootUri": NSNull()])
      let capabilities = try #require((result as? [String: Any])?["capabilities"] as? [String: Any])
      #expect(capabilities["positionEncoding"] as? String == (encodings.contains("utf-8") ? "utf-8" : "utf-16"))
      notify("initialized", [:])
    }

    private func write(_ message: [String: Any]) {
      guard let body = try? JSONSerialization.data(withJSONObject: message) else { return }
      input.fileHandleForWriting.write(Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    func writeRaw(_ text: String) { input.fileHandleForWriting.write(Data(text.utf8)) }

    func notify(_ method: String, _ parameters: [String: Any]) {
      write(["jsonrpc": "2.0", "method": method, "params": parameters])
    }

    /// The result of a request, or its error.
    func request(_ method: String, _ parameters: [String: Any]) throws -> Any {
      let id = nextID
      nextID += 1
      write(["jsonrpc": "2.0", "id": id, "method": method, "params": parameters])
      while true {
        let message = try read()
        guard message["id"] as? Int == id else { continue }
        return message["result"] ?? message["error"] ?? NSNull()
      }
    }

    /// The next message of the server.
    func read() throws -> [String: Any] {
      while true {
        if let end = buffer.range(of: Data("\r\n\r\n".utf8)) {
          let header = String(decoding: buffer[buffer.startIndex..<end.lowerBound], as: UTF8.self)
          let length = try #require(Int(header.split(separator: " ").last ?? ""))
          if buffer.distance(from: end.upperBound, to: buffer.endIndex) >= length {
            let body = buffer[end.upperBound..<buffer.index(end.upperBound, offsetBy: length)]
            buffer = Data(buffer[body.endIndex...])
            return try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
          }
        }
        let data = output.fileHandleForReading.availableData
        try #require(!data.isEmpty, "the server has gone")
        buffer.append(data)
      }
    }

    /// Opens a text and gives its findings.
    func open(_ text: String, _ uri: String) throws -> [[String: Any]] {
      notify(
        "textDocument/didOpen",
        ["textDocument": ["uri": uri, "languageId": "fcn", "version": 1, "text": text]])
      return try findings()
    }

    func change(_ text: String, _ uri: String, version: Int) throws -> [[String: Any]] {
      notify(
        "textDocument/didChange",
        ["textDocument": ["uri": uri, "version": version], "contentChanges": [["text": text]]])
      return try findings()
    }

    func findings() throws -> [[String: Any]] {
      while true {
        let message = try read()
        guard message["method"] as? String == "textDocument/publishDiagnostics" else { continue }
        return try #require((message["params"] as? [String: Any])?["diagnostics"] as? [[String: Any]])
      }
    }

    func end() throws -> Int32 {
      _ = try request("shutdown", [:])
      notify("exit", [:])
      process.waitUntilExit()
      return process.terminationStatus
    }

    func close() -> Int32 {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private static let uri = "file:///nets/larger.fcn"
  private static let text = """
    network larger(width = 8)

    input photo[3] = picture -> rgb

    // 🙂 ü
    def unit(x, filters) {
      inner = x -> conv(filters, kernel: 3, pad: same)
      inner -> relu
    }

    half = photo -> unit(width) -> maxpool(2)
    output larger: image = half -> deconv(3, kernel: 3, stride: 2, pad: 1)

    """

  private static func at(_ line: Int, _ character: Int, _ uri: String = uri) -> [String: Any] {
    ["textDocument": ["uri": uri], "position": ["line": line, "character": character]]
  }

  private func start(_ value: [String: Any]) -> [Int] {
    let range = value["range"] as? [String: [String: Int]] ?? [:]
    return [
      range["start"]?["line"] ?? -1, range["start"]?["character"] ?? -1, range["end"]?["line"] ?? -1,
      range["end"]?["character"] ?? -1,
    ]
  }

  @Test func findingsFollowTheText() throws {
    let editor = try Editor()
    let found = try editor.open(Self.text, Self.uri)
    #expect(found.map { $0["code"] as? String } == ["checkerboard"])
    #expect(found.first?["severity"] as? Int == 2)
    #expect(start(found[0]) == [11, 49, 11, 50])
    #expect(
      try editor.change(
        Self.text.replacingOccurrences(of: "kernel: 3, stride", with: "kernel: 4, stride"), Self.uri, version: 2
      ).isEmpty)
    let broken = try editor.change(
      Self.text.replacingOccurrences(of: "unit(width)", with: "unti(width)"), Self.uri, version: 3)
    #expect(broken.contains { $0["severity"] as? Int == 1 && ($0["message"] as? String ?? "").contains("unti") })
    editor.notify("textDocument/didClose", ["textDocument": ["uri": Self.uri]])
    #expect(try editor.findings().isEmpty)
    #expect(try editor.end() == 0)
  }

  @Test func fixesAreOffered() throws {
    let editor = try Editor()
    let text = Self.text.replacingOccurrences(of: "-> maxpool(2)", with: "-> maxpool(2) -> relu")
    _ = try editor.open(text, Self.uri)
    let actions = try #require(
      try editor.request(
        "textDocument/codeAction",
        [
          "textDocument": ["uri": Self.uri],
          "range": ["start": ["line": 10, "character": 0], "end": ["line": 10, "character": 60]],
          "context": ["diagnostics": []],
        ])
        as? [[String: Any]])
    #expect(actions.map { $0["title"] as? String } == ["remove it", "allow `activation-without-effect` here"])
    let edit = try #require(
      ((actions[0]["edit"] as? [String: Any])?["changes"] as? [String: [[String: Any]]])?[Self.uri]?.first)
    #expect(edit["newText"] as? String == "")
    #expect(start(edit) == [10, 41, 10, 49])
    #expect(try editor.end() == 0)
  }

  @Test func whatIsAtAPlaceIsTold() throws {
    let editor = try Editor()
    _ = try editor.open(Self.text, Self.uri)
    func hover(_ line: Int, _ character: Int) throws -> String {
      let result = try editor.request("textDocument/hover", Self.at(line, character)) as? [String: Any]
      return (result?["contents"] as? [String: String])?["value"] ?? ""
    }
    let value = try hover(10, 1)
    #expect(value.contains("**half**") && value.contains("`8 x floor(H/2) x floor(W/2)`"), "\(value)")
    // A 3x3 window, then 2x2: 4 pixels; one position each two pixels.
    #expect(value.contains("stride 2") && value.contains("sees 4 x 4 pixels"), "\(value)")
    let stage = try hover(11, 34)
    #expect(stage.contains("**deconv**") && stage.contains("`3 x "), "\(stage)")
    #expect(try hover(11, 42).contains("**kernel**"))
    #expect(try hover(1, 0).isEmpty)
    #expect(try editor.end() == 0)
  }

  @Test func completionKnowsWhatFits() throws {
    let editor = try Editor()
    let text = Self.text + "more = half -> \nother = half -> upsample(2, mode: \nthird = half -> upsample(2, \n"
    _ = try editor.open(text, Self.uri)
    func labels(_ line: Int, _ character: Int) throws -> [String] {
      let items = try editor.request("textDocument/completion", Self.at(line, character)) as? [[String: Any]] ?? []
      return items.compactMap { $0["label"] as? String }
    }
    let stages = try labels(12, 15)
    #expect(stages.contains("conv") && stages.contains("unit") && !stages.contains("mode"))
    #expect(try Array(labels(13, 34).prefix(2)) == ["nearest", "bilinear"])
    let parameters = try labels(14, 28)
    #expect(parameters.contains("mode") && parameters.contains("grid") && parameters.contains("half"))
    #expect(try labels(4, 5).isEmpty)
    #expect(try editor.end() == 0)
  }

  @Test func namesLeadToTheirDefinitions() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try "def block(x) {\n  x -> relu\n}\n".write(toFile: "\(folder.path)/blocks.fcn", atomically: true, encoding: .utf8)
    let uri = "file://\(folder.path)/n.fcn"
    let text = "include \"blocks.fcn\" as blocks\n" + Self.text + "output more = half -> blocks.block\n"
    let editor = try Editor()
    _ = try editor.open(text, uri)
    func target(_ line: Int, _ character: Int) throws -> (String, [Int]) {
      let result = try editor.request("textDocument/definition", Self.at(line, character, uri)) as? [String: Any] ?? [:]
      return (result["uri"] as? String ?? "", Array(start(result).prefix(2)))
    }
    #expect(try target(12, 24) == (uri, [11, 0]))
    #expect(try target(11, 17) == (uri, [6, 4]))
    #expect(try target(11, 22) == (uri, [1, 15]))
    #expect(try target(7, 21) == (uri, [6, 12]))
    let block = try target(13, 30)
    #expect(block.0.hasSuffix("/blocks.fcn") && block.1 == [0, 4], "\(block)")
    let symbols =
      try editor.request("textDocument/documentSymbol", ["textDocument": ["uri": uri]]) as? [[String: Any]] ?? []
    #expect(symbols.map { $0["name"] as? String } == ["blocks", "larger", "photo", "unit", "half", "larger", "more"])
    #expect((symbols[3]["children"] as? [[String: Any]])?.map { $0["name"] as? String } == ["inner"])
    #expect(try editor.end() == 0)
  }

  @Test func textsAreFormatted() throws {
    let editor = try Editor()
    _ = try editor.open(Self.text, Self.uri)
    let parameters: [String: Any] = [
      "textDocument": ["uri": Self.uri], "options": ["tabSize": 2, "insertSpaces": true],
    ]
    #expect((try editor.request("textDocument/formatting", parameters) as? [Any])?.isEmpty ?? false)
    _ = try editor.change(
      Self.text.replacingOccurrences(of: "half = photo", with: "half   =photo"), Self.uri, version: 2)
    let edits = try editor.request("textDocument/formatting", parameters) as? [[String: Any]] ?? []
    #expect(edits.first?["newText"] as? String == Self.text)
    _ = try editor.change("network (", Self.uri, version: 3)
    #expect(try editor.request("textDocument/formatting", parameters) is NSNull)
    #expect(try editor.end() == 0)
  }

  @Test func charactersAreCountedAsAgreed() throws {
    // Behind an emoji and an umlaut: 2 + 1 units of UTF-16, 4 + 2 bytes.
    let line = "network n\n\ninput x[3] = picture -> rgb\n\noutput y: labels(names: [\"🙂ü\"]) = x -> rleu\n"
    for (encodings, column) in [([String](), 40), (["utf-8", "utf-16"], 43)] {
      let editor = try Editor(encodings)
      let found = try editor.open(line, Self.uri)
      #expect(found.contains { Array(start($0).prefix(2)) == [4, column] }, "\(found)")
      #expect(try editor.end() == 0)
    }
  }

  @Test func wrongMessagesAreAnswered() throws {
    let editor = try Editor()
    let unknown = try editor.request("textDocument/rename", [:]) as? [String: Any]
    #expect(unknown?["code"] as? Int == -32601)
    // A text that is not open, places beyond its end, and parameters that are missing.
    #expect(try editor.request("textDocument/hover", Self.at(0, 0)) is NSNull)
    _ = try editor.open(Self.text, Self.uri)
    for (line, character) in [(0, 9_999), (9_999, 0), (-1, -1)] {
      _ = try editor.request("textDocument/hover", Self.at(line, character))
      _ = try editor.request("textDocument/completion", Self.at(line, character))
      _ = try editor.request("textDocument/definition", Self.at(line, character))
    }
    #expect(try editor.request("textDocument/hover", [:]) is NSNull)
    editor.writeRaw("Content-Length: 9\r\n\r\nnot json!")
    let answer = try editor.read()
    #expect((answer["error"] as? [String: Any])?["code"] as? Int == -32700)
    #expect(try editor.end() == 0)
    // Without a farewell, and with a header that cannot be read.
    #expect(try Editor().close() == 1)
    let lost = try Editor()
    lost.writeRaw("Content-Length: many\r\n\r\n")
    #expect(lost.close() == 1)
  }
}
