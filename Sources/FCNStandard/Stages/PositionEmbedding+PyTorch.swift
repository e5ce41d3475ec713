import FCNCore

extension PositionEmbedding: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm(
      PyTorchModule(
        "PositionEmbedding",
        [
          .init(channels: "channels", site.types[0].channels), .init("rows", String(size.rows)),
          .init("columns", String(size.columns)),
        ]), at: site, definitions: [.positionEmbedding])
  }
}

extension PythonDefinition {
  fileprivate static let positionEmbedding = PythonDefinition(
    "PositionEmbedding",
    """
    class PositionEmbedding(nn.Module):
        \"""Every number plus a learned one for its channel, row and column.\"""

        def __init__(self, channels, rows, columns):
            super().__init__()
            self.weight = nn.Parameter(torch.empty(channels, rows, columns).uniform_(-0.1, 0.1))

        def forward(self, x):
            return x + self.weight
    """)
}
