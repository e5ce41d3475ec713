import FCNCore

extension Threshold: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("(\(site.inputs[0]) >= \(PythonText.of(level))).float()", isLeftToLoss: true)
  }
}
