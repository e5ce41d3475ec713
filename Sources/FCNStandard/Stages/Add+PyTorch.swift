import FCNCore

extension Add: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, infix: "+") }
}
