import FCNCore

extension Dropout: PyTorchExportable {
  /// Where no rate is recorded, it is PyTorch's own, one half.
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("F.dropout(\(site.inputs[0]), \(PythonText.of(rate ?? 0.5)), self.training)")
  }
}
