import Foundation
import Testing

@testable import FCNRuntime

/// The report of a run, in JSON lines and CSV.
@Suite struct ReportFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write([[1, 2], [3, 4]], as: "b.pgm")
    try Files.write(FileBytes(Array("P5 9 9 255\n".utf8)), to: folder.file("a, \"1\".pgm"))
    _ = try folder.write([[5]], as: "c.pgm")
  }

  var network: FakeNetwork { .grey(.density, change: { $0 * 255 }) }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.file(name), encoding: .utf8)
      .replacing(/(reading|network|writing)": [\d.]+/) { "\($0.1)\": N" }
      .replacing(folder.path, with: "DIR").replacing(plainPath, with: "DIR")
  }

  /// The path of the folder without doubled slashes.
  var plainPath: String { folder.path.replacing("//", with: "/") }

  let short = "the file is too short for the 9x9 pixels that its header names"
  var rows: String {
    #"""
    {"file": "DIR/a, \"1\".pgm", "status": "failed", "error": "DIR/a, \"1\".pgm: \#(short)", "height": null, "width": null, "milliseconds": {"reading": null, "network": null, "writing": null}, "written": [], "results": {}}
    {"file": "DIR/b.pgm", "status": "done", "error": null, "height": 2, "width": 2, "milliseconds": {"reading": N, "network": N, "writing": N}, "written": ["DIR/b.png"], "results": {"answer": {"count": 10}}}
    {"file": "DIR/c.pgm", "status": "done", "error": null, "height": 1, "width": 1, "milliseconds": {"reading": N, "network": N, "writing": N}, "written": ["DIR/c.png"], "results": {"answer": {"count": 5}}}

    """#
  }

  @Test func jsonLines() throws {
    var network = network
    let arguments = ["-o", folder.file("{stem}.png"), "--report", folder.file("r.jsonl"), "-q"]
    let console = Console(capturing: true)
    #expect(runProgram(&network, arguments: [folder.file("*.pgm")] + arguments, console: console) == 1)
    #expect(try text("r.jsonl") == rows)
    for line in try String(contentsOfFile: folder.file("r.jsonl"), encoding: .utf8).split(separator: "\n") {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    // A second run begins anew.
    #expect(runProgram(&network, arguments: [folder.file("*.pgm")] + arguments, console: console) == 1)
    #expect(try text("r.jsonl") == rows)
    // One that was ended in a row goes on behind the last whole one.
    try Data((rows + "{\"file\": \"DIR/d").utf8).write(to: URL(filePath: folder.file("r.jsonl")))
    let last = [folder.file("c.pgm"), "--skip-existing"] + arguments
    #expect(runProgram(&network, arguments: last, console: console) == 0)
    let skipped =
      #"{"file": "DIR/c.pgm", "status": "skipped", "error": null, "height": null, "width": null, "milliseconds": {"reading": null, "network": null, "writing": null}, "written": [], "results": {}}"#
    #expect(try text("r.jsonl") == rows + skipped + "\n")
  }

  @Test func printedRows() throws {
    var network = network
    let result = network.program(folder.file("b.pgm"), "--report", "-")
    let row = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(row?["status"] as? String == "done" && row?["height"] as? Int == 2)
    #expect(result.errors.hasPrefix("\(folder.file("b.pgm")): answer 10.000\n"), "counts go to standard error")
  }

  static let head =
    "file,status,error,height,width,milliseconds.reading,milliseconds.network,milliseconds.writing,results.answer.count"

  private func table(_ name: String) throws -> String {
    try String(contentsOfFile: folder.file(name), encoding: .utf8).replacing(folder.path, with: "DIR")
      .replacing(plainPath, with: "DIR").replacing(/(,\d,\d),[\d.]+,[\d.]+,[\d.]+,/) { "\($0.1),N,N,N," }
  }

  @Test func csv() throws {
    var network = network
    let console = Console(capturing: true)
    let arguments = ["-q", "-o", folder.file("{stem}.png"), "--report", folder.file("r.csv")]
    #expect(runProgram(&network, arguments: [folder.file("*.pgm")] + arguments, console: console) == 1)
    let broken = #""DIR/a, ""1"".pgm""#
    let rows = """
      \(Self.head)
      \(broken),failed,\(broken.dropLast()): \(short)",,,,,,
      DIR/b.pgm,done,,2,2,N,N,N,10
      DIR/c.pgm,done,,1,1,N,N,N,5

      """
    #expect(try table("r.csv") == rows)
    // Continued, with all skipped.
    let again = [folder.file("b.pgm"), "--skip-existing"] + arguments
    #expect(runProgram(&network, arguments: again, console: console) == 0)
    #expect(try table("r.csv") == rows + "DIR/b.pgm,skipped,,,,,,,\n")
    // The columns of another network do not fit.
    var other = FakeNetwork(
      network.inputs, [OutputDescription(name: "people", channels: 1, kind: .density)])
    try FileManager.default.removeItem(atPath: folder.file("b.png"))
    let result = runProgram(&other, arguments: again, console: console)
    #expect(result == 2)
    #expect(
      console.errors.hasSuffix(
        "error: \(folder.file("r.csv")): the report that is there has no column results.people.count\n"
          + "help: write the report to another file\n"))
    try Data("\"a".utf8).write(to: URL(filePath: folder.file("r.csv")))
    #expect(runProgram(&other, arguments: again, console: console) == 0, "no whole row is kept")
    try Data("\"a\n".utf8).write(to: URL(filePath: folder.file("r.csv")))
    #expect(runProgram(&other, arguments: again, console: console) == 2)
    #expect(console.errors.contains("r.csv: the first row is no row of CSV"))
  }

  /// Where nothing was answered, the columns are those that all rows have.
  @Test func csvOfFailures() throws {
    var network = network
    let result = network.program(folder.file("a*.pgm"), "-q", "--report", folder.file("r.csv"))
    #expect(result.code == 1)
    #expect(try table("r.csv").hasPrefix("file,status,error,height,width,milliseconds.reading,"))
    #expect(try table("r.csv").split(separator: "\n").count == 2)
  }

  @Test func wrongReports() throws {
    var network = network
    let picture = folder.file("b.pgm")
    let ending = network.program(picture, "--report", "r.txt")
    #expect(
      ending.errors
        == "error: --report r.txt: the name does not say what to write\nhelp: let it end in .jsonl or .csv\n")
    let both = network.program(picture, "-o", "-", "--report", "-")
    #expect(both.errors.hasPrefix("error: standard output takes the answers or the report, not both\n"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("full.csv"), withDestinationPath: "/dev/full")
    let full = network.program(picture, "--report", folder.file("full.csv"))
    #expect(full.code == 2 && full.errors.contains("full.csv: cannot write: No space left on device"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.csv"), withDestinationPath: "b.pgm")
    let read = network.program(picture, "--report", folder.file("link.csv"))
    #expect(read.errors.hasPrefix("error: \(folder.file("link.csv")) is read and would be overwritten"))
    #expect(try folder.picture("b.pgm").width == 2)
  }

  // MARK: Progress

  @Test func bars() {
    var progress = Progress(total: 40_000)
    #expect(progress.line(seconds: 1, width: 79) == "[" + String(repeating: ".", count: 40) + "] 0/40000")
    for _ in 0..<10_000 { progress.add(.skipped) }
    for _ in 0..<9_990 { progress.add(.done) }
    for _ in 0..<10 { progress.add(.failed) }
    // 10 000 pictures in 1000 s, 20 000 to come.
    let text = "20000/40000, 10.0 a second, 33:20 left, 10 failed"
    let bar = String(repeating: "#", count: 13) + String(repeating: ".", count: 14)
    #expect(progress.line(seconds: 1000, width: 79) == "[\(bar)] " + text)
    #expect(progress.line(seconds: 1000, width: 60) == text)
    #expect(progress.line(seconds: 1000, width: 12) == "20000/40000,")
    #expect(progress.line(seconds: 1000, width: -1) == "")
    #expect(
      progress.summary(seconds: 1000)
        == "20000 picture(s): 9990 done, 10000 skipped, 10 failed in 1000.0 s (10.0 a second)")
    var slow = Progress(total: 3)
    slow.add(.done)
    #expect(slow.line(seconds: 4000, width: 44) == "1/3, 4000.0 s each, 2:13:20 left")
    var frames = Progress(total: nil)
    frames.add(.done)
    #expect(frames.line(seconds: 0.5, width: 79) == "1, 2.0 a second")
    #expect(frames.summary(seconds: 0.5) == "1 frame(s): 1 done in 0.5 s (2.0 a second)")
  }
}
