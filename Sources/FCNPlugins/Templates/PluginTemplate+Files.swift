extension PluginTemplate {
  static let frontEnd = PluginTemplate("front-end", "another form in which networks are written") { name in
    """
    import FCNCore
    import FCNStandard

    /// Networks as one line a stage: the first line names the network and the channels of its input, every other one is a
    /// link of a chain in the network language. `#` begins a comment.
    ///
    ///     edges 3
    ///     conv(8, kernel: 3, pad: same)
    ///     relu
    public struct \(name.type): FrontEnd {
      public let name = "\(name.kebab)"
      public let fileExtensions = ["\(name.kebab)"]

      public init() {}

      public func parse(_ file: SourceFile, report sink: inout DiagnosticSink) -> NetworkSyntax {
        var tree = NetworkSyntax(file: file)
        var links: [ChainLinkSyntax] = []
        var hasErrors = false
        for number in 1...max(1, file.lineStarts.count) {
          let start = file.lineStarts[min(number, file.lineStarts.count) - 1]
          let line = file.line(number)
          let words = line.prefix { $0 != "#" }
          let text = words.drop { $0 == " " }
          guard !text.isEmpty else { continue }
          let lower = min(file.bytes.count, start + words.utf8.count - text.utf8.count)
          let range = SourceRange(file: file, lower: lower, upper: min(file.bytes.count, start + words.utf8.count))
          if tree.items.isEmpty {
            let parts = text.split(separator: " ")
            guard parts.count == 2, let channels = Int(parts[1]) else {
              sink.report(
                Diagnostic(
                  Self.wrongLine, "the first line is a name and the channels of the input", at: range,
                  help: "write a line like `edges 3`"))
              return tree
            }
            tree.items.append(.network(HeaderSyntax(name: Identifier(String(parts[0]), range), parameters: [], range: range)))
            tree.items.append(
              .input(
                InputSyntax(
                  name: Identifier("input", range), channels: ExpressionSyntax(.integer(channels), range: range),
                  like: nil, preprocessing: nil, range: range)))
          } else if let link = NetworkLanguage.link(at: range, namespaces: [], report: &sink) {
            links.append(link)
          } else {
            hasErrors = true
          }
        }
        guard let last = tree.items.last?.range, !hasErrors, !links.isEmpty else {
          if !sink.hasErrors {
            let whole = SourceRange(file: file, lower: 0, upper: min(1, file.bytes.count))
            sink.report(Diagnostic(Self.wrongLine, "the file has no stages", at: whole, help: "write one on each line"))
          }
          return tree
        }
        let head = ExpressionSyntax(.name("input"), range: last)
        let chain = ExpressionSyntax(.chain(head: head, links: links), range: links.reduce(last) { $0.union($1.range) })
        tree.items.append(.output(OutputSyntax(name: Identifier("output", last), kind: nil, value: chain, range: last)))
        return tree
      }

      /// What this form cannot say is written in the network language, as a comment.
      public func print(_ tree: NetworkSyntax) -> String {
        NetworkLanguage().print(tree).split(separator: "\\n").map { "# \\($0)\\n" }.joined()
      }

      private static let wrongLine = DiagnosticID(
        "\(name.kebab)-line", "A line of the file is not what is expected there.\\n\\nWrite `NAME CHANNELS`, then one stage a line.")
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type)()) }
    }

    """
  }

  static let weightFormat = PluginTemplate("weight-format", "another form of weight files") { name in
    """
    import FCNCore
    import Foundation

    /// Weights as text: a line `NAME SHAPE` such as `conv.weight 8 3 3 3`, then the numbers on the line behind it.
    public struct \(name.type): WeightFormat {
      public let name = "\(name.kebab)"
      public let fileExtensions = ["\(name.kebab)"]

      public init() {}

      public func open(path: String) throws(WeightFileError) -> any WeightSource { try \(name.type)Source(path: path) }
    }

    private struct \(name.type)Source: WeightSource {
      let path: String
      private(set) var tensors: [WeightTensorDescription] = []
      private var values: [String: [Float]] = [:]

      init(path: String) throws(WeightFileError) {
        self.path = path
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
          throw WeightFileError(path: path, message: "the file cannot be read as text")
        }
        let lines = text.split(separator: "\\n", omittingEmptySubsequences: false)
        guard lines.count > 1 else { throw WeightFileError(path: path, message: "the file holds no weights") }
        for index in stride(from: 0, to: lines.count - 1, by: 2) {
          let words = lines[index].split(separator: " ")
          let shape = words.dropFirst().compactMap { Int($0) }
          guard let name = words.first.map(String.init), shape.count == words.count - 1, shape.allSatisfy({ $0 > 0 }),
            values[name] == nil
          else {
            throw WeightFileError(path: path, message: "line \\(index + 1) is no name with a shape", help: "write `name 8 3 3 3`")
          }
          var count = 1
          for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { throw WeightFileError(path: path, message: "line \\(index + 1) has too large a shape") }
            count = product
          }
          let numbers = lines[index + 1].split(separator: " ").compactMap { Float($0) }.filter(\\.isFinite)
          guard numbers.count == count else {
            throw WeightFileError(path: path, message: "`\\(name)` needs \\(count) numbers, line \\(index + 2) has \\(numbers.count)")
          }
          tensors.append(WeightTensorDescription(name: name, shape: shape, elementType: "text"))
          values[name] = numbers
        }
      }

      func read(_ name: String) throws(WeightFileError) -> WeightTensor {
        guard let tensor = tensors.first(where: { $0.name == name }), let numbers = values[name] else {
          throw WeightFileError(path: path, message: "there is no tensor `\\(name)`")
        }
        return WeightTensor(shape: tensor.shape, values: numbers)
      }
    }

    public enum \(name.type)Plugin: Plugin {
      public static let name = "\(name.kebab)"

      public static func register(in registry: inout Registry) { registry.register(\(name.type)()) }
    }

    """
  }
}
