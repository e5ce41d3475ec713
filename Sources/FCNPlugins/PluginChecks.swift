import FCNConformance
import FCNCore
import FCNDriver
import FCNStandard
import FCNSwiftBackend
import Foundation

/// The standard checks of a plugin: that what it declares is what it does, and that bad input is told, not trusted.
public struct PluginChecks {
  /// What was checked, and what is wrong with it.
  public struct Result: Sendable {
    public var subject: String
    public var faults: [String]
  }

  private let registry: Registry
  private let session: Session
  private let cache: String

  /// - Parameters:
  ///   - plugins: the plugins that are checked.
  ///   - builtIn: those that they work beside.
  public init(_ plugins: [any Plugin.Type], builtIn: [any Plugin.Type], cache: String) throws(Session.Failure) {
    registry = Registry(plugins)
    session = try Session(plugins: builtIn + plugins)
    self.cache = cache
  }

  /// Checks everything that the plugins register.
  public func run() -> [Result] {
    var results: [Result] = []
    for (name, stage) in registry.stages.sorted(by: { $0.key < $1.key }) {
      results.append(Result(subject: "stage `\(name)`", faults: faults(of: stage)))
    }
    for rule in registry.lintRules {
      results.append(
        Result(subject: "lint rule `\(rule.description.id.name)`", faults: Linter(session).faults(of: rule.description))
      )
    }
    for reporter in registry.reporters {
      results.append(Result(subject: "reporter `\(reporter.name)`", faults: faults(of: reporter)))
    }
    for frontEnd in registry.frontEnds {
      results.append(Result(subject: "front end `\(frontEnd.name)`", faults: faults(of: frontEnd)))
    }
    for format in registry.weightFormats {
      results.append(Result(subject: "weight format `\(format.name)`", faults: faults(of: format)))
    }
    for exporter in registry.exporters {
      results.append(Result(subject: "exporter `\(exporter.name)`", faults: faults(of: exporter)))
    }
    return results
  }

  // MARK: Stages

  private func faults(of stage: any Stage.Type) -> [String] {
    let declared = Conformance.faults(of: stage).map(\.description)
    return declared.isEmpty ? kernelFaults(of: stage) : declared
  }

  /// The compiled example of a stage against its reference.
  private func kernelFaults(of stage: any Stage.Type) -> [String] {
    let example = stage.signature.example
    let inputs = example.contains("y") ? "input x[4]\ninput y[4]\n" : "input x[4]\n"
    var sink = DiagnosticSink()
    let file = SourceFile(path: "example.fcn", text: "network example\n\(inputs)output result = \(example)\n")
    let tree = NetworkLanguage().parse(file, report: &sink)
    guard let graph = session.elaborate(tree, settings: [:], report: &sink) else {
      return ["its example `\(example)` is wrong: \(sink.diagnostics.first?.message ?? "")"]
    }
    let bound = RandomWeights.bind(graph, seed: 1, report: &sink)
    do {
      let interpreter = try Interpreter(bound)
      let program: LoweredProgram
      do { program = try Lowerer(Optimizer.optimize(bound).graph, target: .native).lower() } catch {
        // A stage without a kernel works in `fcnc run`.
        return stage.hasKernel ? ["it cannot be lowered: \(error.rejection.message)"] : []
      }
      let library = try KernelLibrary([program], toolchain: Toolchain.find(), cache: cache)
      for (height, width) in [(1, 1), (1, 9), (7, 5), (16, 17), (33, 40)] {
        let values = graph.inputs.map { input -> Tensor in
          var tensor = Tensor(channels: input.description.channels, height: height, width: width)
          for index in tensor.values.indices { tensor.values[index] = Float((index * 37) % 101) / 50 - 1 }
          return tensor
        }
        guard let expected = try? interpreter.run(values).outputs else { continue }
        for threads in [1, 3] {
          for (result, reference) in zip(try library.run(0, inputs: values, threads: threads), expected) {
            let worst = zip(result.values, reference.values).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
            // Written so that a result that is no number fails too.
            if !(worst <= 1e-5) {
              return ["its kernel differs from its reference by \(worst) at \(height)x\(width) with \(threads) threads"]
            }
          }
        }
      }
      return []
    } catch {
      return ["its kernel cannot be tried: \(error)"]
    }
  }

  // MARK: The others

  private func faults(of reporter: any Reporter) -> [String] {
    let file = SourceFile(path: "a.fcn", text: "network n\noutput y = \"<&%\\u{7}\" // \u{1F600}\n")
    let whole = SourceRange(file: file, lower: 0, upper: file.bytes.count)
    let odd = Diagnostic(
      .malformedSuppression, "a message with <&>,:%\"' and\nlines", at: whole, label: "label",
      related: [.init(SourceRange(file: file, lower: 10, upper: 16), "here")], notes: ["note"], help: "help",
      fixIts: [FixIt("fix", .automatic, [.init(whole, "new")])])
    var faults: [String] = []
    for findings in [[], [odd], [odd, Diagnostic(.unknownRule, "nowhere", at: nil, severity: .note)]] {
      let report = FindingReport(findings, files: ["a.fcn"])
      let text = reporter.report(report)
      if text != reporter.report(report) { faults.append("it reports the same findings differently each time") }
      if !text.isEmpty, !text.hasSuffix("\n") { faults.append("its report does not end with a line break") }
    }
    return Array(Set(faults)).sorted()
  }

  private func faults(of frontEnd: any FrontEnd) -> [String] {
    var faults: [String] = []
    if frontEnd.fileExtensions.isEmpty { faults.append("it reads no files: `fileExtensions` is empty") }
    var generator = Bytes(state: 7)
    let texts =
      [[], Array("network".utf8), Array("\u{0}\u{FFFD}\n\n\t".utf8), [0xFF, 0xFE, 0x00]]
      + (0..<200).map { _ in generator.next(Int(generator.nextByte())) }
    for bytes in texts {
      var sink = DiagnosticSink()
      let file = SourceFile(path: "a.\(frontEnd.fileExtensions.first ?? "fcn")", bytes: bytes)
      let tree = frontEnd.parse(file, report: &sink)
      if tree.items.isEmpty, !sink.hasErrors, bytes.contains(where: { $0 > 0x20 && $0 < 0x7F }),
        bytes.first != UInt8(ascii: "#")
      {
        faults.append("a text that holds no network is read without an error")
      }
      for finding in sink.diagnostics {
        if let range = finding.range, range.upper > file.bytes.count || range.lower < 0 {
          faults.append("a finding lies beyond the end of the text")
        }
      }
    }
    return Array(Set(faults)).sorted()
  }

  private func faults(of format: any WeightFormat) -> [String] {
    var faults: [String] = []
    let end = format.fileExtensions.first ?? "weights"
    let path = NSTemporaryDirectory() + "/fcnc-plugin-\(UUID().uuidString).\(end)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var generator = Bytes(state: 9)
    for length in [0, 1, 7, 8, 64, 4_096] {
      do { try Data(generator.next(length)).write(to: URL(fileURLWithPath: path)) } catch { continue }
      guard let source = try? format.open(path: path) else { continue }
      for tensor in source.tensors {
        let count = tensor.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        if let read = try? source.read(tensor.name), read.values.count != count {
          faults.append("a tensor of \(count) numbers is read as \(read.values.count)")
        }
      }
    }
    if (try? format.open(path: path + ".absent")) != nil { faults.append("a file that is not there is opened") }
    return Array(Set(faults)).sorted()
  }

  private func faults(of exporter: any Exporter) -> [String] {
    var faults: [String] = []
    for use in ["conv(4, kernel: 3, pad: same) -> relu", "maxpool(2) -> argmax"] {
      var sink = DiagnosticSink()
      let file = SourceFile(path: "example.fcn", text: "network example\ninput x[3]\noutput y = x -> \(use)\n")
      let tree = NetworkLanguage().parse(file, report: &sink)
      guard let graph = session.elaborate(tree, settings: [:], report: &sink) else { continue }
      let network = ExportedNetwork(graph: graph, source: "example.fcn", producer: "fcnc")
      var (first, second) = (DiagnosticSink(), DiagnosticSink())
      let text = exporter.export(network, report: &first)
      if text != exporter.export(network, report: &second) {
        faults.append("it writes the same network differently each time")
      }
      if text == nil, !first.hasErrors { faults.append("it writes nothing for `\(use)` and does not say why") }
    }
    return faults
  }
}

extension Stage {
  /// Whether it says how it is computed in a program.
  fileprivate static var hasKernel: Bool { self is any PointwiseStage.Type }
}

/// Bytes that look random and are the same each time.
private struct Bytes {
  var state: UInt64

  mutating func nextByte() -> UInt8 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33)
  }

  mutating func next(_ count: Int) -> [UInt8] { (0..<count).map { _ in nextByte() } }
}
