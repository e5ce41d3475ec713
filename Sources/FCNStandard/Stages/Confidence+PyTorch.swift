import FCNCore

extension Confidence: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let input = site.inputs[0]
    if site.types[0].channels == 1 {
      let yes = numbers == .logits ? "torch.sigmoid(\(input))" : input
      return PyTorchForm(
        "binary_confidence(\(yes), \(PythonText.of(level)))",
        definitions: [
          PythonDefinition(
            "binary_confidence",
            """
            def binary_confidence(yes, level):
                \"\"\"The probability of yes or no, whichever is chosen, and how far it is ahead.\"\"\"
                winner = torch.where(yes >= level, yes, 1 - yes)
                return torch.cat([winner, 2 * winner - 1], dim=1)
            """)
        ])
    }
    let probabilities = numbers == .logits ? "torch.softmax(\(input), dim=1)" : input
    return PyTorchForm(
      "confidence(\(probabilities))",
      definitions: [
        PythonDefinition(
          "confidence",
          """
          def confidence(probabilities):
              \"\"\"The greatest probability, and how far it is ahead of the second.\"\"\"
              first, second = probabilities.topk(2, dim=1).values.split(1, dim=1)
              return torch.cat([first, first - second], dim=1)
          """)
      ])
  }
}
