import FCNCore

extension Multiply: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, infix: "*") }
}
