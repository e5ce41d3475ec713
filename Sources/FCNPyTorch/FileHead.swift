import FCNCore
import FCNRuntime

/// The beginning of an exported file: what it is, and what it imports.
enum FileHead {
  static func text(of network: ExportedNetwork, className: String, body: String) -> String {
    let file = (network.source.split(separator: "/").last.map(String.init) ?? network.source).inDocstring
    let settings = network.settings.isEmpty ? "" : " with \(network.settings.joined(separator: ", ").inDocstring)"
    let verdict = Verdict(of: network.graph)
    let outputs = zip(network.graph.outputs, verdict.outputs).map { output, size in
      let height = size.height.formula(of: "H")
      let width = size.width.formula(of: "W")
      return "    \(output.description.name): N x \(output.description.channels) x \(height) x \(width)"
        + ", for \(size.domain)"
    }
    let inputs = network.graph.inputs.map { input in
      let type = network.graph.values[input.value].type
      let size = "\(type.height.formula(of: "H")) x \(type.width.formula(of: "W"))"
      return "    \(input.description.name): N x \(type.channels) x \(size)"
    }
    return """
      \"""The network `\(network.graph.name)` in PyTorch, with the names of its weights in fcnc.

      Written by \(network.producer) from \(file)\(settings).

      Inputs:
      \(inputs.joined(separator: "\n"))
      Outputs, by name:
      \(outputs.joined(separator: "\n"))

      After training, `python FILE.py checkpoint.pth -o weights.safetensors` writes the weights for fcnc.
      \"""

      \(imports(body).joined(separator: "\n"))
      """
  }

  private static func imports(_ body: String) -> [String] {
    let standard = ["argparse", "json", "math", "os", "struct"].filter { body.contains("\($0).") }.map {
      "import \($0)"
    }
    let functional = body.contains("F.") ? ["import torch.nn.functional as F"] : []
    return standard + [""] + ["import numpy as np", "import torch"] + functional + ["from torch import nn"]
  }
}

extension String {
  /// On one line, without what would end a docstring or begin an escape.
  fileprivate var inDocstring: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
      .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
