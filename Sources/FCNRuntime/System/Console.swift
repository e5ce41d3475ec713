import CFCNRuntime

/// Where a program writes its text: the standard streams, or memory. Frames go to and come from the standard streams
/// always.
public final class Console {
  private let captures: Bool
  /// The file that frames are read from.
  let input: Int32
  /// The file that frames and text are written to.
  private let standardOutput: Int32
  /// What was captured of standard output.
  public private(set) var output = ""
  /// What was captured of standard error.
  public private(set) var errors = ""
  /// The exit code with which to stop, once standard output takes no more.
  private(set) var stop: Int32?
  /// The line at the bottom of the terminal that is drawn anew while the work goes on.
  private var status = ""

  /// - Parameters:
  ///   - capturing: keeps the text in place of printing it.
  ///   - input: the file to read frames from in place of standard input.
  ///   - output: the file to write frames and text to in place of standard output.
  public init(capturing: Bool = false, input: Int32 = 0, output: Int32 = 1) {
    captures = capturing
    self.input = input
    standardOutput = output
  }

  /// The exit code of a program whose standard output nobody reads any more: what a shell makes of SIGPIPE.
  static let closedPipe: Int32 = 141

  func print(_ line: String) {
    if captures { output += line + "\n" } else { withoutStatus { write(Array((line + "\n").utf8)) } }
  }

  func report(_ line: String) {
    if captures { errors += line + "\n" } else { withoutStatus { writeErrors(line + "\n") } }
  }

  func report(_ failure: RuntimeFailure) {
    for message in failure.messages { report("error: " + message) }
    if let help = failure.help { report("help: " + help) }
  }

  /// Writes bytes to standard output at once. Where that fails, `stop` is set; a pipe that was closed is nothing to speak
  /// of.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard stop == nil else { return }
    let code = fcn_write(standardOutput, bytes.baseAddress, bytes.count)
    guard code != 0 else { return }
    if Int(fcn_error_kind(code)) == FCN_ERROR_CLOSED {
      stop = Console.closedPipe
    } else {
      stop = 2
      report(RuntimeFailure("standard output: cannot write: \(String(terminated: fcn_error_text(code)))"))
    }
  }

  private func write(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { write($0) } }

  private func writeErrors(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBufferPointer { fcn_write(2, $0.baseAddress, $0.count) }
  }

  // MARK: The terminal

  /// The columns of the terminal that standard error is; 0 where it is none.
  var width: Int { captures ? 0 : Int(fcn_terminal_width(2)) }
  var readsTerminal: Bool { fcn_terminal_width(input) > 0 }
  var writesTerminal: Bool { fcn_terminal_width(standardOutput) > 0 }

  /// Draws the line at the bottom of the terminal, in place of the one that was there; an empty one is taken away.
  func show(status: String) {
    guard !status.isEmpty || !self.status.isEmpty else { return }
    self.status = status
    writeErrors(Console.erased + status)
  }

  private func withoutStatus(_ body: () -> Void) {
    guard !status.isEmpty else { return body() }
    writeErrors(Console.erased)
    body()
    writeErrors(status)
  }

  /// Back to the begin of the line, and all of it erased (ECMA-48, EL).
  private static let erased = "\r\u{1B}[K"
}
