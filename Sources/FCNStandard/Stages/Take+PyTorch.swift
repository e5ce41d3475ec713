import FCNCore

extension Take: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("\(site.inputs[0])[:, [\(channels.map(String.init).joined(separator: ", "))]]")
  }
}
