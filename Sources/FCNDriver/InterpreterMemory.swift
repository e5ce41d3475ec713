import FCNCore
import FCNRuntime

/// The interpreter's arrays end the process where there is no memory for them, so it is asked for before.
enum InterpreterMemory {
  /// - Parameters:
  ///   - copies: how often every value is held.
  ///   - shape: the channels, rows and columns of a value.
  /// - Throws: where there is not enough.
  static func check(
    _ graph: Graph, copies: Int, shape: (Graph.ValueID) -> [Int]
  ) throws(Session.Failure) {
    var count = 0.0
    for (id, value) in graph.values.enumerated() {
      let numbers = shape(id).reduce(1.0) { $0 * Double($1) }
      guard numbers <= Double(Interpreter.sizeLimit) else {
        throw Session.Failure(
          "the value `\(value.name)` would have too many numbers to compute", help: "use a smaller picture")
      }
      count += numbers * Double(copies)
    }
    guard count < 0x1p50, (try? Memory<Float>(count: Int(count))) != nil else {
      throw Session.Failure(
        "not enough memory: the interpreter needs \(Int(min(count, 0x1p60) * 4 / 1e6)) MB for this size",
        help: "use a smaller picture, or compile the network with `fcnc build`")
    }
  }
}
