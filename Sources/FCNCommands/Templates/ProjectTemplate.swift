/// A small project to start from: a network, its training, and the places for its data.
struct ProjectTemplate: Sendable {
  /// What `fcnc init` calls it.
  var name: String
  /// One line: what such a network does.
  var summary: String
  /// The name of the network and the first word of the files that are made from it.
  var network: String
  /// The texts of the files by their path in the project.
  var files: [(path: String, text: String)]

  static let all: [ProjectTemplate] = [.segmentation, .counting, .restoration]

  /// - Parameters:
  ///   - train: `train.py`
  ///   - data: how the data lie, for `data/README.md`
  init(name: String, summary: String, network: String, text: String, train: String, data: String, answer: String) {
    self.name = name
    self.summary = summary
    self.network = network
    files = [
      ("\(network).fcn", text), ("train.py", train), ("README.md", Self.readme(summary, network, answer)),
      ("data/README.md", data), (".github/workflows/fcnc.yml", Self.workflow(network)), (".gitignore", Self.ignored),
    ]
  }

  private static func readme(_ summary: String, _ network: String, _ answer: String) -> String {
    """
    # \(network)

    \(summary)

    | file | what |
    | --- | --- |
    | `\(network).fcn` | the network |
    | `net.py` | the network in PyTorch, made from `\(network).fcn` by the first command below |
    | `train.py` | trains it |
    | `data` | the pictures, laid out as `data/README.md` says |
    | `.github/workflows/fcnc.yml` | checks the network at every push |

    ## Try it without data

        fcnc export --to pytorch \(network).fcn -o net.py
        python train.py --synthetic --steps 300
        fcnc build \(network).fcn --weights weights.safetensors -o \(network)
        ./\(network) photo.png -o \(answer)

    `train.py` needs Python 3.9 or newer with PyTorch, NumPy and Pillow; pictures that it makes up itself (`--synthetic`)
    need no Pillow.

    ## Train it on your data

    Put the pictures where `data/README.md` says, then

        python train.py --steps 20000

    It trains on parts of the pictures, prints the loss and, every `--check` steps, how good the network is on
    `data/validation`, and writes

    - `checkpoint.pth`: everything that training needs to go on (`python train.py --resume checkpoint.pth`);
    - `weights.safetensors`: the weights for fcnc, of the best check so far.

    Whenever the network changes, run `fcnc check \(network).fcn` and export it again. Old weights fit as long as the lines
    of `fcnc weights \(network).fcn` stay the same.

    """
  }

  private static func workflow(_ network: String) -> String {
    """
    name: fcnc

    on: [push, pull_request]

    jobs:
      check:
        runs-on: ubuntu-latest
        container: swift:6.2
        steps:
          - uses: actions/checkout@v4
          # fcnc is built from its sources; FCNC_REPOSITORY is a variable of this repository's settings.
          - uses: actions/checkout@v4
            with:
              repository: ${{ vars.FCNC_REPOSITORY }}
              path: .fcnc
          - name: Packages that fcnc is built with
            run: |
              apt-get update
              apt-get install --yes libyaml-dev libpng-dev libjpeg-dev zlib1g-dev pkg-config
          - uses: actions/cache@v4
            with:
              path: .fcnc/.build
              key: fcnc-${{ hashFiles('.fcnc/Package.swift', '.fcnc/Sources/**') }}
          - name: Build fcnc
            run: swift build --package-path .fcnc -c release --product fcnc
          - name: Check the network
            run: |
              fcnc=.fcnc/.build/release/fcnc
              $fcnc check \(network).fcn
              $fcnc lint --fail-on warning \(network).fcn
              $fcnc fmt --check \(network).fcn
              $fcnc export --to pytorch \(network).fcn > /dev/null

    """
  }

  private static let ignored = """
    # Pictures
    data/train/
    data/validation/

    # What training and building make
    /net.py
    *.pth
    *.safetensors
    __pycache__/

    """
}
