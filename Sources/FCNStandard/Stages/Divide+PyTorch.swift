import FCNCore

extension Divide: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, infix: "/") }
}
