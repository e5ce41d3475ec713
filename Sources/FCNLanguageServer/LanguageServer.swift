import FCNCore
import FCNDriver
import Foundation

/// Answers the questions of an editor: the Language Server Protocol 3.17 over standard input and output.
///
/// Texts are taken whole at every change; what is asked about a text is answered from its syntax tree and, where it has no
/// errors or had none before, from its graph.
public final class LanguageServer {
  let session: Session
  let linter: Linter
  /// The configuration of a file by its path.
  private let configuration: (String) -> LintConfiguration
  private let version: String
  private var stream: MessageStream
  private(set) var documents: [String: Document] = [:]
  private(set) var encoding = PositionEncoding.utf16
  private var isInitialized = false
  private var isShutDown = false

  public init(
    session: Session, version: String, stream: MessageStream, configuration: @escaping (String) -> LintConfiguration
  ) {
    self.session = session
    self.version = version
    self.stream = stream
    self.configuration = configuration
    linter = Linter(session)
  }

  /// Answers until the editor says `exit` or its end of the connection is closed.
  /// - Returns: the exit status that the protocol asks for.
  public func run() -> Int32 {
    while true {
      let message: JSON?
      do throws(MessageStream.Failure) { message = try stream.read() } catch {
        stream.write(failure(id: .null, code: -32700, "the message cannot be read"))
        // Behind a wrong header nothing can be found.
        if case .header = error { return 1 }
        continue
      }
      guard let message else { return isShutDown ? 0 : 1 }
      guard let method = message["method"]?.text else { continue }
      if method == "exit" { return isShutDown ? 0 : 1 }
      if let id = message["id"] {
        stream.write(answer(method, id, message["params"] ?? .null))
      } else {
        take(method, message["params"] ?? .null)
      }
    }
  }

  // MARK: Requests

  private func answer(_ method: String, _ id: JSON, _ params: JSON) -> JSON {
    if isShutDown { return failure(id: id, code: -32600, "the server was shut down") }
    if method == "initialize" { return success(id, initialize(params)) }
    guard isInitialized else { return failure(id: id, code: -32002, "the server is not initialized") }
    switch method {
    case "shutdown":
      isShutDown = true
      return success(id, .null)
    case "textDocument/hover": return success(id, hover(params))
    case "textDocument/completion": return success(id, completion(params))
    case "textDocument/definition": return success(id, definition(params))
    case "textDocument/documentSymbol": return success(id, symbols(params))
    case "textDocument/formatting": return success(id, formatting(params))
    case "textDocument/codeAction": return success(id, codeActions(params))
    default: return failure(id: id, code: -32601, "there is no method `\(method)`")
    }
  }

  private func success(_ id: JSON, _ result: JSON) -> JSON { ["jsonrpc": "2.0", "id": id, "result": result] }

  private func failure(id: JSON, code: Int, _ message: String) -> JSON {
    ["jsonrpc": "2.0", "id": id, "error": ["code": .integer(code), "message": .text(message)]]
  }

  private func initialize(_ params: JSON) -> JSON {
    isInitialized = true
    let offered = params["capabilities"]?["general"]?["positionEncodings"]?.list?.compactMap(\.text) ?? []
    // Bytes are what the compiler counts in.
    encoding = offered.contains("utf-8") ? .utf8 : .utf16
    return [
      "capabilities": [
        "positionEncoding": .text(encoding.rawValue),
        "textDocumentSync": ["openClose": true, "change": 1, "save": true],
        "hoverProvider": true,
        "completionProvider": ["triggerCharacters": [">", "(", ",", ":", " ", "."]],
        "definitionProvider": true,
        "documentSymbolProvider": true,
        "documentFormattingProvider": true,
        "codeActionProvider": ["codeActionKinds": ["quickfix"]],
      ],
      "serverInfo": ["name": "fcnc", "version": .text(version)],
    ]
  }

  // MARK: Notifications

  private func take(_ method: String, _ params: JSON) {
    guard isInitialized, !isShutDown else { return }
    let document = params["textDocument"]
    switch method {
    case "textDocument/didOpen":
      guard let uri = document?["uri"]?.text, let text = document?["text"]?.text else { return }
      update(uri, text, version: document?["version"]?.integer)
    case "textDocument/didChange":
      // With full synchronisation the last change is the whole text.
      guard let uri = document?["uri"]?.text, documents[uri] != nil,
        let text = params["contentChanges"]?.list?.last?["text"]?.text
      else { return }
      update(uri, text, version: document?["version"]?.integer)
    case "textDocument/didSave", "workspace/didChangeWatchedFiles":
      // An included file or a configuration may have changed.
      for document in documents.values.sorted(by: { $0.uri < $1.uri }) {
        update(document.uri, document.file.text, version: document.version)
      }
    case "textDocument/didClose":
      guard let uri = document?["uri"]?.text else { return }
      documents[uri] = nil
      publish(uri, version: nil, [])
    default: break
    }
  }

  private func update(_ uri: String, _ text: String, version: Int?) {
    let path = Document.path(uri)
    let file = SourceFile(path: path, text: text)
    var sink = DiagnosticSink()
    guard text.utf8.count <= Session.sizeLimit, let tree = try? session.parse(file, report: &sink) else {
      documents[uri] = nil
      return
    }
    var document = Document(
      uri: uri, path: path, version: version, file: file, tree: tree, graph: documents[uri]?.graph)
    let result = linter.lint(file, at: path, configuration(path))
    document.findings = result.findings
    if !tree.isLibrary, !sink.hasErrors, let graph = session.elaborate(tree, settings: [:], report: &sink),
      !sink.hasErrors
    {
      document.graph = graph
      document.isCurrent = true
    }
    documents[uri] = document
    publish(uri, version: version, result.findings.filter { $0.range?.file.path ?? path == path })
  }

  // MARK: Findings

  private func publish(_ uri: String, version: Int?, _ findings: [Diagnostic]) {
    var params: [String: JSON] = ["uri": .text(uri), "diagnostics": .list(findings.map { diagnostic($0) })]
    if let version { params["version"] = .integer(version) }
    stream.write(
      ["jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": .object(params)])
  }

  func diagnostic(_ finding: Diagnostic) -> JSON {
    let zero: JSON = ["line": 0, "character": 0]
    let severity = finding.severity == .error ? 1 : finding.severity == .warning ? 2 : 3
    let remarks = [finding.message] + finding.notes.map { "note: \($0)" } + (finding.help.map { ["help: \($0)"] } ?? [])
    var members: [String: JSON] = [
      "range": finding.range.map { encoding.range($0) } ?? ["start": zero, "end": zero],
      "severity": .integer(severity), "code": .text(finding.id.name), "source": "fcnc",
      "message": .text(remarks.joined(separator: "\n")),
    ]
    if finding.id.name.hasPrefix("unused-") || finding.id == .deadStage { members["tags"] = [1] }
    if !finding.related.isEmpty {
      members["relatedInformation"] = .list(
        finding.related.map { label in
          [
            "location": ["uri": .text(Document.uri(label.range.file.path)), "range": encoding.range(label.range)],
            "message": .text(label.text),
          ]
        })
    }
    return .object(members)
  }

  /// The document and the byte that a request is about.
  func place(_ params: JSON) -> (document: Document, offset: Int)? {
    guard let uri = params["textDocument"]?["uri"]?.text, let document = documents[uri],
      let offset = encoding.offset(params["position"], in: document.file)
    else { return nil }
    return (document, offset)
  }
}
