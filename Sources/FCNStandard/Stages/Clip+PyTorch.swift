import FCNCore

extension Clip: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("torch.clamp(\(site.inputs[0]), \(PythonText.of(low)), \(PythonText.of(high)))")
  }
}
