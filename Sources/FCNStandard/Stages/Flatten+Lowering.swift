import FCNCore

extension Flatten {
  /// On a value of one pixel it is dropped before; on a map it has no kernel.
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    throw Rejection(
      "`flatten` on a map has no kernel, since \(facts.fixesSize ?? "it fixes the size")", .stage,
      help: "let `fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` make convolutions of the dense layers "
        + "behind it, or take the mean first: `global_mean -> flatten(...)`")
  }
}
