/// The text of `--help`, with examples that fit the network.
func helpText(
  _ name: String, _ inputs: [InputDescription], _ outputs: [OutputDescription], _ fitting: Fitting
) -> String {
  var further = ""
  for input in inputs.dropFirst() { further += " --input \(input.name)=\(input.name).png" }
  let output = outputs.count > 1 ? outputs[0].name + "=" : ""
  let ending: String
  if case .raw = outputs[0].kind { ending = ".npy" } else { ending = ".png" }
  return """
    \(name) PICTURE... -o OUT: run the network on pictures

    PICTURE is a PNG, JPEG or PNM file, or a folder of them; or a .npy file of float32 (channels, height, width), which is
    the network's input as it is: none of its preprocessing is applied.

      -o, --output [NAME=]PATH  where an output goes: .png, .jpg, .ppm, .pgm or .npy; {stem} in it stands for the
                                picture's name, {channel} for the channel
      --input NAME=PATH         the file of a further input; {stem} may stand in it
      --overlay [NAME=]PATH     the answer laid over the photograph
      --overlay-strength S      0 shows the photograph, 1 the answer (0.5)
      --heat                    probabilities in the colours of a heat map
      --alpha HOW               an alpha channel that the network does not take: ignore it, or lay the picture over
                                black or white
      --fit HOW                 a picture whose size the network does not take (\(fitting.mode.word)):
                                error refuses it and names the nearest sizes; pad makes it bigger at the bottom and at
                                the right and cuts the answer back to the picture; crop takes its middle, and the
                                answer is about that part
      --fit-border HOW          what it is padded with (\(fitting.border.word)): edge, the outermost pixel, which draws no line where
                                the picture ends; zero, zeros in the network's numbers; reflect, the picture mirrored
      --threads N               threads to use (all processors)
      --max-pixels N            refuse pictures of more pixels (1000000000)
      --benchmark N             the time of N runs, for a picture or --size
      --size HEIGHTxWIDTH       the size for --benchmark and --info
      --info                    inputs, outputs and facts of the network
      --self-test               compare the network with what was recorded when it was compiled
      --quiet, -q               print only counts and errors
      --version
      --help, -h

    Examples:
      \(name) photo.jpg\(further) -o \(output)answer\(ending)
      \(name) photos/\(further) -o '\(output)out/{stem}\(ending)'
      \(name) --benchmark 10 --size 480x640

    Exit codes: 0 all is well, 1 some files failed, 2 the job could not be done.
    """
}
