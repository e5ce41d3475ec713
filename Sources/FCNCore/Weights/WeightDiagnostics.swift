extension DiagnosticID {
  public static let missingWeight = DiagnosticID(
    "missing-weight",
    """
    A stage needs a weight for which the weight files hold no tensor. A weight is called by the path of its stage and \
    PyTorch's name for it: the kernel of a convolution at `encoder.conv1` is `encoder.conv1.weight`.

    Where the file calls it otherwise, say so in a weight map, one `weight = tensor` per line, or name the stage as \
    the file does. Where the file has no such tensor at all, the network and the file do not belong together: often a \
    convolution was trained without bias (`bias=False`) and the network asks for one.
    """)

  public static let misshapenWeight = DiagnosticID(
    "misshapen-weight",
    """
    The tensor of a weight exists but has another shape than the stage needs. Shapes are PyTorch's: \
    `[out, in / groups, rows, columns]` for a convolution, `[in, out / groups, rows, columns]` for a transposed \
    convolution, `[channels]` for a number per channel. A number per channel may also be stored as `[channels, 1, 1]` \
    or `[1, channels, 1, 1]`, and one number for all channels as `[1]`.

    Either an argument of the stage (channels, kernel size, groups) differs from the trained network, or the file \
    stores the kernel with its axes in another order, as TensorFlow does. The finding says so where a transposition \
    would fit; transpose the tensor when the file is written.
    """)

  public static let conflictingWeights = DiagnosticID(
    "conflicting-weights",
    """
    Two stages take their weight from the same tensor but need it in different shapes. Stages may share a weight: they \
    have the same weight path, or the weight map gives them the same tensor. But then they have to be alike.

    Give one of the stages a path of its own, or mend the argument in which they differ.
    """)

  public static let unusedTensor = DiagnosticID(
    "unused-tensor",
    """
    The weight files hold tensors that no stage takes. The program runs without them, but a part of the trained \
    network may have been forgotten: look whether a stage lacks its bias or a branch is missing. Heads that serve only \
    the training (auxiliary losses) are unused rightly.

    PyTorch's counters `num_batches_tracked` are never reported.
    """)

  public static let ambiguousTensor = DiagnosticID(
    "ambiguous-tensor",
    """
    Two of the given weight files hold a tensor of the same name, and a stage needs it. Which one is meant cannot be \
    known.

    Give only one of the files, or rename the tensor in one of them and say in the weight map which one is to be used.
    """)

  public static let ambiguousStateDict = DiagnosticID(
    "ambiguous-state-dict",
    """
    A weight file holds several sets of tensors (state dicts), and it cannot be known which of them are the network's \
    weights: several have the network's names, as the weights and their moving average have, or none has.

    Say which one is meant with `--key`, which takes the key of the dictionary in the file, `--key ema`; keys of \
    dictionaries in each other are joined by dots, `--key models.generator`. Names that begin alike can be chosen so too: \
    of the names `ema.conv.weight` and `net.conv.weight` `--key ema` takes the first without `ema.`.
    """)

  public static let placedWeights = DiagnosticID(
    "placed-weights",
    """
    The weights were found in the file, but not simply under the network's names. Where the file holds several state dicts \
    (the weights beside an optimiser's tensors, or a moving average of them), the one is used that has the network's \
    weights. Where all its names begin alike, as PyTorch's `DataParallel` (`module.`), `torch.compile` (`_orig_mod.`) and \
    wrappers (`model.`) make them, this beginning is left out.

    This is a note: nothing is wrong. `--key` says where the weights are without a search.
    """)

  public static let oversizedWeight = DiagnosticID(
    "oversized-weight",
    """
    The random weights of the network would take more than 4 GiB. A stage has very many channels or a very large \
    kernel, which is nearly always a slip of the pen: the kernel of a convolution has as many numbers as the product of \
    its channels in, its channels out, its rows and its columns.
    """)

  public static let unreadableWeight = DiagnosticID(
    "unreadable-weight",
    """
    A tensor that a stage needs is in the weight file, but its numbers cannot be used: one of them is not a number or \
    infinite, or a variance is negative; the element type cannot be a weight; or the file is damaged or was changed while \
    it was read.

    A number that is not finite comes from a training that diverged. Take the weights of an earlier step.
    """)

  public static let weightMapSyntax = DiagnosticID(
    "weight-map-syntax",
    """
    A line of a weight map is not of the form `weight = tensor`. On the left stands the network's name for a weight, on \
    the right the tensor's name in the weight file. Each weight stands on a line of its own and at most once; a `#` at \
    the beginning of a line or after a space begins a comment.

        # network's name      = name in the file
        encoder.conv1.weight  = features.0.weight
    """)

  public static let unknownWeight = DiagnosticID(
    "unknown-weight",
    """
    The weight map names a weight that the network does not have; the line has no effect. It is misspelt, or the stage \
    was renamed or removed since the map was written.
    """)

  /// The findings about weights, in alphabetical order.
  public static let weightCatalog: [DiagnosticID] = [
    ambiguousStateDict, ambiguousTensor, conflictingWeights, misshapenWeight, missingWeight, oversizedWeight,
    placedWeights, unknownWeight, unreadableWeight, unusedTensor, weightMapSyntax,
  ]
}
