import FCNCore

extension Reshape: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("\(site.inputs[0]).reshape(-1, \(channels), \(size.rows), \(size.columns))")
  }
}
