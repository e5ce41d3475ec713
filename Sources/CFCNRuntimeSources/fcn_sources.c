// Written by Tests/Scripts/list_runtime_sources.sh.
#include "fcn_sources.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char source_0[] = {
#embed "../CFCNRuntime/fcn_codecs.c"
};
static const unsigned char source_1[] = {
#embed "../CFCNRuntime/fcn_cpu.c"
};
static const unsigned char source_2[] = {
#embed "../CFCNRuntime/fcn_pool.c"
};
static const unsigned char source_3[] = {
#embed "../CFCNRuntime/fcn_program.c"
};
static const unsigned char source_4[] = {
#embed "../CFCNRuntime/fcn_system.c"
};
static const unsigned char source_5[] = {
#embed "../CFCNRuntime/include/fcn_codecs.h"
};
static const unsigned char source_6[] = {
#embed "../CFCNRuntime/include/fcn_cpu.h"
};
static const unsigned char source_7[] = {
#embed "../CFCNRuntime/include/fcn_kernel.h"
};
static const unsigned char source_8[] = {
#embed "../CFCNRuntime/include/fcn_pool.h"
};
static const unsigned char source_9[] = {
#embed "../CFCNRuntime/include/fcn_program.h"
};
static const unsigned char source_10[] = {
#embed "../CFCNRuntime/include/fcn_system.h"
};
static const unsigned char source_11[] = {
#embed "../CFCNRuntime/include/fcn_vector.h"
};
static const unsigned char source_12[] = {
#embed "../CFCNRuntime/include/module.modulemap"
};
static const unsigned char source_13[] = {
#embed "../FCNRuntime/Answers/ConfidenceRows.swift"
};
static const unsigned char source_14[] = {
#embed "../FCNRuntime/Answers/Findings+Answers.swift"
};
static const unsigned char source_15[] = {
#embed "../FCNRuntime/Answers/Findings+Maps.swift"
};
static const unsigned char source_16[] = {
#embed "../FCNRuntime/Answers/Findings.swift"
};
static const unsigned char source_17[] = {
#embed "../FCNRuntime/Answers/Methods/AnswerMethod.swift"
};
static const unsigned char source_18[] = {
#embed "../FCNRuntime/Answers/Methods/Components.swift"
};
static const unsigned char source_19[] = {
#embed "../FCNRuntime/Answers/Methods/Peaks.swift"
};
static const unsigned char source_20[] = {
#embed "../FCNRuntime/Answers/Methods/Sums.swift"
};
static const unsigned char source_21[] = {
#embed "../FCNRuntime/Answers/OutputFormat.swift"
};
static const unsigned char source_22[] = {
#embed "../FCNRuntime/Answers/Painting/Classes+Palette.swift"
};
static const unsigned char source_23[] = {
#embed "../FCNRuntime/Answers/Painting/Components+Painting.swift"
};
static const unsigned char source_24[] = {
#embed "../FCNRuntime/Answers/Painting/HeatMap.swift"
};
static const unsigned char source_25[] = {
#embed "../FCNRuntime/Answers/Painting/Painter.swift"
};
static const unsigned char source_26[] = {
#embed "../FCNRuntime/Answers/Painting/Picture+Points.swift"
};
static const unsigned char source_27[] = {
#embed "../FCNRuntime/Answers/PictureCoordinates.swift"
};
static const unsigned char source_28[] = {
#embed "../FCNRuntime/Arrays/PlanarArray+NPY.swift"
};
static const unsigned char source_29[] = {
#embed "../FCNRuntime/Arrays/PlanarArray.swift"
};
static const unsigned char source_30[] = {
#embed "../FCNRuntime/Execution/AxisPlan.swift"
};
static const unsigned char source_31[] = {
#embed "../FCNRuntime/Execution/ByteCoding.swift"
};
static const unsigned char source_32[] = {
#embed "../FCNRuntime/Execution/CompiledNetwork.swift"
};
static const unsigned char source_33[] = {
#embed "../FCNRuntime/Execution/Execution.swift"
};
static const unsigned char source_34[] = {
#embed "../FCNRuntime/Execution/FinishPlan.swift"
};
static const unsigned char source_35[] = {
#embed "../FCNRuntime/Execution/MemoryPlan.swift"
};
static const unsigned char source_36[] = {
#embed "../FCNRuntime/Execution/PortDescriptions+Coding.swift"
};
static const unsigned char source_37[] = {
#embed "../FCNRuntime/Execution/ProgramDescription+Coding.swift"
};
static const unsigned char source_38[] = {
#embed "../FCNRuntime/Execution/ProgramDescription.swift"
};
static const unsigned char source_39[] = {
#embed "../FCNRuntime/Execution/ProgramMain.swift"
};
static const unsigned char source_40[] = {
#embed "../FCNRuntime/Execution/ResampleGrid.swift"
};
static const unsigned char source_41[] = {
#embed "../FCNRuntime/Execution/SelfTest.swift"
};
static const unsigned char source_42[] = {
#embed "../FCNRuntime/Execution/SizePlan.swift"
};
static const unsigned char source_43[] = {
#embed "../FCNRuntime/Execution/StepPlan.swift"
};
static const unsigned char source_44[] = {
#embed "../FCNRuntime/Execution/TableMemory.swift"
};
static const unsigned char source_45[] = {
#embed "../FCNRuntime/Execution/WeightFileHead.swift"
};
static const unsigned char source_46[] = {
#embed "../FCNRuntime/InputDescription.swift"
};
static const unsigned char source_47[] = {
#embed "../FCNRuntime/OutputDescription.swift"
};
static const unsigned char source_48[] = {
#embed "../FCNRuntime/Pictures/FileKind.swift"
};
static const unsigned char source_49[] = {
#embed "../FCNRuntime/Pictures/Orientation.swift"
};
static const unsigned char source_50[] = {
#embed "../FCNRuntime/Pictures/Picture+PNM.swift"
};
static const unsigned char source_51[] = {
#embed "../FCNRuntime/Pictures/Picture+Reading.swift"
};
static const unsigned char source_52[] = {
#embed "../FCNRuntime/Pictures/Picture+Writing.swift"
};
static const unsigned char source_53[] = {
#embed "../FCNRuntime/Pictures/Picture.swift"
};
static const unsigned char source_54[] = {
#embed "../FCNRuntime/Preprocessing/PartOfRows.swift"
};
static const unsigned char source_55[] = {
#embed "../FCNRuntime/Preprocessing/PictureRows.swift"
};
static const unsigned char source_56[] = {
#embed "../FCNRuntime/Preprocessing/PointwiseRows.swift"
};
static const unsigned char source_57[] = {
#embed "../FCNRuntime/Preprocessing/Preprocessing.swift"
};
static const unsigned char source_58[] = {
#embed "../FCNRuntime/Preprocessing/ResampledAxis.swift"
};
static const unsigned char source_59[] = {
#embed "../FCNRuntime/Preprocessing/ResizedRows.swift"
};
static const unsigned char source_60[] = {
#embed "../FCNRuntime/Preprocessing/Resizing+Size.swift"
};
static const unsigned char source_61[] = {
#embed "../FCNRuntime/Preprocessing/Rows.swift"
};
static const unsigned char source_62[] = {
#embed "../FCNRuntime/Program/CommandLine/HelpText.swift"
};
static const unsigned char source_63[] = {
#embed "../FCNRuntime/Program/CommandLine/Option.swift"
};
static const unsigned char source_64[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Reading.swift"
};
static const unsigned char source_65[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Running.swift"
};
static const unsigned char source_66[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Sizes.swift"
};
static const unsigned char source_67[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Writing.swift"
};
static const unsigned char source_68[] = {
#embed "../FCNRuntime/Program/CommandLine/Options.swift"
};
static const unsigned char source_69[] = {
#embed "../FCNRuntime/Program/Job.swift"
};
static const unsigned char source_70[] = {
#embed "../FCNRuntime/Program/OutputDescription+Formats.swift"
};
static const unsigned char source_71[] = {
#embed "../FCNRuntime/Program/Program+Findings.swift"
};
static const unsigned char source_72[] = {
#embed "../FCNRuntime/Program/Program+Inputs.swift"
};
static const unsigned char source_73[] = {
#embed "../FCNRuntime/Program/Program+Outputs.swift"
};
static const unsigned char source_74[] = {
#embed "../FCNRuntime/Program/Program+Painting.swift"
};
static const unsigned char source_75[] = {
#embed "../FCNRuntime/Program/Program+Records.swift"
};
static const unsigned char source_76[] = {
#embed "../FCNRuntime/Program/Program+Reports.swift"
};
static const unsigned char source_77[] = {
#embed "../FCNRuntime/Program/Program.swift"
};
static const unsigned char source_78[] = {
#embed "../FCNRuntime/Program/Source.swift"
};
static const unsigned char source_79[] = {
#embed "../FCNRuntime/Program/Summaries.swift"
};
static const unsigned char source_80[] = {
#embed "../FCNRuntime/Reports/ReportValue.swift"
};
static const unsigned char source_81[] = {
#embed "../FCNRuntime/RunnableNetwork.swift"
};
static const unsigned char source_82[] = {
#embed "../FCNRuntime/RuntimeFailure.swift"
};
static const unsigned char source_83[] = {
#embed "../FCNRuntime/Sizes/EdgeTable.swift"
};
static const unsigned char source_84[] = {
#embed "../FCNRuntime/Sizes/ExtentTable.swift"
};
static const unsigned char source_85[] = {
#embed "../FCNRuntime/Sizes/FittedSize.swift"
};
static const unsigned char source_86[] = {
#embed "../FCNRuntime/Sizes/Fitting.swift"
};
static const unsigned char source_87[] = {
#embed "../FCNRuntime/Sizes/PlaceTable.swift"
};
static const unsigned char source_88[] = {
#embed "../FCNRuntime/Sizes/SizeRules+Coding.swift"
};
static const unsigned char source_89[] = {
#embed "../FCNRuntime/Sizes/SizeRules.swift"
};
static const unsigned char source_90[] = {
#embed "../FCNRuntime/System/Console.swift"
};
static const unsigned char source_91[] = {
#embed "../FCNRuntime/System/Files.swift"
};
static const unsigned char source_92[] = {
#embed "../FCNRuntime/System/Memory.swift"
};
static const unsigned char source_93[] = {
#embed "../FCNRuntime/System/Text.swift"
};

static const fcn_source sources[] = {
  {"CFCNRuntime/fcn_codecs.c", source_0, sizeof source_0},
  {"CFCNRuntime/fcn_cpu.c", source_1, sizeof source_1},
  {"CFCNRuntime/fcn_pool.c", source_2, sizeof source_2},
  {"CFCNRuntime/fcn_program.c", source_3, sizeof source_3},
  {"CFCNRuntime/fcn_system.c", source_4, sizeof source_4},
  {"CFCNRuntime/include/fcn_codecs.h", source_5, sizeof source_5},
  {"CFCNRuntime/include/fcn_cpu.h", source_6, sizeof source_6},
  {"CFCNRuntime/include/fcn_kernel.h", source_7, sizeof source_7},
  {"CFCNRuntime/include/fcn_pool.h", source_8, sizeof source_8},
  {"CFCNRuntime/include/fcn_program.h", source_9, sizeof source_9},
  {"CFCNRuntime/include/fcn_system.h", source_10, sizeof source_10},
  {"CFCNRuntime/include/fcn_vector.h", source_11, sizeof source_11},
  {"CFCNRuntime/include/module.modulemap", source_12, sizeof source_12},
  {"FCNRuntime/Answers/ConfidenceRows.swift", source_13, sizeof source_13},
  {"FCNRuntime/Answers/Findings+Answers.swift", source_14, sizeof source_14},
  {"FCNRuntime/Answers/Findings+Maps.swift", source_15, sizeof source_15},
  {"FCNRuntime/Answers/Findings.swift", source_16, sizeof source_16},
  {"FCNRuntime/Answers/Methods/AnswerMethod.swift", source_17, sizeof source_17},
  {"FCNRuntime/Answers/Methods/Components.swift", source_18, sizeof source_18},
  {"FCNRuntime/Answers/Methods/Peaks.swift", source_19, sizeof source_19},
  {"FCNRuntime/Answers/Methods/Sums.swift", source_20, sizeof source_20},
  {"FCNRuntime/Answers/OutputFormat.swift", source_21, sizeof source_21},
  {"FCNRuntime/Answers/Painting/Classes+Palette.swift", source_22, sizeof source_22},
  {"FCNRuntime/Answers/Painting/Components+Painting.swift", source_23, sizeof source_23},
  {"FCNRuntime/Answers/Painting/HeatMap.swift", source_24, sizeof source_24},
  {"FCNRuntime/Answers/Painting/Painter.swift", source_25, sizeof source_25},
  {"FCNRuntime/Answers/Painting/Picture+Points.swift", source_26, sizeof source_26},
  {"FCNRuntime/Answers/PictureCoordinates.swift", source_27, sizeof source_27},
  {"FCNRuntime/Arrays/PlanarArray+NPY.swift", source_28, sizeof source_28},
  {"FCNRuntime/Arrays/PlanarArray.swift", source_29, sizeof source_29},
  {"FCNRuntime/Execution/AxisPlan.swift", source_30, sizeof source_30},
  {"FCNRuntime/Execution/ByteCoding.swift", source_31, sizeof source_31},
  {"FCNRuntime/Execution/CompiledNetwork.swift", source_32, sizeof source_32},
  {"FCNRuntime/Execution/Execution.swift", source_33, sizeof source_33},
  {"FCNRuntime/Execution/FinishPlan.swift", source_34, sizeof source_34},
  {"FCNRuntime/Execution/MemoryPlan.swift", source_35, sizeof source_35},
  {"FCNRuntime/Execution/PortDescriptions+Coding.swift", source_36, sizeof source_36},
  {"FCNRuntime/Execution/ProgramDescription+Coding.swift", source_37, sizeof source_37},
  {"FCNRuntime/Execution/ProgramDescription.swift", source_38, sizeof source_38},
  {"FCNRuntime/Execution/ProgramMain.swift", source_39, sizeof source_39},
  {"FCNRuntime/Execution/ResampleGrid.swift", source_40, sizeof source_40},
  {"FCNRuntime/Execution/SelfTest.swift", source_41, sizeof source_41},
  {"FCNRuntime/Execution/SizePlan.swift", source_42, sizeof source_42},
  {"FCNRuntime/Execution/StepPlan.swift", source_43, sizeof source_43},
  {"FCNRuntime/Execution/TableMemory.swift", source_44, sizeof source_44},
  {"FCNRuntime/Execution/WeightFileHead.swift", source_45, sizeof source_45},
  {"FCNRuntime/InputDescription.swift", source_46, sizeof source_46},
  {"FCNRuntime/OutputDescription.swift", source_47, sizeof source_47},
  {"FCNRuntime/Pictures/FileKind.swift", source_48, sizeof source_48},
  {"FCNRuntime/Pictures/Orientation.swift", source_49, sizeof source_49},
  {"FCNRuntime/Pictures/Picture+PNM.swift", source_50, sizeof source_50},
  {"FCNRuntime/Pictures/Picture+Reading.swift", source_51, sizeof source_51},
  {"FCNRuntime/Pictures/Picture+Writing.swift", source_52, sizeof source_52},
  {"FCNRuntime/Pictures/Picture.swift", source_53, sizeof source_53},
  {"FCNRuntime/Preprocessing/PartOfRows.swift", source_54, sizeof source_54},
  {"FCNRuntime/Preprocessing/PictureRows.swift", source_55, sizeof source_55},
  {"FCNRuntime/Preprocessing/PointwiseRows.swift", source_56, sizeof source_56},
  {"FCNRuntime/Preprocessing/Preprocessing.swift", source_57, sizeof source_57},
  {"FCNRuntime/Preprocessing/ResampledAxis.swift", source_58, sizeof source_58},
  {"FCNRuntime/Preprocessing/ResizedRows.swift", source_59, sizeof source_59},
  {"FCNRuntime/Preprocessing/Resizing+Size.swift", source_60, sizeof source_60},
  {"FCNRuntime/Preprocessing/Rows.swift", source_61, sizeof source_61},
  {"FCNRuntime/Program/CommandLine/HelpText.swift", source_62, sizeof source_62},
  {"FCNRuntime/Program/CommandLine/Option.swift", source_63, sizeof source_63},
  {"FCNRuntime/Program/CommandLine/Options+Reading.swift", source_64, sizeof source_64},
  {"FCNRuntime/Program/CommandLine/Options+Running.swift", source_65, sizeof source_65},
  {"FCNRuntime/Program/CommandLine/Options+Sizes.swift", source_66, sizeof source_66},
  {"FCNRuntime/Program/CommandLine/Options+Writing.swift", source_67, sizeof source_67},
  {"FCNRuntime/Program/CommandLine/Options.swift", source_68, sizeof source_68},
  {"FCNRuntime/Program/Job.swift", source_69, sizeof source_69},
  {"FCNRuntime/Program/OutputDescription+Formats.swift", source_70, sizeof source_70},
  {"FCNRuntime/Program/Program+Findings.swift", source_71, sizeof source_71},
  {"FCNRuntime/Program/Program+Inputs.swift", source_72, sizeof source_72},
  {"FCNRuntime/Program/Program+Outputs.swift", source_73, sizeof source_73},
  {"FCNRuntime/Program/Program+Painting.swift", source_74, sizeof source_74},
  {"FCNRuntime/Program/Program+Records.swift", source_75, sizeof source_75},
  {"FCNRuntime/Program/Program+Reports.swift", source_76, sizeof source_76},
  {"FCNRuntime/Program/Program.swift", source_77, sizeof source_77},
  {"FCNRuntime/Program/Source.swift", source_78, sizeof source_78},
  {"FCNRuntime/Program/Summaries.swift", source_79, sizeof source_79},
  {"FCNRuntime/Reports/ReportValue.swift", source_80, sizeof source_80},
  {"FCNRuntime/RunnableNetwork.swift", source_81, sizeof source_81},
  {"FCNRuntime/RuntimeFailure.swift", source_82, sizeof source_82},
  {"FCNRuntime/Sizes/EdgeTable.swift", source_83, sizeof source_83},
  {"FCNRuntime/Sizes/ExtentTable.swift", source_84, sizeof source_84},
  {"FCNRuntime/Sizes/FittedSize.swift", source_85, sizeof source_85},
  {"FCNRuntime/Sizes/Fitting.swift", source_86, sizeof source_86},
  {"FCNRuntime/Sizes/PlaceTable.swift", source_87, sizeof source_87},
  {"FCNRuntime/Sizes/SizeRules+Coding.swift", source_88, sizeof source_88},
  {"FCNRuntime/Sizes/SizeRules.swift", source_89, sizeof source_89},
  {"FCNRuntime/System/Console.swift", source_90, sizeof source_90},
  {"FCNRuntime/System/Files.swift", source_91, sizeof source_91},
  {"FCNRuntime/System/Memory.swift", source_92, sizeof source_92},
  {"FCNRuntime/System/Text.swift", source_93, sizeof source_93},
};

size_t fcn_source_count(void) { return sizeof sources / sizeof *sources; }
const fcn_source *fcn_source_at(size_t index) { return &sources[index]; }
