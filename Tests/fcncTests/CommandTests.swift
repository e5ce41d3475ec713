import Foundation
import Testing

/// What the commands print and their exit statuses: 0 clean, 1 findings, 2 could not do the job.
@Suite struct CommandTests {
  @Test func checkJudgesANetworkFromStandardInput() throws {
    let good = try Tool.fcnc.run(
      ["check", "-"], input: "network n\ninput x[3]\noutput y = x -> conv(8, kernel: 3, pad: same) -> maxpool(2)\n")
    #expect(good.status == 0, "\(good.errors)")
    #expect(
      good.output == """
        <stdin>: n is fully convolutional
          y: floor(H/2) x floor(W/2), accepted: H >= 2

        """)
    let bad = try Tool.fcnc.run(["check", "-"], input: "network n\ninput x[3]\noutput y = x -> conv(8, kernel: 3)\n")
    #expect(bad.status == 1)
    #expect(
      bad.output == """
        error[stage-rejected]: `conv` with a 3x3 kernel does not say how it is padded
         --> <stdin>:3:17
          |
        3 | output y = x -> conv(8, kernel: 3)
          |                 ^^^^
          = help: add `pad: same` to keep the size, or `pad: valid` for no padding

        1 error

        """)
    let missing = try Tool.fcnc.run(["check", "no/such.fcn"])
    #expect(missing.status == 2 && missing.errors.contains("there is no file `no/such.fcn`"))
    let usage = try Tool.fcnc.run(["check"])
    #expect(usage.status == 2)
  }

  @Test func aDenseLayerIsNotFullyConvolutional() throws {
    let result = try Tool.fcnc.run(
      ["check", "-"], input: "network n\ninput x[3]\noutput y = x -> flatten(order: chw) -> dense(10)\n")
    #expect(result.status == 1)
    #expect((result.output + result.errors).contains("flatten"), "\(result.output)\(result.errors)")
  }

  @Test func formatIsIdempotentAndLeavesBrokenFilesAlone() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = folder.path + "/n.fcn"
    let text = "network n\ninput   x[3]   // three\noutput y=x->relu\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Tool.fcnc.run(["fmt", "--check", path]).status == 1)
    #expect(try Tool.fcnc.run(["fmt", path]).status == 0)
    #expect(try Tool.fcnc.run(["fmt", "--check", path]).status == 0)
    let formatted = try String(contentsOfFile: path, encoding: .utf8)
    #expect(formatted.contains("output y = x -> relu") && formatted.contains("// three"))
    try "network n\noutput y = (\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Tool.fcnc.run(["fmt", path]).status == 2)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "network n\noutput y = (\n")
  }

  @Test func stagesAndFindingsHaveManuals() throws {
    let list = try Tool.fcnc.run(["stages"])
    #expect(list.status == 0 && list.output.contains("conv") && list.output.contains("upsample"))
    let manual = try Tool.fcnc.run(["stages", "conv"])
    #expect(manual.status == 0 && manual.output.contains("PyTorch"))
    let wrong = try Tool.fcnc.run(["stages", "convv"])
    #expect(wrong.status == 2 && wrong.errors.contains("conv"))
    let finding = try Tool.fcnc.run(["explain", "missing-weight"])
    #expect(finding.status == 0 && finding.output.hasPrefix("missing-weight\n"))
  }

  @Test func checkNamesTheStageThatFixesTheSize() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = folder.path + "/classifier.fcn"
    try "network n\ninput x[3]\noutput y = x -> relu -> dense(10)\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let text = try Tool.fcnc.run(["check", path])
    #expect(text.status == 1)
    #expect(text.output.contains("error[not-fully-convolutional]: `dense` fixes the size"))
    #expect(text.output.contains("\(path):3:25") && text.output.contains("n is not fully convolutional"))
    let concise = try Tool.fcnc.run(["check", path, "--format", "concise"])
    #expect(concise.status == 1 && concise.output.contains("not-fully-convolutional"))
    let json = try Tool.fcnc.run(["check", path, "--format", "json"])
    #expect(json.status == 1 && json.output.contains("\"not-fully-convolutional\""))
    try "network n\ninput x[3]\noutput y = x -> global_mean -> dense(10)\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(try Tool.fcnc.run(["check", path]).status == 0)
  }

  @Test func lintTakesParameters() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = folder.path + "/wide.fcn"
    try "network n(width)\ninput x[3]\noutput y = x -> conv(width, kernel: 1)\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(try Tool.fcnc.run(["lint", path]).status == 1)
    #expect(try Tool.fcnc.run(["lint", path, "--set", "width=8"]).status == 0)
  }

  @Test func randomWeightsCanBeWrittenAndBuiltWith() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let file = folder.path + "/w.safetensors"
    let written = try Tool.fcnc.run(
      ["weights", "Networks/srcnn/srcnn.fcn", "--random-weights", "3", "-o", file])
    #expect(written.status == 0, "\(written.errors)")
    let listed = try Tool.fcnc.run(["weights", "Networks/srcnn/srcnn.fcn"])
    #expect(listed.output.contains(".weight  ["))
    let suggested = try Tool.fcnc.run(["weights", "Networks/srcnn/srcnn.fcn", "--suggest", file])
    #expect(suggested.status == 0, "\(suggested.errors)")
  }
}
