import FCNCore

extension ChannelShuffle: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("F.channel_shuffle(\(site.inputs[0]), \(groups))")
  }
}
