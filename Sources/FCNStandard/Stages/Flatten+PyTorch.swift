import FCNCore

extension Flatten: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let order = countsChannelsLast ? ".permute(0, 2, 3, 1)" : ""
    return PyTorchForm("\(site.inputs[0])\(order).flatten(1)[:, :, None, None]")
  }
}
