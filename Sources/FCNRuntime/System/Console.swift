import CFCNRuntime

/// Where a program writes its text: the standard streams, or memory.
public final class Console {
  private let captures: Bool
  /// What was captured of standard output.
  public private(set) var output = ""
  /// What was captured of standard error.
  public private(set) var errors = ""

  /// `capturing`: keeps the text in place of printing it.
  public init(capturing: Bool = false) { captures = capturing }

  func print(_ line: String) {
    if captures { output += line + "\n" } else { write(line, to: 1) }
  }

  func report(_ line: String) {
    if captures { errors += line + "\n" } else { write(line, to: 2) }
  }

  func report(_ failure: RuntimeFailure) {
    for message in failure.messages { report("error: " + message) }
    if let help = failure.help { report("help: " + help) }
  }

  private func write(_ line: String, to stream: Int32) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBufferPointer { fcn_print(stream, $0.baseAddress, $0.count) }
  }
}
