import FCNCore

extension AveragePool {
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let presence = presence
    let kernel = WindowReduction(
      reduction: presence == .untold ? .mean : .meanOfPresent, rows: window.rows.kernel,
      columns: window.columns.kernel, columnMultiply: window.columns.stride, blocks: site.inputStorage[0].blocks,
      target: site.target)
    return Lowering(
      kernel: kernel, operands: [.init(input: 0, access: access(toInput: 0, of: site.inputs), presence: presence)])
  }

  /// Which taps the divisor counts; untold where it is the same for every window.
  private var presence: Lowering.Operand.Presence {
    let none = WindowAxis.Padding.amount(before: 0, after: 0)
    let axes = [window.rows, window.columns]
    let isWhole = !axes.contains { $0.rounding.reachesBeyond }
    if isWhole && (countsPadding || axes.allSatisfy { $0.padding == none }) { return .untold }
    guard countsPadding else { return .inside }
    func after(_ axis: WindowAxis) -> Int {
      if case .amount(_, let after) = axis.padding { after } else { 0 }
    }
    return .insidePadding(rowsAfter: after(window.rows), columnsAfter: after(window.columns))
  }
}
