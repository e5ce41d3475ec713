import FCNCore

extension Leaky: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("F.leaky_relu(\(site.inputs[0]), \(PythonText.of(slope)))")
  }
}
