import Foundation
import Testing

@testable import FCNRuntime

/// What is reported of pictures: whole texts, written by hand.
@Suite struct FindingsTests {
  let folder: TemporaryFolder
  let blobs: String

  init() throws {
    folder = try TemporaryFolder()
    let rows: [[UInt8]] = [
      [0, 255, 255, 0, 0, 0],
      [0, 255, 255, 0, 0, 204],
      [0, 0, 0, 0, 204, 204],
      [0, 0, 0, 0, 0, 0],
    ]
    blobs = try folder.write(rows, as: "blobs.pgm")
  }

  /// A network whose output is its input, from 0.5 on class 1.
  func network(_ method: AnswerMethod, kind: OutputKind = .labels(Classes(count: 2)), maps: [Int] = []) -> FakeNetwork {
    let isLabel = if case .labels = kind { true } else { false }
    var network = FakeNetwork.grey(kind) { isLabel ? ($0 >= 0.5 ? 1 : 0) : $0 }
    network.outputs[0].answer = AnswerDescription(method: method, furtherMaps: maps)
    return network
  }

  func text(_ name: String) throws -> String {
    try String(decoding: Fixture.bytes(at: folder.file(name)), as: UTF8.self).replacingOccurrences(
      of: blobs, with: "FILE")
  }

  @Test func components() throws {
    let names = Classes(count: 2, names: ["ground", "blob, bright"])
    var network = network(.components(ComponentRule(joinsCorners: true)), kind: .labels(names))
    let run = network.program(blobs, "-o", folder.file("a.json"), "-o", folder.file("a.csv"), "-q")
    #expect(run.code == 0)
    #expect(run.output == "\(blobs): answer 2\n")
    #expect(
      try text("a.json") == """
        {
          "file": "FILE",
          "width": 6,
          "height": 4,
          "outputs": {
            "answer": {
              "count": 2,
              "area": 7,
              "percent": 29.167,
              "components": [
                {"id": 1, "class": 1, "name": "blob, bright", "x": 1.5, "y": 0.5, "left": 1, "top": 0, "right": 2, \
        "bottom": 1, "area": 4, "percent": 16.667},
                {"id": 2, "class": 1, "name": "blob, bright", "x": 4.667, "y": 1.667, "left": 4, "top": 1, "right": 5, \
        "bottom": 2, "area": 3, "percent": 12.5}
              ]
            }
          }
        }

        """)
    #expect(
      try text("a.csv") == """
        file,width,height,id,class,name,x,y,left,top,right,bottom,area,percent
        FILE,6,4,1,1,"blob, bright",1.5,0.5,1,0,2,1,4,16.667
        FILE,6,4,2,1,"blob, bright",4.667,1.667,4,1,5,2,3,12.5

        """)
  }

  /// As pictures and arrays the regions are their numbers; an overlay colours them and nothing else.
  @Test func componentsAsPictures() throws {
    var network = network(.components(ComponentRule(joinsCorners: true)))
    let run = network.program(
      blobs, "-o", folder.file("ids.png"), "-o", folder.file("ids.npy"), "--overlay", folder.file("over.png"), "-q")
    #expect(run.code == 0, "\(run.errors)")
    let ids = [[0, 1, 1, 0, 0, 0], [0, 1, 1, 0, 0, 2], [0, 0, 0, 0, 2, 2], [0, 0, 0, 0, 0, 0]]
    let picture = try folder.picture("ids.png")
    let array = try folder.array("ids.npy")
    let overlay = try folder.picture("over.png")
    for row in 0..<4 {
      for column in 0..<6 {
        #expect(Int(array[0, row, column]) == ids[row][column])
        let color = (0..<3).map { overlay[row, column, $0] }
        if ids[row][column] == 0 { #expect(color == [0, 0, 0]) } else { #expect(Set(color).count > 1) }
      }
    }
    #expect(picture.height == 4 && picture.width == 6)
  }

  @Test func pointsAndNumbers() throws {
    var peaks = network(.peaks(PeakRule(threshold: 0.5, distance: 1)), kind: .raw)
    #expect(peaks.program(blobs, "-o", folder.file("p.csv"), "-q").output == "\(blobs): answer 2\n")
    #expect(
      try text("p.csv") == """
        file,width,height,x,y,score,class,name
        FILE,6,4,1.5,0.5,1,0,
        FILE,6,4,4.667,1.667,0.8,0,

        """)
    // 4 times 255 and 3 times 204 of 255.
    var sum = network(.sum(scale: 0.5), kind: .density)
    #expect(sum.program(blobs, "-o", folder.file("s.json"), "-q").output == "\(blobs): answer 3.200\n")
    #expect(try text("s.json").contains("\"count\": 3.2"))
    var mean = network(.mean(scale: 1), kind: .raw)
    #expect(mean.program(blobs, "-q").output == "\(blobs): answer 0.267\n")
    #expect(try peaks.program(blobs, "--overlay", folder.file("o.png"), "-q").code == 0)
    #expect(try folder.picture("o.png").channels == 3)
  }

  @Test func classesOfAMap() throws {
    var network = FakeNetwork.grey(.labels(Classes(count: 2, ignored: 3))) { $0 > 0.9 ? 1 : $0 > 0.5 ? 3 : 0 }
    #expect(network.program(blobs, "-o", folder.file("c.csv"), "-q").code == 0)
    #expect(
      try text("c.csv") == """
        file,width,height,class,name,area,percent
        FILE,6,4,0,,17,70.833
        FILE,6,4,1,,4,16.667
        FILE,6,4,3,ignored,3,12.5

        """)
  }

  /// In JSON each class has a field, also where two have one name.
  @Test func classesOfOneName() throws {
    var network = FakeNetwork.grey(.labels(Classes(count: 3, names: ["none", "cell", "cell"]))) {
      $0 > 0.9 ? 1 : $0 > 0.5 ? 2 : 0
    }
    #expect(network.program(blobs, "-o", folder.file("c.json"), "-q").code == 0)
    let percent = ["\"none\": 70.833", "\"cell\": 16.667", "\"cell (2)\": 12.5"]
    for field in percent { #expect(try text("c.json").contains(field)) }
  }

  /// A network that halves the size and whose first position lies at the first pixel: areas are four pixels a position,
  /// and places double.
  @Test func placesAreThoseOfThePicture() throws {
    var network = FakeNetwork.grey(.labels(Classes(count: 2)), stride: 2) { $0 >= 0.5 ? 1 : 0 }
    network.outputs[0].answer = AnswerDescription(method: .components(ComponentRule(joinsCorners: false)))
    #expect(network.program(blobs, "-o", folder.file("a.csv"), "-q").code == 0)
    // Positions (0, 1) is 255 at pixel (0, 2); (1, 2) is 204 at pixel (2, 4); they touch at a corner only.
    #expect(
      try text("a.csv") == """
        file,width,height,id,class,name,x,y,left,top,right,bottom,area,percent
        FILE,6,4,1,1,,2,0,1,0,2,0,4,16.667
        FILE,6,4,2,1,,4,2,3,1,4,2,4,16.667

        """)
  }

  /// A picture that is doubled before it enters: half-pixel centres. And its middle taken where it does not fit.
  @Test func placesAfterResizingAndCropping() throws {
    var network = FakeNetwork(
      [
        InputDescription(
          name: "image", channels: 1,
          preprocessing: [
            .luma, .resize(Resizing(size: .factor(numerator: 2, denominator: 1), filter: .nearest)),
          ])
      ], [OutputDescription(name: "answer", channels: 1, kind: .raw)])
    network.outputs[0].answer = AnswerDescription(method: .peaks(PeakRule(threshold: 0.9, distance: 1)))
    #expect(network.program(blobs, "-o", folder.file("d.csv"), "-q").code == 0)
    #expect(try text("d.csv").contains("FILE,6,4,1.5,0.5,1,0,\n"))
    var cropped = FakeNetwork.grey(.raw)
    cropped.multiple = 4
    cropped.outputs[0].answer = AnswerDescription(method: .peaks(PeakRule(threshold: 0.7, distance: 1)))
    #expect(cropped.program(blobs, "-o", folder.file("e.csv"), "--fit", "crop", "-q").code == 0)
    // Of six columns the four from the second on are used; the right one of the second region is cut off.
    #expect(
      try text("e.csv") == """
        file,width,height,x,y,score,class,name
        FILE,6,4,1.5,0.5,1,0,
        FILE,6,4,4,2,0.8,0,

        """)
  }

  /// A point told as it is stored is the pixel of the file that stands there in the upright picture.
  @Test(arguments: 1...8) func storedPlaces(code: Int) throws {
    let orientation = Orientation(code: code)
    let (height, width) = orientation.isTransposed ? (7, 4) : (4, 7)
    let places = PictureCoordinates(
      rows: AxisCoordinates(scale: 1, offset: 0, length: 4), columns: AxisCoordinates(scale: 1, offset: 0, length: 7),
      orientation: orientation)
    for row in 0..<4 {
      for column in 0..<7 {
        let pixel = orientation.source(row: row, column: column, height: height, width: width)
        let point = places.point(row: Double(row), column: Double(column))
        #expect(point.x == Double(pixel.column) && point.y == Double(pixel.row))
        var region = MapRegion(label: 1)
        region.add(row: row, column: column)
        region.add(row: min(row + 1, 3), column: column)
        let other = orientation.source(row: min(row + 1, 3), column: column, height: height, width: width)
        let box = places.box(region)
        #expect(box.left == min(pixel.column, other.column) && box.right == max(pixel.column, other.column))
        #expect(box.top == min(pixel.row, other.row) && box.bottom == max(pixel.row, other.row))
      }
    }
  }

  @Test func placesOfATurnedPhotograph() throws {
    var network = FakeNetwork.grey(.raw)
    network.outputs[0].answer = AnswerDescription(method: .softArgMax(beta: 8))
    func head(_ arguments: String...) throws -> (size: [Int], x: Double, y: Double) {
      let console = Console(capturing: true)
      let arguments = [Fixture.path("orientation6.jpg"), "-o", folder.file("t.csv"), "-q"] + arguments
      try #require(runProgram(&network, arguments: arguments, console: console) == 0, "\(console.errors)")
      let cells = try text("t.csv").split(separator: "\n")[1].split(separator: ",", omittingEmptySubsequences: false)
      return ([Int(cells[1]) ?? 0, Int(cells[2]) ?? 0], Double(cells[3]) ?? 0, Double(cells[4]) ?? 0)
    }
    let (shown, stored) = try (head(), head("--coordinates", "stored"))
    // A quarter turn clockwise: the upright picture's column counts from the last row of the stored one.
    #expect(stored.size == [shown.size[1], shown.size[0]])
    #expect(abs(stored.x - shown.y) < 0.002 && abs(stored.y - Double(shown.size[0] - 1) + shown.x) < 0.002)
  }

  /// What was padded does not count, and nothing is found there.
  @Test func paddingIsLeftOut() throws {
    var network = FakeNetwork.grey(.density) { $0 + 1 }
    network.multiple = 8
    network.outputs[0].answer = AnswerDescription(method: .sum(scale: 1))
    let run = network.program(blobs, "--fit", "pad", "-q")
    #expect(run.output == "\(blobs): answer 30.400\n", "24 pixels, each 1 and what it is")
  }

  @Test func refusals() throws {
    var sum = network(.sum(scale: 1), kind: .raw)
    for (arguments, words) in [
      (["-o", "x.png"], "output answer is no picture"), (["--overlay", "x.png"], "cannot be laid over"),
      (["--confidence", "x.png"], "has no probabilities"), (["--min-confidence", "0.5"], "no output has classes"),
      (["-o", "x.txt"], ".json"),
    ] {
      let console = Console(capturing: true)
      #expect(runProgram(&sum, arguments: [blobs] + arguments, console: console) == 2)
      #expect(console.errors.contains(words), "\(console.errors)")
    }
    var nan = FakeNetwork.grey(.raw) { _ in .nan }
    nan.outputs[0].answer = AnswerDescription(method: .peaks(PeakRule(threshold: 0, distance: 1)))
    let run = nan.program(blobs, "-o", folder.file("n.json"))
    #expect(run.code == 1 && run.errors.contains("output answer holds NaN at channel 0, row 0, column 0"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("n.json")))
  }

  // MARK: Confidence

  /// Scores of two classes, `v` and `1 - v`: the softmax of 0.8 and 0.2, as NumPy gives it, is 0.64565631.
  @Test func confidenceOfScores() throws {
    var network = FakeNetwork.grey(.logits(Classes(count: 2)), channels: 2)
    network.changeByChannel = { channel, value in channel == 0 ? value : 1 - value }
    let run = network.program(
      blobs, "--confidence", folder.file("c.npy"), "--confidence", folder.file("c.png"), "--min-confidence", "0.7",
      "-o", folder.file("m.pgm"), "-q")
    #expect(run.code == 0, "\(run.errors)")
    let array = try folder.array("c.npy")
    #expect(array.channels == 2)
    #expect(abs(array[0, 1, 5] - 0.645_656_3) < 1e-6 && abs(array[1, 1, 5] - 0.291_312_6) < 1e-6)
    // The logistic function of 1.
    #expect(abs(array[0, 0, 1] - 0.731_058_6) < 1e-6)
    #expect(try folder.picture("c.png")[1, 5, 0] == 165)
    let mask = try folder.picture("m.pgm")
    #expect((0..<6).map { mask[1, $0, 0] } == [1, 0, 0, 1, 1, 255])
  }

  @Test func confidenceOfAProbability() throws {
    var network = FakeNetwork.grey(.probability)
    #expect(network.program(blobs, "--confidence", folder.file("c.npy"), "-q").code == 0)
    let array = try folder.array("c.npy")
    #expect(array[0, 0, 0] == 1 && array[1, 0, 0] == 1)
    #expect(abs(array[0, 1, 5] - 0.8) < 1e-6 && abs(array[1, 1, 5] - 0.6) < 1e-6)
  }

  // MARK: Edges

  /// One position at the begin and two at the end have seen an edge, in both directions.
  @Test func borderMask() throws {
    var network = FakeNetwork.grey(.density)
    network.edges = EdgeTable([.ends(before: 1, after: 2)], reach: 1)
    let run = network.program(
      blobs, "--border-mask", folder.file("b.pgm"), "--exclude-border", "-o", folder.file("b.json"), "-q")
    #expect(run.code == 0, "\(run.errors)")
    let mask = try folder.picture("b.pgm")
    #expect(
      (0..<4).map { row in (0..<6).map { mask[row, $0, 0] } } == [
        [255, 255, 255, 255, 255, 255], [255, 0, 0, 0, 255, 255], [255, 255, 255, 255, 255, 255],
        [255, 255, 255, 255, 255, 255],
      ])
    // Only row 1, columns 1...3 count: two pixels of 1.
    #expect(try text("b.json").contains("\"count\": 2"))
  }

  /// A count of nothing would be taken for an answer.
  @Test func bordersThatAreEverywhere() throws {
    var network = FakeNetwork.grey(.density)
    network.edges = EdgeTable([.all], reach: nil)
    let run = network.program(blobs, "--exclude-border", "-q")
    #expect(run.code == 2 && run.errors.contains("--exclude-border would leave nothing"), "\(run.errors)")
    #expect(network.program(blobs, "--border-mask", folder.file("b.pgm"), "-q").code == 0)
    #expect(try folder.picture("b.pgm")[2, 3, 0] == 255)
  }

  /// Padded from 4x6 to 8x8: what sees one pixel further than row 3 or column 5 has seen the padding.
  @Test func paddingIsAnEdge() throws {
    var network = FakeNetwork.grey(.density)
    network.multiple = 8
    network.edges = EdgeTable([.ends(before: 0, after: 0)], reach: 1)
    #expect(network.program(blobs, "--fit", "pad", "--border-mask", folder.file("b.npy"), "-q").code == 0)
    let mask = try folder.array("b.npy")
    #expect(mask.height == 4 && mask.width == 6)
    #expect((0..<6).map { mask[0, 0, $0] } == [0, 0, 0, 0, 0, 1])
    #expect((0..<4).map { mask[0, $0, 0] } == [0, 0, 0, 1])
  }
}
