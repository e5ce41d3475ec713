import Foundation
import Testing

/// A program that is run to its end, as a person would at a shell.
struct Tool {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  let path: String

  /// The `fcnc` that was built together with the tests.
  static let fcnc: Tool = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = folder.appendingPathComponent("fcnc").path
    if FileManager.default.isExecutableFile(atPath: beside) { return Tool(path: beside) }
    let bundle = URL(fileURLWithPath: ProcessInfo.processInfo.arguments.first { $0.contains(".xctest") } ?? beside)
    return Tool(path: bundle.deletingLastPathComponent().appendingPathComponent("fcnc").path)
  }()

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  @discardableResult
  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:], in folder: String? = nil)
    throws -> Result
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    // What is printed is not to depend on where the tests run.
    let plain = ["GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "FORCE_COLOR": "", "CLICOLOR_FORCE": ""]
    process.environment = ProcessInfo.processInfo.environment.merging(plain) { $1 }.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? Self.repository)
    let folder = try Folder()
    defer { folder.remove() }
    // Files, not pipes: nothing can fill up.
    let names = ["input", "output", "errors"].map { "\(folder.path)/\($0)" }
    try input.write(toFile: names[0], atomically: true, encoding: .utf8)
    for name in names.dropFirst() { _ = FileManager.default.createFile(atPath: name, contents: nil) }
    process.standardInput = FileHandle(forReadingAtPath: names[0])
    process.standardOutput = FileHandle(forWritingAtPath: names[1])
    process.standardError = FileHandle(forWritingAtPath: names[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: FileManager.default.contents(atPath: names[1]) ?? Data(), as: UTF8.self),
      errors: String(decoding: FileManager.default.contents(atPath: names[2]) ?? Data(), as: UTF8.self))
  }
}

/// A folder of a test's own.
struct Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/fcnc-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
