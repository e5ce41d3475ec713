import FCNCore

extension ArgMax {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering { ChannelReduction.lowering(.argmax, site) }
}
