import FCNCore

extension Scale: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm(
      PyTorchModule(
        "Scale",
        [
          .init(channels: "channels", site.types[0].channels),
          .init("weight", PythonText.of(hasWeight), default: "True"),
          .init("bias", PythonText.of(hasBias), default: "True"),
        ]), at: site, definitions: [.scale])
  }
}

extension PythonDefinition {
  /// A factor and an addend per channel.
  static let scale = PythonDefinition(
    "Scale",
    """
    class Scale(nn.Module):
        \"""Every channel times a learned factor, plus a learned addend.\"""

        def __init__(self, channels, weight=True, bias=True):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(channels)) if weight else None
            self.bias = nn.Parameter(torch.zeros(channels)) if bias else None

        def forward(self, x):
            if self.weight is not None:
                x = x * self.weight[:, None, None]
            return x if self.bias is None else x + self.bias[:, None, None]
    """)
}
