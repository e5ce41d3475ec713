extension DiagnosticID {
  public static let notConvolutionizable = DiagnosticID(
    "not-convolutionizable",
    """
    `fcnc fix --convolutionize` rewrites a network with dense layers over maps so that it takes pictures of any size: a \
    dense layer over a map of r x c pixels is a convolution with a kernel of r x c without padding, the dense layers \
    behind it are convolutions with a kernel of 1 (Long, Shelhamer and Darrell 2015). Flattening falls away.

    It needs the size of picture that the network was trained for (`--input-size 224x224`), since that decides how large \
    the map is. It changes nothing at all where a part of the network has no such form: where flattened numbers go to \
    something else than a dense layer, where one line of a definition would have to become two different convolutions, \
    where a stage fixes the size for another reason, or where the text asks for the channels of a flattened value. Mend \
    what is named by hand, then try again.
    """)

  /// The findings about rewriting networks.
  public static let surgeryCatalog: [DiagnosticID] = [notConvolutionizable]
}
