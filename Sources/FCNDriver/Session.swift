import FCNCore
import Foundation

/// The pipeline from a file to a graph with weights, with the plugins that it was given.
public struct Session: Sendable {
  public let registry: Registry

  /// Why a job could not be done, other than by a finding in the user's file.
  public struct Failure: Error, Sendable {
    public var message: String
    public var help: String?

    public init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }

  /// The largest network file that is read, in bytes.
  public static let sizeLimit = 1 << 20

  /// - Throws: where two plugins claim one name.
  public init(plugins: [any Plugin.Type]) throws(Failure) {
    registry = Registry(plugins)
    if let conflict = registry.conflicts.first { throw Failure(conflict) }
  }

  // MARK: Reading

  /// Reads a network file; `-` is standard input.
  public func read(_ path: String) throws(Failure) -> SourceFile {
    if path == "-" {
      let data = (try? FileHandle.standardInput.read(upToCount: Self.sizeLimit + 1)) ?? Data()
      return try source("<stdin>", data)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure("there is no file `\(path)`")
    }
    guard !isFolder.boolValue else { throw Failure("`\(path)` is a folder", help: "name the network file in it") }
    // A named pipe would hold the process, and a device may have no end.
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw Failure("`\(path)` is a pipe or a device, not a file", help: "a network from a pipe is read as `-`")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw Failure("`\(path)` cannot be read") }
    defer { try? handle.close() }
    do {
      return try source(path, try handle.read(upToCount: Self.sizeLimit + 1) ?? Data())
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("`\(path)` cannot be read: \(error.localizedDescription)")
    }
  }

  private func source(_ path: String, _ data: Data) throws(Failure) -> SourceFile {
    guard data.count <= Self.sizeLimit else {
      throw Failure(
        "`\(path)` is larger than \(Self.sizeLimit >> 20) MB", help: "a network file holds text, not weights")
    }
    return SourceFile(path: path, bytes: Array(data))
  }

  /// The front end for a path by its end; the text form for standard input.
  public func frontEnd(for path: String) throws(Failure) -> any FrontEnd {
    let all = registry.frontEnds.flatMap { frontEnd in frontEnd.fileExtensions.map { ($0, frontEnd) } }
      .sorted { $0.0.count > $1.0.count }
    if let found = all.first(where: { path.hasSuffix("." + $0.0) }) { return found.1 }
    if path == "-" || path == "<stdin>", let text = all.first(where: { $0.0 == "fcn" }) { return text.1 }
    let known = all.map { "." + $0.0 }.sorted().joined(separator: ", ")
    throw Failure("`\(path)` is not a network file", help: "network files end in \(known)")
  }

  /// Parses a file in the form that its name tells.
  public func parse(_ file: SourceFile, report: inout DiagnosticSink) throws(Failure) -> NetworkSyntax {
    try frontEnd(for: file.path).parse(file, report: &report)
  }

  // MARK: Graphs

  /// The graph of a parsed file, nil where it has errors.
  /// - Parameter inputSize: the size of the first input, where the network is read for this one size alone.
  public func elaborate(
    _ tree: NetworkSyntax, settings: [String: String], inputSize: (height: Int, width: Int)? = nil,
    report: inout DiagnosticSink
  ) -> Graph? {
    elaborator(settings: settings, inputSize: inputSize).elaborate(tree, report: &report)
  }

  /// An elaborator that reads included files from the disk.
  public func elaborator(settings: [String: String], inputSize: (height: Int, width: Int)?) -> Elaborator {
    Elaborator(
      registry: registry, loader: { path, includer in self.load(path, from: includer) }, settings: settings,
      inputSize: inputSize)
  }

  private func load(_ path: String, from includer: SourceFile) -> Result<SourceFile, Elaborator.IncludeFailure> {
    let folder = URL(fileURLWithPath: includer.path).deletingLastPathComponent()
    let full = path.hasPrefix("/") ? path : folder.appendingPathComponent(path).relativePath
    let shown =
      includer.path.contains("/") && !path.hasPrefix("/")
      ? String(includer.path[...(includer.path.lastIndex(of: "/") ?? includer.path.startIndex)]) + path : path
    do {
      let file = try read(full)
      return .success(SourceFile(path: shown, bytes: file.bytes))
    } catch {
      return .failure(Elaborator.IncludeFailure(error.message))
    }
  }

  /// Reads, parses and elaborates a file. One that holds definitions only, for others to include, has no graph.
  public func graph(
    _ path: String, settings: [String: String], inputSize: (height: Int, width: Int)? = nil,
    report: inout DiagnosticSink
  ) throws(Failure) -> (tree: NetworkSyntax, graph: Graph?) {
    let file = try read(path)
    let tree = try parse(file, report: &report)
    if tree.isLibrary { return (tree, nil) }
    let graph = report.hasErrors ? nil : elaborate(tree, settings: settings, inputSize: inputSize, report: &report)
    return (tree, report.hasErrors ? nil : graph)
  }

  /// The files that a network file includes, those of included files too, each once.
  public func included(by tree: NetworkSyntax) -> [SourceFile] {
    var found: [SourceFile] = []
    var waiting = [tree]
    while let tree = waiting.popLast() {
      for case .include(let include) in tree.items {
        guard case .success(let file) = load(include.path, from: tree.file),
          !found.contains(where: { $0.path == file.path })
        else { continue }
        found.append(file)
        var sink = DiagnosticSink()
        if let own = try? parse(file, report: &sink) { waiting.append(own) }
      }
    }
    return found
  }

  // MARK: Weights

  /// Opens a weight file in the form that its name tells.
  /// - Parameter key: the part of the file that is meant, if it is not the whole.
  public func openWeights(_ path: String, key: String? = nil) throws(Failure) -> any WeightSource {
    let source = try openWhole(path)
    guard let key else { return source }
    guard let selected = SelectedWeights(source, key: key) else {
      let stateDicts = Set(source.tensors.map(\.stateDict)).subtracting([""])
      let beginnings = Set(source.tensors.map { String($0.name.prefix { $0 != "." }) })
      let nearest = Suggestion.nearest(to: key, in: stateDicts) ?? Suggestion.nearest(to: key, in: beginnings)
      throw Failure(
        "\(path): there is no tensor under the key `\(key)`",
        help: (nearest ?? stateDicts.min()).map { "there is `\($0)`" }
          ?? "leave `--key` out: the file holds one state dict")
    }
    return selected
  }

  private func openWhole(_ path: String) throws(Failure) -> any WeightSource {
    guard let format = registry.weightFormats.first(where: { $0.fileExtensions.contains { path.hasSuffix("." + $0) } })
    else {
      let known = registry.weightFormats.flatMap(\.fileExtensions).map { "." + $0 }.sorted().joined(separator: ", ")
      throw Failure("`\(path)` is not a weight file", help: "weight files end in \(known)")
    }
    do { return try format.open(path: path) } catch {
      throw Failure("\(error.path): \(error.message)", help: error.help)
    }
  }

  /// Weight files and how their tensors are found.
  public struct WeightFiles: Sendable {
    public var paths: [String]
    /// The part of the files that is meant: the beginning of names, or the key of a state dict.
    public var key: String?
    /// The path of a weight map.
    public var map: String?
    /// Tensors that nothing uses are an error.
    public var isStrict: Bool

    public init(_ paths: [String], key: String? = nil, map: String? = nil, isStrict: Bool = false) {
      self.paths = paths
      self.key = key
      self.map = map
      self.isStrict = isStrict
    }
  }

  /// Where the numbers of the weights come from.
  public enum Weights: Sendable {
    case files(WeightFiles)
    case random(seed: UInt64)
  }

  /// What gives a graph the weights of files.
  public func weightBinder(_ files: WeightFiles, report: inout DiagnosticSink) throws(Failure) -> WeightBinder {
    var sources: [any WeightSource] = []
    for path in files.paths { sources.append(try openWeights(path, key: files.key)) }
    var map = WeightMap()
    if let path = files.map { map = WeightMap(parsing: try read(path), report: &report) }
    return WeightBinder(sources, map: map, strict: files.isStrict)
  }

  /// The graph with its weights.
  public func bind(
    _ graph: Graph, _ weights: Weights, report: inout DiagnosticSink
  ) throws(Failure) -> Graph {
    switch weights {
    case .random(let seed): return RandomWeights.bind(graph, seed: seed, report: &report)
    case .files(let files): return try weightBinder(files, report: &report).bind(graph, report: &report)
    }
  }
}
