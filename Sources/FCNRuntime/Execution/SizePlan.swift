/// The concrete sizes of a program for one picture.
struct SizePlan {
  /// The values of the extents along rows and along columns; an extent that is used along one axis only has no
  /// meaning along the other.
  let rows: [Int]
  let columns: [Int]

  /// - Returns: nil where some extent that the program uses is undefined for the size.
  init?(_ program: ProgramDescription, height: Int, width: Int) {
    guard SizePlan.accepts(height, program, alongRows: true), SizePlan.accepts(width, program, alongRows: false) else {
      return nil
    }
    rows = program.extents.map { $0.value(at: height) ?? 0 }
    columns = program.extents.map { $0.value(at: width) ?? 0 }
  }

  /// True where every extent that the program uses along an axis is defined for a size.
  private static func accepts(_ size: Int, _ program: ProgramDescription, alongRows: Bool) -> Bool {
    guard size > 0 else { return false }
    for buffer in program.buffers {
      if program.extents[alongRows ? buffer.height : buffer.width].value(at: size) == nil { return false }
    }
    for step in program.steps {
      for operand in step.operands {
        guard case .window(_, _, _, _, _, let offset) = alongRows ? operand.rows : operand.columns else { continue }
        if program.extents[offset].value(at: size) == nil { return false }
      }
    }
    return true
  }
}
