import FCNCore

extension PReLU: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let count = PyTorchModule.Argument(channels: "num_parameters", isShared ? 1 : site.types[0].channels)
    return PyTorchForm(PyTorchModule("nn.PReLU", [count]), at: site)
  }
}
