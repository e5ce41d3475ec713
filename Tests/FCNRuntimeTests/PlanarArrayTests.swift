import FCNRuntime
import Testing

@Suite struct PlanarArrayTests {
  @Test func shapes() throws {
    let array = try Fixture.array("array")
    #expect((array.channels, array.height, array.width) == (3, 4, 5))
    #expect(try greatestDifference(array, Fixture.array("array-batch")) == 0)
  }

  /// NumPy wrote the file; what is written here has the same numbers after the same kind of header.
  @Test func writingGivesNumPysFile() throws {
    let file = try Fixture.array("array").encodedNPY()
    let expected = try Fixture.bytes("array.npy")
    #expect((0..<file.count).map { file[$0] } == expected)
  }

  @Test(arguments: [
    ("array-double", "the numbers are of type <f8"), ("array-fortran", "the array is in Fortran order"),
    ("array-two", "the array has the shape (4, 5), not (channels, height, width) or (1, channels, height, width)"),
  ]) func refused(name: String, message: String) throws {
    let failure = #expect(throws: RuntimeFailure.self) { try Fixture.array(name) }
    #expect(failure?.message == message)
  }
}
