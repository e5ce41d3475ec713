/// The findings of the elaborator and of the passes beside it.
extension DiagnosticID {
  public static let missingNetwork = DiagnosticID(
    "missing-network",
    """
    A file that is compiled describes a network, and a `network NAME(...)` line gives its name and \
    parameters. Files without one can only be included.

    Begin the file with `network NAME`.
    """)

  public static let repeatedNetwork = DiagnosticID(
    "repeated-network",
    """
    A file describes one network; a second `network` line has nothing to name.

    Remove one of the lines, or split the file.
    """)

  public static let missingInput = DiagnosticID(
    "missing-input",
    """
    A network computes something from at least one input.

    Add a line such as `input image[3]`.
    """)

  public static let missingOutput = DiagnosticID(
    "missing-output",
    """
    Without an output nothing that the network computes can be seen.

    Add `output NAME = value`, or `output NAME` for a value that has the name already.
    """)

  public static let nameTaken = DiagnosticID(
    "name-taken",
    """
    A name is given once in what a reader can see from one place: an inner block, a parameter or a \
    definition may not take a name that is visible there already. So a name means the same wherever it \
    is read.

    Choose another name.
    """)

  public static let definitionHidesStage = DiagnosticID(
    "definition-hides-stage",
    """
    A definition has the name of a stage or function. A use of the name would mean the one or the other \
    depending on where it stands.

    Rename the definition.
    """)

  public static let unknownName = DiagnosticID(
    "unknown-name",
    """
    Nothing that is visible at this place has this name: no value, parameter, index or list.

    Correct the spelling, or define the value above.
    """)

  public static let usedBeforeDefinition = DiagnosticID(
    "used-before-definition",
    """
    Statements are read from top to bottom; this value is defined further down, or in a block that this \
    place does not see. A network is a flow without loops, so some order from top to bottom always \
    exists.

    Move the definition up.
    """)

  public static let valueNotVisible = DiagnosticID(
    "value-not-visible",
    """
    A definition sees the network's parameters and its own, but no values of the network. So it means \
    the same wherever it is used.

    Give the definition a parameter and pass the value.
    """)

  public static let stageAsValue = DiagnosticID(
    "stage-as-value",
    """
    The name of a stage or definition stands where a value is needed.

    Apply it to a value: `x -> relu` or `relu(x)`.
    """)

  public static let valueAsStage = DiagnosticID(
    "value-as-stage",
    """
    The name of a value or number stands where a stage is needed, as a link of a chain or before \
    parentheses.

    Use a stage that takes the value, such as `concat(a, b)` or `a + b`.
    """)

  public static let unknownStage = DiagnosticID(
    "unknown-stage",
    """
    No stage is registered under this name, and the file has no definition of it.

    Correct the spelling; `fcnc stages` lists every stage. A stage of a plugin needs the plugin in \
    `fcnc.yaml` or on the command line.
    """)

  public static let unknownInclude = DiagnosticID(
    "unknown-include",
    """
    The name before the dot is not the name of an included file.

    Add `include "FILE" as NAME`, or correct the name.
    """)

  public static let includeUnreadable = DiagnosticID(
    "include-unreadable",
    """
    An included file could not be read, or no front end reads files with such a name.

    Paths are relative to the file that includes.
    """)

  public static let includeCycle = DiagnosticID(
    "include-cycle",
    """
    A file includes itself, by way of the files named here.

    Move what both files need to a third one.
    """)

  public static let includeTooDeep = DiagnosticID(
    "include-too-deep",
    """
    Too many files include each other. The limit keeps a broken set of files from being read for ever.

    Include the files that you need directly.
    """)

  public static let notInIncludedFile = DiagnosticID(
    "not-in-included-file",
    """
    An included file is a collection of definitions. Inputs, outputs, values and weight maps belong to \
    the network that includes it.

    Move the statement to the network, or into a definition.
    """)

  public static let wrongParameter = DiagnosticID(
    "wrong-parameter",
    """
    The parameters of a network are set from the command line, so they are numbers, truth values or \
    words.

    Give the parameter a default of that kind.
    """)

  public static let missingSetting = DiagnosticID(
    "missing-setting",
    """
    A parameter of the network has no default, and the command line does not set it.

    Give it a default, or set it with `--set NAME=VALUE`.
    """)

  public static let unknownSetting = DiagnosticID(
    "unknown-setting",
    """
    `--set` names a parameter that the network does not have.

    The network line lists the parameters.
    """)

  public static let wrongSetting = DiagnosticID(
    "wrong-setting",
    """
    `--set` gives a parameter something of another kind than its default: a word for a number, a decimal \
    for a whole number.

    Set it to something of the same kind.
    """)

  public static let recursiveDefinition = DiagnosticID(
    "recursive-definition",
    """
    A definition uses itself, directly or through others. Definitions are put in where they are used, so \
    this would never end.

    Use `repeat` for a fixed number of turns.
    """)

  public static let missingArgument = DiagnosticID(
    "missing-argument",
    """
    A parameter without a default was given nothing. Where other tools differ in a default there is none \
    here, so that the meaning is always in the text.

    Add the arguments that are named.
    """)

  public static let unknownArgument = DiagnosticID(
    "unknown-argument",
    """
    The stage or definition has no parameter of this name.

    Correct the name; the manual of the stage (`fcnc stages NAME`) lists its parameters.
    """)

  public static let duplicateArgument = DiagnosticID(
    "duplicate-argument",
    """
    One parameter is given two arguments, by name twice or by position and by name.

    Remove one of the two.
    """)

  public static let tooManyArguments = DiagnosticID(
    "too-many-arguments",
    """
    There are more arguments than parameters.

    Remove the arguments that have no parameter.
    """)

  public static let positionalAfterNamed = DiagnosticID(
    "positional-after-named",
    """
    Arguments without a name go by their position, which is clear only in front of the named ones.

    Name the argument, or move it to the front.
    """)

  public static let wrongKind = DiagnosticID(
    "wrong-kind",
    """
    Something of one kind stands where another is needed: a word for a number, a number for a value, a \
    list for a size.

    The message says what is needed.
    """)

  public static let argumentOutOfRange = DiagnosticID(
    "argument-out-of-range",
    """
    A number is outside the range that the parameter takes.

    The manual of the stage gives the range.
    """)

  public static let unknownWord = DiagnosticID(
    "unknown-word",
    """
    The parameter offers a choice of words, and this is none of them.

    Use one of the words that are listed.
    """)

  public static let inputCount = DiagnosticID(
    "input-count",
    """
    A stage or function takes another number of values than it is given.

    The value before `->` is the first; more are arguments without a name: `a -> concat(b)`.
    """)

  public static let severalResults = DiagnosticID(
    "several-results",
    """
    A definition or repeat with several results (or none) stands where one value is needed.

    Take the results apart first: `skip, down = level(x, 32)`.
    """)

  public static let resultCount = DiagnosticID(
    "result-count",
    """
    The number of names on the left is not the number of results on the right.

    Give a name to each result; one that begins with `_` may stay unused.
    """)

  public static let missingResult = DiagnosticID(
    "missing-result",
    """
    The last statement of the block of a definition or an `if` states what the block gives, and this one \
    states nothing.

    End the block with the value, or with several separated by commas.
    """)

  public static let looseValue = DiagnosticID(
    "loose-value",
    """
    A value without a name can be used by nothing. Only the last statement of a block states a result.

    Give it a name, make it an output, or remove it.
    """)

  public static let outsideRepeat = DiagnosticID(
    "outside-repeat",
    """
    `next` and `collect` belong to the turns of a repeat and stand directly in its block, not in an `if` \
    inside.

    For a choice write `next x = if ... { ... } else { ... }`.
    """)

  public static let notCarried = DiagnosticID(
    "not-carried",
    """
    `next` names something that the repeat does not carry.

    Carried values are listed after `with`.
    """)

  public static let missingNext = DiagnosticID(
    "missing-next",
    """
    Each turn of a repeat states every carried value for the next turn.

    Add `next NAME = ...`; `next x = x` leaves it as it is.
    """)

  public static let repeatCount = DiagnosticID(
    "repeat-count",
    """
    The number of turns is no whole number, is negative, or is too large.

    A repeat takes a whole number from 0 to 10000.
    """)

  public static let conditionNotTruth = DiagnosticID(
    "condition-not-truth",
    """
    A condition is `true` or `false`; a number or a value is neither.

    Compare it: `depth > 3`.
    """)

  public static let operatorKinds = DiagnosticID(
    "operator-kinds",
    """
    The operator is not defined between things of these kinds.

    Arithmetic takes numbers or values, comparisons take numbers, `==` also takes words, texts and \
    sizes.
    """)

  public static let unevenDivision = DiagnosticID(
    "uneven-division",
    """
    The quotient of two whole numbers is a whole number or an error; rounding in silence would make a \
    network with other channels than meant.

    Write one of them as a decimal (`7.0 / 2`), or change the numbers.
    """)

  public static let divisionByZero = DiagnosticID(
    "division-by-zero",
    """
    A number is divided by zero.

    Correct the divisor.
    """)

  public static let negativeExponent = DiagnosticID(
    "negative-exponent",
    """
    A whole number to a negative power is not a whole number.

    Write the base as a decimal.
    """)

  public static let arithmeticOverflow = DiagnosticID(
    "arithmetic-overflow",
    """
    The result of the arithmetic does not fit into a number.

    Use smaller numbers.
    """)

  public static let indexOutOfRange = DiagnosticID(
    "index-out-of-range",
    """
    A list has no member at this position; members are numbered from 0.

    Correct the index: the last member of `skips` after `depth` turns is `skips[depth - 1]`.
    """)

  public static let listTooLong = DiagnosticID(
    "list-too-long",
    """
    A list is longer than any network needs.

    Split the list.
    """)

  public static let networkTooLarge = DiagnosticID(
    "network-too-large",
    """
    Repeats and definitions multiply to more stages or work than is allowed. The limit keeps a mistake \
    in a number from filling the memory.

    Check the numbers of turns.
    """)

  public static let nestingTooDeep = DiagnosticID(
    "nesting-too-deep",
    """
    Expressions, definitions or repeats stand in each other too deeply to be read.

    Give names to parts.
    """)

  public static let sizesTooComplex = DiagnosticID(
    "sizes-too-complex",
    """
    The sizes of the network's values are worked out for every image size at once. With large strides \
    that have no common factors they repeat only after so many pixels that this is not possible.

    Use smaller strides, or powers of two.
    """)

  public static let tooManyChannels = DiagnosticID(
    "too-many-channels",
    """
    A value has more channels than any machine has memory for, or none.

    Check the widths that lead here.
    """)

  public static let stageRejected = DiagnosticID(
    "stage-rejected",
    """
    A stage does not accept its arguments or its inputs. The message is the stage's own.

    The manual of the stage says what it takes.
    """)

  public static let stageFault = DiagnosticID(
    "stage-fault",
    """
    A stage does not keep to what it declares. This is a fault of its plugin, not of the network.

    Report it to the author of the plugin.
    """)

  public static let labelNotWhole = DiagnosticID(
    "label-not-whole",
    """
    The braces in a label hold a whole number, from 0 on.

    Write whole-number arithmetic: `@block.{2 * i + 1}`.
    """)

  public static let labelWithoutWeights = DiagnosticID(
    "label-without-weights",
    """
    A label names the weights of a stage, and this stage has none.

    Remove the label.
    """)

  public static let emptyWeightName = DiagnosticID(
    "empty-weight-name",
    """
    The labels leave a stage with weights without any name.

    Give the stage a label with a name.
    """)

  public static let weightNameTooLong = DiagnosticID(
    "weight-name-too-long",
    """
    A weight name is longer than weight files allow for.

    Use shorter labels.
    """)

  public static let ambiguousWeightName = DiagnosticID(
    "ambiguous-weight-name",
    """
    Two uses of stages have the same weight name, so a weight file could not tell them apart.

    Give one of them a label. To share weights on purpose give both the same absolute label, `@/name`.
    """)

  public static let sharedWeightsDiffer = DiagnosticID(
    "shared-weights-differ",
    """
    Two uses share their weights by an absolute label, but need weights of different shapes.

    Give both the same channels, kernel and groups, or names of their own.
    """)

  public static let inputChannels = DiagnosticID(
    "input-channels",
    """
    The number of channels of an input is a whole number from 1 on.

    Write it in brackets: `input image[3]`.
    """)

  public static let inputSize = DiagnosticID(
    "input-size",
    """
    The first input owns the height and the width; the others state theirs as that of an input, or a \
    whole multiple or fraction of it.

    Write `like image`, `like image / 4` or `like image * 2`.
    """)

  public static let preprocessingStart = DiagnosticID(
    "preprocessing-start",
    """
    Preprocessing is what happens to a picture on its way to the numbers of an input, so it begins with \
    `picture`.

    Write `= picture -> ...`, or leave `=` out for the channels of a picture as they are.
    """)

  public static let unknownPreprocessing = DiagnosticID(
    "unknown-preprocessing",
    """
    There is no step of preprocessing of this name.

    Steps: rgb, bgr, grey, luma, range, resize, subtract, divide, scale, and the presets unit, imagenet \
    and caffe_vgg.
    """)

  public static let wrongPreprocessing = DiagnosticID(
    "wrong-preprocessing",
    """
    A step of preprocessing is given something that it does not take, or stands twice.

    The language reference lists the steps and what they take.
    """)

  public static let preprocessingChannels = DiagnosticID(
    "preprocessing-channels",
    """
    The numbers of a step, or the channels that the preprocessing ends with, do not fit the channels of \
    the input.

    Give one number, or one per channel; use `grey` or `luma` for an input of one channel.
    """)

  public static let duplicateOutput = DiagnosticID(
    "duplicate-output",
    """
    Two outputs have one name, and a caller could not tell them apart.

    Rename one of them.
    """)

  public static let outputNotValue = DiagnosticID(
    "output-not-value",
    """
    An output is a value of the network; a number, word or list is not.

    Name a value.
    """)

  public static let answerNotLast = DiagnosticID(
    "answer-not-last",
    """
    Some stages give an answer in place of a map: numbers, points or regions (`sum`, `components`, `peaks` ...). No \
    other stage can work on an answer.

    Make it the last stage of an output, and let other stages take the value before it.
    """)

  public static let outputKind = DiagnosticID(
    "output-kind",
    """
    What the numbers of an output mean is one of the kinds labels, logits, probability, density, image \
    and raw, with named arguments.

    Use one of the kinds.
    """)

  public static let outputElement = DiagnosticID(
    "output-element",
    """
    Some kinds of output take class indexes, as `argmax` gives them, the others real numbers.

    Add `argmax`, remove it, or change the kind.
    """)

  public static let classCount = DiagnosticID(
    "class-count",
    """
    The names or colors of classes are listed in the order of the class indexes, one for each.

    Make the list as long as the number of classes.
    """)

  public static let outputColor = DiagnosticID(
    "output-color",
    """
    A color is a `#` and six hexadecimal digits, two each for red, green and blue.

    Write for example `"#00ff00"`.
    """)

  public static let imageChannels = DiagnosticID(
    "image-channels",
    """
    An image has three channels (rgb, bgr) or one (grey, luma).

    End the network with that many channels, or use another order.
    """)

  public static let lumaWithoutInput = DiagnosticID(
    "luma-without-input",
    """
    An image of the order luma is joined with the chroma of the picture that was read, and no input is \
    read as luma.

    Read the input with `picture -> luma`, or use the order grey.
    """)

  public static let duplicateWeightEntry = DiagnosticID(
    "duplicate-weight-entry",
    """
    The weight map says twice where one weight comes from.

    Remove one of the lines.
    """)

  public static let unusedValue = DiagnosticID(
    "unused-value",
    """
    A value is named but nothing uses it, so its stages compute nothing that can be seen.

    Remove the statement, use the value, or let its name begin with `_`.
    """)

  public static let unusedDefinition = DiagnosticID(
    "unused-definition",
    """
    Nothing in the file uses the definition.

    Remove it, or let its name begin with `_`.
    """)

  public static let unusedParameter = DiagnosticID(
    "unused-parameter",
    """
    A parameter is never read, so setting it changes nothing.

    Remove it, or let its name begin with `_`.
    """)

  public static let unusedInput = DiagnosticID(
    "unused-input",
    """
    Nothing is computed from the input, but every caller has to provide it.

    Remove it, or let its name begin with `_`.
    """)

  public static let unusedInclude = DiagnosticID(
    "unused-include",
    """
    Nothing of the included file is used.

    Remove the line, or let its name begin with `_`.
    """)

  public static let deadStage = DiagnosticID(
    "dead-stage",
    """
    No output depends on what the stage gives; the compiled program leaves it out.

    Use its value, or remove it.
    """)

  public static let notFullyConvolutional = DiagnosticID(
    "not-fully-convolutional",
    """
    A stage ties the network to one size of image, so it cannot take pictures of any size and its answer has lost the \
    places. The commonest is a dense layer behind a map: it has one weight for every pixel.

    A dense layer over a map of r x c pixels is a convolution with a kernel of r x c without padding, with the same \
    numbers (Long, Shelhamer and Darrell 2015); as such it takes larger pictures and answers for every place. \
    `fcnc fix NET --convolutionize --input-size HEIGHTxWIDTH` rewrites the network so, and its weights. Where one answer \
    for the whole picture is wanted, take the mean first: `global_mean -> dense(10)`. As it is, the network runs on \
    pictures of its own size: `fcnc run NET --input-size HEIGHTxWIDTH`.
    """)

  public static let emptySizeDomain = DiagnosticID(
    "empty-size-domain",
    """
    No image size makes the sizes in the network fit together, so the network can never run. The place \
    where the last possible size was lost is named.

    Make the branches that meet there shrink and grow alike: pad convolutions `same`, or crop one branch \
    to the other.
    """)

  /// Every finding of the elaborator.
  public static let elaborationCatalog: [DiagnosticID] = [
    .missingNetwork, .repeatedNetwork, .missingInput, .missingOutput, .nameTaken, .definitionHidesStage, .unknownName,
    .usedBeforeDefinition, .valueNotVisible, .stageAsValue, .valueAsStage, .unknownStage, .unknownInclude,
    .includeUnreadable, .includeCycle, .includeTooDeep, .notInIncludedFile, .wrongParameter, .missingSetting,
    .unknownSetting, .wrongSetting, .recursiveDefinition, .missingArgument, .unknownArgument, .duplicateArgument,
    .tooManyArguments, .positionalAfterNamed, .wrongKind, .argumentOutOfRange, .unknownWord, .inputCount,
    .severalResults, .resultCount, .missingResult, .looseValue, .outsideRepeat, .notCarried, .missingNext,
    .repeatCount, .conditionNotTruth, .operatorKinds, .unevenDivision, .divisionByZero, .negativeExponent,
    .arithmeticOverflow, .indexOutOfRange, .listTooLong, .networkTooLarge, .nestingTooDeep, .sizesTooComplex,
    .tooManyChannels, .stageRejected, .stageFault, .labelNotWhole, .labelWithoutWeights, .emptyWeightName,
    .weightNameTooLong, .ambiguousWeightName, .sharedWeightsDiffer, .inputChannels, .inputSize, .preprocessingStart,
    .unknownPreprocessing, .wrongPreprocessing, .preprocessingChannels, .duplicateOutput, .outputNotValue,
    .answerNotLast,
    .outputKind, .outputElement, .classCount, .outputColor, .imageChannels, .lumaWithoutInput,
    .duplicateWeightEntry, .unusedValue, .unusedDefinition, .unusedParameter, .unusedInput, .unusedInclude,
    .deadStage, .emptySizeDomain, .notFullyConvolutional,
  ]
}
