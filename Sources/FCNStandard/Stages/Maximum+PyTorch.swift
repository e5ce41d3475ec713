import FCNCore

extension Maximum: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, function: "torch.maximum", limit: "min") }
}
