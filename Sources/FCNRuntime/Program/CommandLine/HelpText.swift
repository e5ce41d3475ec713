/// The text of `--help`, with examples that fit the network.
func helpText(
  _ name: String, _ inputs: [InputDescription], _ outputs: [OutputDescription], _ fitting: Fitting
) -> String {
  var further = ""
  for input in inputs.dropFirst() { further += " --input \(input.name)=\(input.name).png" }
  let shown = outputs.filter { $0.role == .answer }
  let output = shown.count > 1 ? shown[0].name + "=" : ""
  var ending = ".png"
  if case .raw = shown[0].kind { ending = ".npy" }
  if let answer = shown[0].answer { ending = answer.isPicture ? ".png" : ".json" }
  let hasFrames =
    inputs.count == 1 && ending.isSame(as: ".png") && shown[0].pictures(of: .answer, .frame, isHeat: false) == nil
  let stream = hasFrames ? "  ffmpeg -i film.mp4 -f yuv4mpegpipe - | \(name) - -o \(output)- | ffplay -\n" : ""
  return """
    \(name) PICTURE... -o OUT: run the network on pictures

    PICTURE is a PNG, JPEG, TIFF or PNM file; a folder, which stands for all pictures in it and below; or a pattern in
    quotes, as in 'photos/**/*.jpg'. It may be a .npy file of float32 (channels, height, width), which is the network's
    input as it is: none of its preprocessing is applied. - stands for a stream of frames from standard input, PNM or Y4M.

    \(table(of: Options.all(fitting)))
    Examples:
      \(name) photo.jpg\(further) -o \(output)answer\(ending)
      \(name) photos/\(further) -o '\(output)out/{stem}\(ending)'
      \(name) photos/\(further) -o '\(output)out/{folder}/{stem}\(ending)' --skip-existing --report report.jsonl
    \(stream)  \(name) --benchmark 10 --size 480x640

    Exit codes: 0 all is well, 1 some files failed, 2 the job could not be done, 141 standard output was closed.
    """
}

/// The options with what they do beside them, in lines of at most 120 characters.
private func table(of options: [Option]) -> String {
  let margin = 28
  var text = ""
  for option in options {
    var head = "  "
    if let short = option.short { head += short + ", " }
    head += option.name
    if let value = option.value { head += " " + value }
    var line = head
    if line.utf8.count + 2 > margin {
      text += line + "\n"
      line = ""
    }
    line += spaces(margin - line.utf8.count)
    var isStart = true
    for word in option.help.utf8.split(separator: 0x20) {
      if !isStart, line.utf8.count + 1 + word.count > 120 {
        text += line + "\n"
        line = spaces(margin)
        isStart = true
      }
      line += (isStart ? "" : " ") + String(decoding: Array(word), as: UTF8.self)
      isStart = false
    }
    text += line + "\n"
  }
  return text
}

private func spaces(_ count: Int) -> String {
  String(decoding: [UInt8](repeating: 0x20, count: max(count, 0)), as: UTF8.self)
}
