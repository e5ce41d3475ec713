import Foundation
import Testing

/// `fcnc lint` as people and CI call it.
@Suite struct LintTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let checkerboard = """
    network larger

    input photo[3] = picture -> rgb

    output larger: image = photo -> deconv(3, kernel: 3, stride: 2, pad: 1)

    """

  private func write(_ text: String, _ name: String) throws {
    let url = URL(fileURLWithPath: "\(folder.path)/\(name)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  private func lint(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws
    -> Tool.Result
  {
    try Tool.fcnc.run(["lint"] + arguments, input: input, environment: environment, in: folder.path)
  }

  // MARK: Exit statuses

  @Test func theExitStatusFollowsTheLeastSeverityThatFails() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    #expect(try lint(["a.fcn"]).status == 0)
    #expect(try lint(["a.fcn", "--fail-on", "warning"]).status == 1)
    #expect(try lint(["a.fcn", "--fail-on", "warning", "--exit-zero"]).status == 0)
    #expect(try lint(["a.fcn", "--rule", "checkerboard=error"]).status == 1)
    #expect(try lint(["a.fcn", "--rule", "suspicious=off", "--fail-on", "warning"]).status == 0)
    #expect(try lint(["missing.fcn"]).status == 2)
    #expect(try lint(["a.fcn", "--rule", "checkerbord=off"]).status == 2)
    #expect(try lint(["a.fcn", "--no-such-option"]).status == 2)
    try write("network n\noutput y = (\n", "broken.fcn")
    #expect(try lint(["broken.fcn"]).status == 1)
  }

  @Test func anUnreadableFileDoesNotKeepTheOthersFromBeingChecked() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    let result = try lint(["missing.fcn", "a.fcn", "--format", "concise"])
    #expect(result.status == 2)
    #expect(result.output.contains("[checkerboard]"), "\(result.output)")
    #expect(result.errors.contains("there is no file `missing.fcn`"))
  }

  // MARK: Folders

  @Test func foldersAreSearchedWithoutWhatIsIgnored() throws {
    defer { folder.remove() }
    for name in ["a.fcn", "deep/er/b.fcn", "build/c.fcn", "deep/skipped.fcn", "deep/kept.fcn", "d.txt", "legacy/e.fcn"]
    {
      try write(Self.checkerboard, name)
    }
    try write("# made by a script\nbuild/\n*skipped.fcn\n", ".gitignore")
    try write("!kept.fcn\n", "deep/.gitignore")
    try write("exclude: [\"legacy/**\"]\n", "fcnc.yaml")
    let found = try lint(["--format", "concise"]).output.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
    #expect(found == ["a.fcn", "deep/er/b.fcn", "deep/kept.fcn"])
    // A file that is named is checked, unless excludes are to hold for it too.
    #expect(try lint(["legacy/e.fcn", "--format", "concise"]).output.hasPrefix("legacy/e.fcn:"))
    #expect(try lint(["legacy/e.fcn", "--format", "concise", "--force-exclude"]).output.isEmpty)
  }

  /// A working folder that was removed under the process.
  @Test func aFolderThatIsGoneIsTold() throws {
    defer { folder.remove() }
    let result = try Tool(path: "/bin/sh").run(
      [
        "-c",
        "mkdir gone && cd gone && rmdir ../gone && ulimit -v 4000000 && for c in lint fmt config 'lint a.fcn'; do timeout 20 \(Tool.fcnc.path) $c; echo $?; done",
      ], in: folder.path)
    let statuses = result.output.split(separator: "\n").compactMap { Int($0) }
    // What can be said without a file is said.
    #expect(statuses == [2, 2, 0, 2], "\(result.output)\(result.errors)")
    #expect(result.errors.contains("the working folder is not there any more"), "\(result.errors)")
  }

  /// What this repository asks of others.
  @Test func theNetworksOfTheRepositoryAreClean() throws {
    defer { folder.remove() }
    let found = try Tool.fcnc.run(["lint", "Networks", "--fail-on", "note", "--rule", "unexplained-suppression=note"])
    #expect(found.status == 0 && found.output.isEmpty, "\(found.output)\(found.errors)")
    let layout = try Tool.fcnc.run(["fmt", "--check", "Networks"])
    #expect(layout.status == 0 && layout.output.isEmpty, "\(layout.output)\(layout.errors)")
  }

  // MARK: Configuration

  @Test func theNearestConfigurationHolds() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    try write(Self.checkerboard, "inner/b.fcn")
    try write(Self.checkerboard, "inner/old/c.fcn")
    try write("rules: {checkerboard: error}\n", "fcnc.yaml")
    try write(
      "extends: ../fcnc.yaml\nrules: {checkerboard: note}\npaths:\n  \"old/**\": {rules: {suspicious: off, checkerboard: off}}\n",
      "inner/fcnc.yaml")
    let lines = try lint(["--format", "concise"]).output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains(": error: ") ?? false)
    #expect(lines.last?.hasPrefix("inner/b.fcn:5:51: note: ") ?? false, "\(lines)")
    #expect(try lint(["--isolated", "--format", "concise"]).output.split(separator: "\n").count == 3)
    #expect(try lint(["--config", "inner/fcnc.yaml", "a.fcn", "--fail-on", "warning"]).status == 0)
  }

  @Test(arguments: [
    ("rules: {checkerbord: off}\n", "there is no rule or group `checkerbord`", "did you mean `checkerboard`"),
    (
      "rules: {checkerboard: of}\n", "a level is one of `off`, `note`, `warning`, `error`, not `of`",
      "did you mean `off`"
    ),
    ("ruels: {}\n", "the file has no key `ruels`", "did you mean `rules`"),
    ("rules: {parameter-budget: {most: many}}\n", "`most` takes a whole number, not the word `many`", ""),
    (
      "rules: {parameter-budget: error}\n", "`parameter-budget` needs its limit",
      "write `parameter-budget: {most: ...}`"
    ),
    ("rules: {parameter-budget: {}}\n", "`parameter-budget` needs `most`", ""),
    ("extends: nowhere.yaml\n", "there is no file `nowhere.yaml` to extend", ""),
    ("extends: fcnc.yaml\n", "extends this file itself", ""),
    ("rules: [\n", "this is not YAML", ""),
    ("required_version: newest\n", "`required_version` is no requirement", ""),
  ])
  func aWrongConfigurationIsRefusedWithItsPlace(text: String, message: String, help: String) throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    try write(text, "fcnc.yaml")
    let result = try lint(["a.fcn"])
    #expect(result.status == 2)
    #expect(result.errors.contains(message) && (help.isEmpty || result.errors.contains(help)), "\(result.errors)")
    #expect(result.errors.contains("--> fcnc.yaml:"))
  }

  @Test func aVersionThatDoesNotFitIsRefused() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    try write("required_version: \">=99\"\n", "fcnc.yaml")
    let result = try lint(["a.fcn"])
    #expect(result.status == 2)
    #expect(result.errors.contains("requires fcnc >=99"), "\(result.errors)")
    try write("required_version: \">=0.1, <99\"\n", "fcnc.yaml")
    #expect(try lint(["a.fcn"]).status == 0)
  }

  @Test func budgetsHoldWhereTheyAreSet() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    try write(
      """
      rules:
        parameter-budget: {most: 10}
        multiply-add-budget: {size: 64x64, most: 1e3, level: warning}
        refused-size: {sizes: [1x1, 480x640]}

      """, "fcnc.yaml")
    let result = try lint(["a.fcn", "--format", "concise"])
    #expect(result.status == 1)
    // 3 * 3 * 3 * 3 weights and 3 biases.
    #expect(
      result.output.contains("error: the network has 84 weights, 74 more than the budget of 10 [parameter-budget]"),
      "\(result.output)")
    #expect(result.output.contains("warning: the network needs "))
    #expect(!result.output.contains("refused-size"))
  }

  // MARK: Comments

  @Test func commentsAllowForALineAStatementOrAFile() throws {
    defer { folder.remove() }
    let line = "x = photo -> deconv(3, kernel: 3, stride: 2, pad: 1)"
    let head = "network n\n\ninput photo[3] = picture -> rgb\n\n"
    let end = "\noutput y: image = x\n"
    let texts = [
      head + line + " // fcnc: allow(checkerboard) fine here" + end,
      head + "// fcnc: allow(checkerboard) fine here\n" + line + end,
      "// fcnc: allow(checkerboard) fine everywhere\n" + head + line + end,
      head + "x = photo\n  // fcnc: allow(checkerboard) fine here\n  -> deconv(3, kernel: 3, stride: 2, pad: 1)" + end,
    ]
    for (index, text) in texts.enumerated() {
      try write(text, "a.fcn")
      let result = try lint(["a.fcn", "--fail-on", "note"])
      #expect(result.status == 0, "\(index): \(result.output)")
      #expect(try lint(["a.fcn", "--fail-on", "warning", "--ignore-comments"]).status == 1)
    }
    // Another statement is not meant.
    try write(
      head + "// fcnc: allow(checkerboard) wrong place\ny = photo -> relu\n" + line + "\noutput z = x\noutput w = y\n",
      "a.fcn")
    let result = try lint(["a.fcn", "--format", "concise"]).output
    #expect(result.contains("[checkerboard]") && result.contains("[unused-suppression] [*]"), "\(result)")
  }

  @Test func commentsInYAMLAllowToo() throws {
    defer { folder.remove() }
    try write(
      """
      network: larger
      inputs:
        photo: {channels: 3, preprocessing: [picture, rgb]}
      outputs:
        larger:
          kind: image
          # fcnc: allow(checkerboard) fine here
          value: [photo, deconv: [3, kernel: 3, stride: 2, pad: 1]]

      """, "a.fcn.yaml")
    #expect(try lint(["a.fcn.yaml", "--fail-on", "warning", "--ignore-comments"]).status == 1)
    let result = try lint(["a.fcn.yaml", "--fail-on", "note"])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test(arguments: [
    ("// fcnc: allow(checkerbord) x", "there is no rule `checkerbord`", "did you mean `checkerboard`"),
    ("// fcnc: allow() x", "this comment is for the linter, but it does not allow a rule", ""),
    ("// fcnc: ignore(checkerboard)", "this comment is for the linter, but it does not allow a rule", ""),
    ("// fcnc: allow checkerboard", "this comment is for the linter, but it does not allow a rule", ""),
  ])
  func aWrongCommentIsAnError(comment: String, message: String, help: String) throws {
    defer { folder.remove() }
    try write(comment + "\n" + Self.checkerboard, "a.fcn")
    let result = try lint(["a.fcn"])
    #expect(result.status == 1)
    #expect(result.output.contains(message) && (help.isEmpty || result.output.contains(help)), "\(result.output)")
  }

  @Test func commentsAreWrittenForOldFiles() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    let result = try lint(["--add-allow", "--fail-on", "note"])
    #expect(result.status == 0 && result.errors.contains("allowed 1 finding"), "\(result.output)\(result.errors)")
    #expect(try read("a.fcn").contains("pad: 1)  // fcnc: allow(checkerboard)\n"))
    #expect(try lint(["--fail-on", "note"]).status == 0)
    #expect(try lint(["--add-allow", "--fix"]).status == 2)
  }

  // MARK: Fixes

  @Test func fixesAreMadeShownOrLeft() throws {
    defer { folder.remove() }
    let text = """
      network n

      input photo[3] = picture -> rgb

      unused = photo -> relu
      output y: logits = photo -> conv(4, kernel: 3, stride: 1, pad: same) -> relu -> relu

      """
    let safe = text.replacingOccurrences(of: "stride: 1, ", with: "").replacingOccurrences(
      of: "relu -> relu", with: "relu")
    try write(text, "a.fcn")
    let shown = try lint(["a.fcn", "--diff"])
    #expect(shown.status == 1)
    #expect(
      shown.output == """
        --- a.fcn
        +++ a.fcn
        @@ -3,4 +3,4 @@
         input photo[3] = picture -> rgb
         
         unused = photo -> relu
        -output y: logits = photo -> conv(4, kernel: 3, stride: 1, pad: same) -> relu -> relu
        +output y: logits = photo -> conv(4, kernel: 3, pad: same) -> relu

        """)
    #expect(try read("a.fcn") == text)
    let fixed = try lint(["a.fcn", "--fix", "--fail-on", "warning"])
    #expect(fixed.errors.contains("mended 2 findings"), "\(fixed.errors)")
    #expect(fixed.status == 1 && fixed.output.contains("[unused-value]"))
    #expect(try read("a.fcn") == safe)
    #expect(try lint(["a.fcn", "--fix", "--unsafe-fixes", "--fail-on", "warning"]).status == 0)
    #expect(try read("a.fcn") == safe.replacingOccurrences(of: "unused =", with: "_unused ="))
    #expect(try lint(["-", "--fix", "--stdin-filename", "b.fcn"], input: text).output == safe)
  }

  // MARK: Baseline

  @Test func aBaselineExcusesWhatWasThere() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    #expect(try lint(["--write-baseline"]).status == 0)
    #expect(try lint(["--fail-on", "note"]).status == 0)
    // Lines that move keep their excuse; a second one of the kind has none.
    try write("\n\n" + Self.checkerboard, "a.fcn")
    #expect(try lint(["--fail-on", "warning"]).status == 0)
    try write(
      Self.checkerboard.replacingOccurrences(
        of: "output", with: "other = photo -> deconv(3, kernel: 5, stride: 2, pad: 1)\noutput other\noutput"),
      "a.fcn")
    #expect(try lint(["--fail-on", "warning"]).status == 1)
    // What is mended leaves a stale excuse.
    try write(Self.checkerboard.replacingOccurrences(of: "kernel: 3", with: "kernel: 4"), "a.fcn")
    let stale = try lint(["--fail-on", "warning"])
    #expect(stale.status == 1 && stale.output.contains("[stale-baseline]"), "\(stale.output)")
    #expect(try lint(["--prune-baseline", "--fail-on", "warning"]).status == 0)
    #expect(try lint(["--fail-on", "warning"]).status == 0)
    #expect(try !read(".fcnc-baseline.json").contains("checkerboard"))
    try write("{", ".fcnc-baseline.json")
    #expect(try lint([]).status == 2)
  }

  // MARK: Forms

  @Test func severalReportsAreWrittenAtOnce() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    let result = try lint(["--format", "concise", "--format", "jsonl=out.jsonl", "--format", "junit=out.xml"])
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(try read("out.jsonl").contains("\"id\":\"checkerboard\""))
    #expect(try read("out.xml").contains("<testsuite name=\"a.fcn\" tests=\"1\" failures=\"1\""))
    #expect(try lint(["--format", "xml"]).status == 2)
  }

  @Test func onGitHubFindingsBecomeAnnotationsAndATable() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    let summary = "\(folder.path)/summary.md"
    let result = try lint([], environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary])
    #expect(
      result.output.hasPrefix("::warning title=fcnc (checkerboard),file=a.fcn,line=5,endLine=5,col=51,endColumn=52::"),
      "\(result.output)")
    #expect(try String(contentsOfFile: summary, encoding: .utf8).contains("| warning | a.fcn:5 |"))
  }

  @Test func coloursFollowTheEnvironment() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    #expect(try !lint(["a.fcn"]).output.contains("\u{1B}["))
    #expect(try lint(["a.fcn"], environment: ["FORCE_COLOR": "1", "NO_COLOR": ""]).output.contains("\u{1B}["))
    #expect(try !lint(["a.fcn"], environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"]).output.contains("\u{1B}["))
  }

  // MARK: Results of earlier runs

  @Test func resultsAreKeptUntilATextChanges() throws {
    defer { folder.remove() }
    let cache = ["XDG_CACHE_HOME": "\(folder.path)/cache"]
    try write("def larger(x) {\n  x -> deconv(3, kernel: 3, stride: 2, pad: 1)\n}\n", "blocks.fcn")
    try write(
      """
      include "blocks.fcn" as blocks

      network n

      input photo[3] = picture -> rgb

      output y: image = photo -> blocks.larger

      """, "a.fcn")
    let arguments = ["a.fcn", "--format", "json"]
    let fresh = try lint(arguments + ["--no-cache"]).output
    #expect(fresh.contains("checkerboard"))
    #expect(try lint(arguments, environment: cache).output == fresh)
    let entries = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/fcnc/lint")
    #expect(entries.count == 1)
    #expect(try lint(arguments, environment: cache).output == fresh)
    // Other rules, another included text and a broken entry are told from what was kept.
    #expect(try !lint(arguments + ["--rule", "checkerboard=off"], environment: cache).output.contains("checkerboard"))
    try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/cache/fcnc/lint/\(entries[0])"))
    #expect(try lint(arguments, environment: cache).output == fresh)
    try write("def larger(x) {\n  x -> deconv(3, kernel: 4, stride: 2, pad: 1)\n}\n", "blocks.fcn")
    #expect(try !lint(arguments, environment: cache).output.contains("checkerboard"))
  }

  @Test func theConfigurationThatHoldsIsShownAndIsOneItself() throws {
    defer { folder.remove() }
    try write(
      "rules: {checkerboard: error, parameter-budget: {most: 5}}\npaths:\n  \"old/**\": {rules: {gridding: off}}\n",
      "fcnc.yaml")
    let shown = try Tool.fcnc.run(["config", "old/a.fcn"], in: folder.path)
    #expect(shown.status == 0 && shown.output.hasPrefix("# old/a.fcn: by fcnc.yaml\n"), "\(shown.errors)")
    for line in [
      "checkerboard: error", "gridding: off", "parameter-budget: {level: error, most: 5}", "mixed-padding: off",
    ] {
      #expect(shown.output.contains("\n  \(line)\n"), "\(line) in\n\(shown.output)")
    }
    // Budgets that are not set have no limits to print.
    let again = shown.output.split(separator: "\n").filter {
      !$0.hasSuffix("budget: off") && !$0.contains("refused") && !$0.contains("small-rec")
    }
    try write(again.joined(separator: "\n") + "\n", "shown.yaml")
    try write(Self.checkerboard, "a.fcn")
    let result = try lint(["a.fcn", "--config", "shown.yaml", "--format", "concise"])
    #expect(result.status == 1 && result.output.contains("error: windows of 3"), "\(result.output)\(result.errors)")
  }

  @Test func changesAreWaitedFor() throws {
    defer { folder.remove() }
    try write(Self.checkerboard, "a.fcn")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tool.fcnc.path)
    process.arguments = ["lint", "a.fcn", "--watch", "--format", "concise"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Threads of a test block the signal that asks to end, and so would the process.
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    var text = ""
    func wait(for wanted: String) {
      while !text.contains(wanted) {
        let data = pipe.fileHandleForReading.availableData
        if data.isEmpty { return }
        text += String(decoding: data, as: UTF8.self)
      }
    }
    wait(for: "1 files, 1 findings; waiting for changes\n")
    #expect(text.contains("[checkerboard]"))
    text = ""
    try write(Self.checkerboard.replacingOccurrences(of: "kernel: 3", with: "kernel: 4"), "a.fcn")
    wait(for: "1 files, 0 findings; waiting for changes\n")
    #expect(!text.contains("[checkerboard]") && text.contains("0 findings"))
  }

  // MARK: Rules

  @Test func rulesAreListedAndExplained() throws {
    defer { folder.remove() }
    let list = try Tool.fcnc.run(["rules"])
    #expect(list.status == 0 && list.output.contains("checkerboard") && list.output.contains("pedantic:"))
    let explained = try Tool.fcnc.run(["explain", "checkerboard"])
    #expect(explained.output.contains("Odena") && explained.output.contains("windows of 3 overlap unevenly"))
    let json = try Tool.fcnc.run(["rules", "--format", "json"])
    let rules = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rules.count >= 35 && rules.allSatisfy { $0["id"] is String && $0["group"] is String })
  }

  @Test func thePageOfRulesIsWhatTheRulesSay() throws {
    defer { folder.remove() }
    let page = try Tool.fcnc.run(["rules", "--format", "markdown"]).output
    let file = URL(fileURLWithPath: Tool.repository).appendingPathComponent("Sources/fcnc/Documentation/Rules.md")
    if ProcessInfo.processInfo.environment["FCNC_RECORD"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }
}
