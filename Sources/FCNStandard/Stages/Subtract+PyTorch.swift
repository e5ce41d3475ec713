import FCNCore

extension Subtract: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, infix: "-") }
}
