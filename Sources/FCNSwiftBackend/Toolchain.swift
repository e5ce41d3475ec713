import Foundation

/// The Swift compiler and the clang that come together in an installed toolchain.
public struct Toolchain: Sendable {
  public let swiftc: String
  public let clang: String

  /// Why something could not be compiled.
  public struct Failure: Error, Sendable {
    public var message: String
    public var help: String?

    public init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }

  public init(swiftc: String, clang: String) {
    self.swiftc = swiftc
    self.clang = clang
  }

  /// Looks for `swiftc` on the PATH, and for `clang` beside it, then on the PATH.
  public static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Failure) -> Toolchain {
    guard let swiftc = executable("swiftc", environment) else {
      throw Failure(
        "no Swift compiler was found", help: "install a Swift 6 toolchain from swift.org and put `swiftc` on the PATH")
    }
    let folder = URL(fileURLWithPath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = folder.appendingPathComponent("clang").path
    if FileManager.default.isExecutableFile(atPath: beside) { return Toolchain(swiftc: swiftc, clang: beside) }
    guard let clang = executable("clang", environment) else {
      throw Failure("no clang was found beside `swiftc` or on the PATH", help: "install the toolchain's clang")
    }
    return Toolchain(swiftc: swiftc, clang: clang)
  }

  /// The path of a program that is on the PATH.
  public static func path(of name: String) -> String? { executable(name) }

  /// The path of a program that is on the PATH.
  static func executable(
    _ name: String, _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    return nil
  }

  /// Runs a tool to its end.
  /// - Returns: what it wrote to standard output.
  /// - Throws: where it cannot be started or fails; the message holds what it said.
  @discardableResult
  public func run(_ tool: String, _ arguments: [String]) throws(Failure) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      throw Failure("`\(tool)` could not be started: \(error.localizedDescription)")
    }
    // Both pipes are drained at once, or a tool that fills one would wait for ever.
    let said = Drain(errors.fileHandleForReading)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = said.finish()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        "`\(URL(fileURLWithPath: tool).lastPathComponent)` failed:\n\(Self.excerpt(of: complaint))",
        help: "`fcnc doctor` says whether everything is there that it needs")
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first lines of what a tool complains of. A linker repeats its command line, which has thousands of characters.
  static func excerpt(of complaint: String) -> String {
    let lines = complaint.split(separator: "\n").prefix(20)
    return lines.map { $0.count > 300 ? $0.prefix(300) + " ..." : String($0) }.joined(separator: "\n")
  }
}

extension Toolchain {
  /// Changes whenever another compiler is installed.
  public var identity: String { FileStamp(URL(fileURLWithPath: swiftc).resolvingSymlinksInPath().path).text }
}

/// Reads a pipe to its end on a thread of its own.
private final class Drain: @unchecked Sendable {
  private var text = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ handle: FileHandle) {
    Thread { [self] in
      text = handle.readDataToEndOfFile()
      done.signal()
    }.start()
  }

  func finish() -> String {
    done.wait()
    return String(decoding: text, as: UTF8.self)
  }

  /// The first lines of what a tool complains of. A linker repeats its command line, which has thousands of characters.
  static func excerpt(of complaint: String) -> String {
    let lines = complaint.split(separator: "\n").prefix(20)
    return lines.map { $0.count > 300 ? $0.prefix(300) + " ..." : String($0) }.joined(separator: "\n")
  }
}
