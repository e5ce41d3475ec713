import FCNCore
import FCNPyTorch
import FCNStandard
import Testing

/// What is written for whole networks and for names and stages out of the ordinary.
@Suite struct ExportTextTests {
  private func export(
    _ text: String, plugins: [any Plugin.Type] = [StandardPlugin.self]
  ) throws -> (text: String?, findings: [Diagnostic]) {
    var sink = DiagnosticSink()
    let tree = NetworkLanguage().parse(SourceFile(path: "net.fcn", text: text), report: &sink)
    let graph = Elaborator(registry: Registry(plugins)).elaborate(tree, report: &sink)
    let read = try #require(graph, "\(sink.diagnostics.map(\.message))")
    let network = ExportedNetwork(
      graph: read, source: "nets/net.fcn", producer: "fcnc 1",
      settings: ["width=8"])
    let exported = PyTorchExporter().export(network, report: &sink)
    return (exported, sink.diagnostics.filter { $0.severity == .error })
  }

  /// The text from a line on, up to another one.
  private func part(_ text: String, from start: String, to end: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != start }.prefix { $0 != end }.joined(separator: "\n")
  }

  @Test func partsThatAreAlikeShareAClass() throws {
    let (text, findings) = try export(
      """
      network small

      input image[3] = picture -> rgb

      def unit(x, filters, step = 1) {
        x -> conv(filters, kernel: 3, stride: step, pad: 1, bias: false) @conv -> batchnorm(eps: 1e-3) @norm -> relu
      }

      first = image -> unit(8) @first
      half = first -> unit(16, step: 2) @second
      deep = half -> repeat i < 6 { unit(16) @. } @deep
      joined = concat(deep, half) -> dropout(rate: 0.2) -> conv(5, kernel: 1) @head

      output mask: labels(names: ["a", "b", "c", "d", "e"]) = joined -> argmax
      """)
    #expect(findings.isEmpty)
    let expected = """
      class Unit(nn.Module):
          def __init__(self, in_channels, out_channels, stride=1):
              super().__init__()
              self.conv = nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
              self.norm = nn.BatchNorm2d(out_channels, eps=0.001)

          def forward(self, x):
              return F.relu(self.norm(self.conv(x)))


      class Small(nn.Module):
          def __init__(self):
              super().__init__()
              self.first = Unit(3, 8)
              self.second = Unit(8, 16, stride=2)
              self.deep = nn.ModuleList(Unit(16, 16) for _ in range(6))
              self.head = nn.Conv2d(32, 5, 1)
              self.apply(initialize)

          def logits(self, image):
              \"""The outputs as losses take them: before the last softmax, sigmoid or argmax.\"""
              first = self.first(image)
              half = self.second(first)
              x = self.deep[0](half)
              for i in range(1, 5):
                  x = self.deep[i](x)
              deep = self.deep[5](x)
              joined = self.head(F.dropout(torch.cat([deep, half], dim=1), 0.2, self.training))
              return {"mask": joined}

          def forward(self, image):
              outputs = self.logits(image)
              outputs["mask"] = outputs["mask"].argmax(dim=1, keepdim=True)
              return outputs


      """
    let written = try #require(text)
    #expect(part(written, from: "class Unit(nn.Module):", to: "def preprocess(picture):") == expected)
  }

  @Test func theHeadSaysWhereTheFileComesFrom() throws {
    let text = try #require(try export("network n\ninput a[2]\ninput b[2]\noutput y = a + b\n").text)
    #expect(
      text.hasPrefix(
        """
        \"""The network `n` in PyTorch, with the names of its weights in fcnc.

        Written by fcnc 1 from net.fcn with width=8.

        Inputs:
            a: N x 2 x H x W
            b: N x 2 x H x W
        Outputs, by name:
            y: N x 2 x H x W, for H >= 1

        """))
    #expect(text.contains("    def forward(self, a, b):\n        return {\"y\": a + b}\n"))
    #expect(!text.contains("def preprocess") && !text.contains("initialize") && !text.contains("functional as F"))
  }

  @Test(arguments: [
    // Attributes of every module, keywords and numbers are no names of parts.
    ("output y = x -> conv(2, kernel: 1) @half", #"self._modules["half"] = nn.Conv2d(3, 2, 1)"#),
    ("output y = x -> conv(2, kernel: 1) @half", #"self._modules["half"](x)"#),
    ("output y = x -> conv(2, kernel: 1) @class", #"self._modules["class"](x)"#),
    ("output y = x -> conv(2, kernel: 1) @part.class", #"self.part["class"](x)"#),
    ("output y = x -> conv(2, kernel: 1) @part.1", #"self.part = nn.ModuleDict({"1": nn.Conv2d(3, 2, 1)})"#),
    ("output y = x -> conv(2, kernel: 1) @part.0", #"self.part = nn.ModuleList([nn.Conv2d(3, 2, 1)])"#),
    // A part of a part that is a module itself.
    ("output y = x -> conv(3, kernel: 1) @a -> conv(2, kernel: 1) @a.b", "self.a.b = nn.Conv2d(3, 2, 1)"),
    ("output y = x -> conv(3, kernel: 1) @a -> conv(2, kernel: 1) @a.b", #"return {"y": self.a.b(x)}"#),
    // Names of functions and of Python are not names of values.
    ("torch = x -> relu\noutput y = torch + x", "torch_2 = F.relu(x)"),
    ("lambda = x -> relu\noutput y = lambda + x", "lambda_ = F.relu(x)"),
    ("crop = x -> crop(like: x, center: true)\noutput y = crop + x", "crop_2 = center_crop(x, x.shape[-2:])"),
    // One module for weights that are shared, one tensor for weights that are mapped to one.
    (
      "a = x -> conv(3, kernel: 1) @/s\noutput y = a -> conv(3, kernel: 1) @/s",
      "self.s = nn.Conv2d(3, 3, 1)\n        self.apply(initialize)"
    ),
    (
      "a = x -> conv(3, kernel: 1) @a\noutput y = a -> conv(3, kernel: 1) @b\nweights { \"b.bias\" = \"a.bias\" }",
      "self.b.bias = self.a.bias"
    ),
    // Losses take the scores, through several last stages, also where the stages between are read elsewhere.
    ("p = x -> softmax\noutput a = p -> argmax\noutput b = p + 1", #"return {"a": x, "b": p + 1}"#),
    (
      "output a = x -> softmax -> argmax",
      #"outputs["a"] = torch.softmax(outputs["a"], dim=1).argmax(dim=1, keepdim=True)"#
    ),
    // Operators keep their order.
    ("output y = x - (x - 1) * -2", "return {\"y\": x - ((x - 1) * (-2))}"),
    ("output y = 1 / (x + 1)", "return {\"y\": 1 / (x + 1)}"),
    ("output y = x - (x - x)", "return {\"y\": x - (x - x)}"),
    // Sizes.
    ("output y = x -> crop([1, 0, 2, 3])", "x[:, :, 1:-2, :-3]"),
    ("output y = x -> pad([1, 2, 3, 4], mode: reflect)", #"F.pad(x, [2, 4, 1, 3], mode="reflect")"#),
    ("output y = x -> maxpool(3, stride: 2, pad: same_tf)", #"pad_same(x, (3, 3), (2, 2), value=float("-inf"))"#),
    ("output y = x -> maxpool(2x3, stride: 1, pad: [0, 1, 0, 1])", "F.max_pool2d(x, (2, 3), stride=1, padding=(0, 1))"),
    ("output y = x -> upsample(2, mode: nearest, grid: asymmetric)", "F.interpolate(x, scale_factor=2)"),
    (
      "output y = x -> upsample(48, mode: nearest, grid: asymmetric)",
      #"resample(x, (x.shape[-2] * 48, x.shape[-1] * 48), "asymmetric", "floor", factor=(48, 1))"#
    ),
  ])
  func namesAndForms(statements: String, fragment: String) throws {
    let (text, findings) = try export("network n\ninput x[3]\n\(statements)\n")
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    let written = try #require(text)
    #expect(written.contains(fragment), "\(written)")
  }

  @Test func theNameOfTheModeIsRefused() throws {
    let (text, findings) = try export("network n\ninput x[3]\noutput y = x -> conv(2, kernel: 1) @a.training\n")
    #expect(text == nil)
    #expect(findings.map(\.message) == ["PyTorch cannot have a part named `training`, as in the weights `a.training`"])
  }

  @Test func whatIsBuiltInIsRegisteredOnce() {
    #expect(
      Registry([PyTorchPlugin.self, PyTorchPlugin.self]).conflicts
        == ["exporter `pytorch` is registered by the plugins `pytorch` and `pytorch`"])
  }

  // MARK: Stages of others

  @Test func aStageOfAPluginSaysItsForm() throws {
    let (text, findings) = try export(
      "network n\ninput x[3]\noutput y = x -> double @two\n", plugins: [StandardPlugin.self, Stranger.self])
    #expect(findings.isEmpty)
    let written = try #require(text)
    #expect(written.contains("class Twice(nn.Module):\n    pass\n"))
    #expect(written.contains("self.two = Twice()"))
    #expect(written.contains("return {\"y\": self.two(x)}"))
  }

  @Test func theFormulaOfAPointwiseStageIsItsForm() throws {
    let (text, _) = try export(
      "network n\ninput x[3]\noutput y = x -> bent -> relu\n", plugins: [StandardPlugin.self, Stranger.self])
    let formula = "torch.where(x < 0, (torch.abs(x) * 2) + (-1), torch.clamp(x - 1, max=3))"
    let written = try #require(text)
    #expect(written.contains("x = \(formula)\n        return {\"y\": F.relu(x)}"), "\(written)")
  }

  @Test func aStageWithoutAFormIsNamedWithItsPlace() throws {
    let (text, findings) = try export(
      "network n\ninput x[3]\ndef d(x) { x -> opaque }\noutput y = x -> d\n",
      plugins: [StandardPlugin.self, Stranger.self])
    #expect(text == nil)
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.id == .notExportable)
    #expect(finding.message == "`opaque` has no form in PyTorch")
    #expect(finding.range.map { "\($0.start.line):\($0.start.column)" } == "3:17")
    #expect(finding.related.map { "\($0.range.start.line): \($0.text)" } == ["4: in this use of a definition"])
  }
}

private enum Stranger: Plugin {
  static let name = "stranger"

  static func register(in registry: inout Registry) {
    registry.register(Doubling.self)
    registry.register(Bent.self)
    registry.register(Opaque.self)
  }
}

/// A stage with weights and a form.
private struct Doubling: PyTorchExportable {
  static let signature = StageSignature(name: "double", summary: "Twice.", example: "x -> double")

  init(_ arguments: Arguments) {}

  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }
  func weights(for inputs: [TensorType]) -> [WeightRequirement] { [WeightRequirement("weight", [1], .uniform(0, 1))] }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { inputs }

  func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm(
      PyTorchModule("Twice", []), at: site,
      definitions: [PythonDefinition("Twice", "class Twice(nn.Module):\n    pass")])
  }
}

/// A pointwise stage without a form.
private struct Bent: PointwiseStage {
  static let signature = StageSignature(name: "bent", summary: "Bent.", example: "x -> bent")

  init(_ arguments: Arguments) {}

  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }

  func expression(for inputs: [TensorType]) -> PointwiseExpression {
    .select(
      less: .input(0), than: .constant(0), then: .unary(.absolute, .input(0)) * .constant(2) + .constant(-1),
      otherwise: .minimum(.input(0) - .constant(1), .constant(3)))
  }
}

/// A stage that is nothing to PyTorch.
private struct Opaque: Stage {
  static let signature = StageSignature(name: "opaque", summary: "Opaque.", example: "x -> opaque")

  init(_ arguments: Arguments) {}

  func outputTypes(for inputs: [TensorType]) -> [TensorType] { inputs }
  func evaluate(_ inputs: [Tensor], weights: [WeightTensor]) -> [Tensor] { inputs }
}
