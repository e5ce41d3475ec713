extension DiagnosticID {
  public static let misalignedJoin = DiagnosticID(
    "misaligned-join",
    """
    A stage joins values pixel by pixel although the same pixel of the two does not lie at the same place of the image: \
    position i of a value lies at scale * i + offset pixels of the image, and the offsets differ. The result mixes \
    neighbouring places; training hides it in part, edges and small things suffer.

    A convolution or pool lies in the middle of its window: one with an odd kernel, `pad: same` and a stride of 2 lies on \
    every second pixel (2 * i), one with an even kernel between two (2 * i + 1/2). An enlargement by 2 that repeats pixels, \
    `grid: half_pixel`, and `deconv` with a kernel of 2 or of 4 with `pad: 1` undo the latter; `grid: align_corners` and \
    bilinear `grid: asymmetric` undo the former. A pool that drops the last row of an odd size, and a crop from the \
    middle that cannot be halved, move the rest by half a pixel for those sizes only.

    Use one kind on the way down and up. Where the distance is a whole number of positions, `crop(align: x)` finds the \
    offset (Long, Shelhamer and Darrell 2015: the offsets 5, 9 and 31 of FCN-8s). Where it is so for some sizes only, \
    `round: exact` leaves those sizes out.
    """)

  public static let notEquivariant = DiagnosticID(
    "not-equivariant",
    """
    The answer for a picture that is moved is not the moved answer, even far from its edges, because a stage depends on \
    the whole image or places its windows by the size of the image. It is reported where a check requires `equivariant`.

    Such a network works for every accepted size, but its answer for a part of a picture differs from that part of the \
    answer for the whole.
    """)

  public static let notLocal = DiagnosticID(
    "not-local",
    """
    A position of the answer depends on the whole picture, however large it is, so the picture cannot be computed in \
    bands or tiles by themselves. It is reported where a check requires `local`.

    A global mean (also in squeeze-and-excitation and instance norm) is the usual reason.
    """)

  /// Every finding about places.
  public static let geometryCatalog: [DiagnosticID] = [.misalignedJoin, .notEquivariant, .notLocal]
}
