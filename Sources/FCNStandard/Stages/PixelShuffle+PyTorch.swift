import FCNCore

extension PixelShuffle: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    let reordered = order == .crd ? x : "\(x).unflatten(1, (\(factor * factor), -1)).transpose(1, 2).flatten(1, 2)"
    return PyTorchForm("F.pixel_shuffle(\(reordered), \(factor))")
  }
}
