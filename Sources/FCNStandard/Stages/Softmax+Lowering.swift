import FCNCore

extension Softmax {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering { ChannelReduction.lowering(.softmax, site) }
}
