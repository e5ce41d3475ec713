import CFCNRuntime

/// The begin of every program: checks the processor, reads the description, finds the weights, and hands over to the
/// command line.
@_cdecl("fcn_program_main")
public func runLinkedProgram(
  _ linked: UnsafePointer<fcn_program>, _ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>
) -> Int32 {
  let bytes = UnsafeBufferPointer(start: linked.pointee.description, count: linked.pointee.description_size)
  guard let program = ProgramDescription(encoded: bytes) else {
    reportFailure("this program is damaged: its description cannot be read", help: "build or copy it again")
    return 2
  }
  let missing = program.requiredFeatures & ~fcn_cpu_features()
  if missing != 0 {
    reportFailure(
      "this processor cannot run this program: it was built for " + program.targetName,
      help: "build it again with --target x86-64-v2, or on this machine")
    return 2
  }
  var parameters = linked.pointee.parameters
  if !program.weightFile.isEmpty {
    var size = 0
    guard let mapped = fcn_map_beside_program(program.weightFile, &size) else {
      reportFailure(
        "the weight file " + program.weightFile + " is missing, empty or cannot be read",
        help: "put it into the folder of the program")
      return 2
    }
    let head = mapped.assumingMemoryBound(to: UInt8.self)
    let bytes = UnsafeBufferPointer(start: head, count: size)
    if let reason = WeightFileHead.mismatch(of: bytes, with: program) {
      reportFailure(
        "the weight file " + program.weightFile + " " + reason,
        help: "build the network again, and move the program and its weight file together")
      return 2
    }
    parameters = UnsafeRawPointer(head + WeightFileHead.size).assumingMemoryBound(to: Float.self)
  }
  let test = SelfTest(
    encoded: UnsafeBufferPointer(start: linked.pointee.self_test, count: linked.pointee.self_test_size))
  var words: [String] = []
  for index in 1..<max(1, Int(count)) { words.append(String(cString: arguments[index])) }
  return linked.pointee.kernels.withMemoryRebound(to: fcn_kernel?.self, capacity: program.steps.count) { kernels in
    var network = CompiledNetwork(program, kernels: kernels, parameters: parameters, selfTest: test)
    return runProgram(&network, arguments: words)
  }
}

private func reportFailure(_ message: String, help: String) {
  Console().report(RuntimeFailure(message, help: help))
}
