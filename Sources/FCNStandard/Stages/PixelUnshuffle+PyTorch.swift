import FCNCore

extension PixelUnshuffle: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    let shuffled = "F.pixel_unshuffle(\(x), \(factor))"
    return PyTorchForm(
      order == .crd ? shuffled : "\(shuffled).unflatten(1, (-1, \(factor * factor))).transpose(1, 2).flatten(1, 2)")
  }
}
