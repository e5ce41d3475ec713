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
#embed "../CFCNRuntime/fcn_failures.h"
};
static const unsigned char source_3[] = {
#embed "../CFCNRuntime/fcn_pool.c"
};
static const unsigned char source_4[] = {
#embed "../CFCNRuntime/fcn_program.c"
};
static const unsigned char source_5[] = {
#embed "../CFCNRuntime/fcn_system.c"
};
static const unsigned char source_6[] = {
#embed "../CFCNRuntime/fcn_tiff.c"
};
static const unsigned char source_7[] = {
#embed "../CFCNRuntime/fcn_tiff_absent.c"
};
static const unsigned char source_8[] = {
#embed "../CFCNRuntime/fcn_tiff_memory.h"
};
static const unsigned char source_9[] = {
#embed "../CFCNRuntime/fcn_tiff_read.c"
};
static const unsigned char source_10[] = {
#embed "../CFCNRuntime/fcn_tiff_write.c"
};
static const unsigned char source_11[] = {
#embed "../CFCNRuntime/include/fcn_codecs.h"
};
static const unsigned char source_12[] = {
#embed "../CFCNRuntime/include/fcn_cpu.h"
};
static const unsigned char source_13[] = {
#embed "../CFCNRuntime/include/fcn_kernel.h"
};
static const unsigned char source_14[] = {
#embed "../CFCNRuntime/include/fcn_pool.h"
};
static const unsigned char source_15[] = {
#embed "../CFCNRuntime/include/fcn_program.h"
};
static const unsigned char source_16[] = {
#embed "../CFCNRuntime/include/fcn_system.h"
};
static const unsigned char source_17[] = {
#embed "../CFCNRuntime/include/fcn_tiff.h"
};
static const unsigned char source_18[] = {
#embed "../CFCNRuntime/include/fcn_vector.h"
};
static const unsigned char source_19[] = {
#embed "../CFCNRuntime/include/module.modulemap"
};
static const unsigned char source_20[] = {
#embed "../FCNRuntime/Answers/ConfidenceRows.swift"
};
static const unsigned char source_21[] = {
#embed "../FCNRuntime/Answers/Findings+Answers.swift"
};
static const unsigned char source_22[] = {
#embed "../FCNRuntime/Answers/Findings+Maps.swift"
};
static const unsigned char source_23[] = {
#embed "../FCNRuntime/Answers/Findings.swift"
};
static const unsigned char source_24[] = {
#embed "../FCNRuntime/Answers/Methods/AnswerMethod.swift"
};
static const unsigned char source_25[] = {
#embed "../FCNRuntime/Answers/Methods/Components.swift"
};
static const unsigned char source_26[] = {
#embed "../FCNRuntime/Answers/Methods/Peaks.swift"
};
static const unsigned char source_27[] = {
#embed "../FCNRuntime/Answers/Methods/Sums.swift"
};
static const unsigned char source_28[] = {
#embed "../FCNRuntime/Answers/OutputFormat.swift"
};
static const unsigned char source_29[] = {
#embed "../FCNRuntime/Answers/Painting/Classes+Palette.swift"
};
static const unsigned char source_30[] = {
#embed "../FCNRuntime/Answers/Painting/Components+Painting.swift"
};
static const unsigned char source_31[] = {
#embed "../FCNRuntime/Answers/Painting/HeatMap.swift"
};
static const unsigned char source_32[] = {
#embed "../FCNRuntime/Answers/Painting/Painter+Numbers.swift"
};
static const unsigned char source_33[] = {
#embed "../FCNRuntime/Answers/Painting/Painter.swift"
};
static const unsigned char source_34[] = {
#embed "../FCNRuntime/Answers/Painting/Picture+Points.swift"
};
static const unsigned char source_35[] = {
#embed "../FCNRuntime/Answers/PictureCoordinates.swift"
};
static const unsigned char source_36[] = {
#embed "../FCNRuntime/Arrays/PlanarArray+NPY.swift"
};
static const unsigned char source_37[] = {
#embed "../FCNRuntime/Arrays/PlanarArray.swift"
};
static const unsigned char source_38[] = {
#embed "../FCNRuntime/Execution/AxisPlan.swift"
};
static const unsigned char source_39[] = {
#embed "../FCNRuntime/Execution/BandPlan.swift"
};
static const unsigned char source_40[] = {
#embed "../FCNRuntime/Execution/BandSchedule.swift"
};
static const unsigned char source_41[] = {
#embed "../FCNRuntime/Execution/ByteCoding.swift"
};
static const unsigned char source_42[] = {
#embed "../FCNRuntime/Execution/CompiledNetwork.swift"
};
static const unsigned char source_43[] = {
#embed "../FCNRuntime/Execution/Execution.swift"
};
static const unsigned char source_44[] = {
#embed "../FCNRuntime/Execution/FinishPlan.swift"
};
static const unsigned char source_45[] = {
#embed "../FCNRuntime/Execution/MemoryPlan.swift"
};
static const unsigned char source_46[] = {
#embed "../FCNRuntime/Execution/PortDescriptions+Coding.swift"
};
static const unsigned char source_47[] = {
#embed "../FCNRuntime/Execution/ProgramDescription+Coding.swift"
};
static const unsigned char source_48[] = {
#embed "../FCNRuntime/Execution/ProgramDescription.swift"
};
static const unsigned char source_49[] = {
#embed "../FCNRuntime/Execution/ProgramMain.swift"
};
static const unsigned char source_50[] = {
#embed "../FCNRuntime/Execution/ResampleGrid.swift"
};
static const unsigned char source_51[] = {
#embed "../FCNRuntime/Execution/RowShares.swift"
};
static const unsigned char source_52[] = {
#embed "../FCNRuntime/Execution/ScratchMemory.swift"
};
static const unsigned char source_53[] = {
#embed "../FCNRuntime/Execution/SelfTest.swift"
};
static const unsigned char source_54[] = {
#embed "../FCNRuntime/Execution/ShareWork.swift"
};
static const unsigned char source_55[] = {
#embed "../FCNRuntime/Execution/SizePlan.swift"
};
static const unsigned char source_56[] = {
#embed "../FCNRuntime/Execution/StepPlan.swift"
};
static const unsigned char source_57[] = {
#embed "../FCNRuntime/Execution/StepStopwatch.swift"
};
static const unsigned char source_58[] = {
#embed "../FCNRuntime/Execution/TableMemory.swift"
};
static const unsigned char source_59[] = {
#embed "../FCNRuntime/Execution/Tick.swift"
};
static const unsigned char source_60[] = {
#embed "../FCNRuntime/Execution/WeightFileHead.swift"
};
static const unsigned char source_61[] = {
#embed "../FCNRuntime/Execution/WorkSplit.swift"
};
static const unsigned char source_62[] = {
#embed "../FCNRuntime/InputDescription.swift"
};
static const unsigned char source_63[] = {
#embed "../FCNRuntime/OutputDescription.swift"
};
static const unsigned char source_64[] = {
#embed "../FCNRuntime/Pictures/FileKind.swift"
};
static const unsigned char source_65[] = {
#embed "../FCNRuntime/Pictures/NumberList.swift"
};
static const unsigned char source_66[] = {
#embed "../FCNRuntime/Pictures/Orientation.swift"
};
static const unsigned char source_67[] = {
#embed "../FCNRuntime/Pictures/Picture+Channels.swift"
};
static const unsigned char source_68[] = {
#embed "../FCNRuntime/Pictures/Picture+PBM.swift"
};
static const unsigned char source_69[] = {
#embed "../FCNRuntime/Pictures/Picture+PNM.swift"
};
static const unsigned char source_70[] = {
#embed "../FCNRuntime/Pictures/Picture+Reading.swift"
};
static const unsigned char source_71[] = {
#embed "../FCNRuntime/Pictures/Picture+Scales.swift"
};
static const unsigned char source_72[] = {
#embed "../FCNRuntime/Pictures/Picture+TIFF.swift"
};
static const unsigned char source_73[] = {
#embed "../FCNRuntime/Pictures/Picture+Writing.swift"
};
static const unsigned char source_74[] = {
#embed "../FCNRuntime/Pictures/Picture.swift"
};
static const unsigned char source_75[] = {
#embed "../FCNRuntime/Pictures/RasterMap.swift"
};
static const unsigned char source_76[] = {
#embed "../FCNRuntime/Pictures/Registration.swift"
};
static const unsigned char source_77[] = {
#embed "../FCNRuntime/Pictures/SampleRanks.swift"
};
static const unsigned char source_78[] = {
#embed "../FCNRuntime/Pictures/SampleScale.swift"
};
static const unsigned char source_79[] = {
#embed "../FCNRuntime/Pictures/TIFFFile.swift"
};
static const unsigned char source_80[] = {
#embed "../FCNRuntime/Pictures/TIFFWriting.swift"
};
static const unsigned char source_81[] = {
#embed "../FCNRuntime/Pictures/Video/ChromaAxis.swift"
};
static const unsigned char source_82[] = {
#embed "../FCNRuntime/Pictures/Video/Picture+Y4M.swift"
};
static const unsigned char source_83[] = {
#embed "../FCNRuntime/Pictures/Video/VideoColors.swift"
};
static const unsigned char source_84[] = {
#embed "../FCNRuntime/Pictures/Video/Y4MHeader.swift"
};
static const unsigned char source_85[] = {
#embed "../FCNRuntime/Preprocessing/PartOfRows.swift"
};
static const unsigned char source_86[] = {
#embed "../FCNRuntime/Preprocessing/PictureRows.swift"
};
static const unsigned char source_87[] = {
#embed "../FCNRuntime/Preprocessing/PointwiseRows.swift"
};
static const unsigned char source_88[] = {
#embed "../FCNRuntime/Preprocessing/Preprocessing.swift"
};
static const unsigned char source_89[] = {
#embed "../FCNRuntime/Preprocessing/ResampledAxis.swift"
};
static const unsigned char source_90[] = {
#embed "../FCNRuntime/Preprocessing/ResizedRows.swift"
};
static const unsigned char source_91[] = {
#embed "../FCNRuntime/Preprocessing/Resizing+Size.swift"
};
static const unsigned char source_92[] = {
#embed "../FCNRuntime/Preprocessing/Rows.swift"
};
static const unsigned char source_93[] = {
#embed "../FCNRuntime/Program/Batches/JobPaths.swift"
};
static const unsigned char source_94[] = {
#embed "../FCNRuntime/Program/Batches/NamePattern.swift"
};
static const unsigned char source_95[] = {
#embed "../FCNRuntime/Program/Batches/Outcome.swift"
};
static const unsigned char source_96[] = {
#embed "../FCNRuntime/Program/Batches/PathPattern.swift"
};
static const unsigned char source_97[] = {
#embed "../FCNRuntime/Program/Batches/PictureSearch.swift"
};
static const unsigned char source_98[] = {
#embed "../FCNRuntime/Program/Batches/Placeholders.swift"
};
static const unsigned char source_99[] = {
#embed "../FCNRuntime/Program/Batches/Program+Batches.swift"
};
static const unsigned char source_100[] = {
#embed "../FCNRuntime/Program/Batches/Progress.swift"
};
static const unsigned char source_101[] = {
#embed "../FCNRuntime/Program/Batches/ReportFile.swift"
};
static const unsigned char source_102[] = {
#embed "../FCNRuntime/Program/Batches/RunLog.swift"
};
static const unsigned char source_103[] = {
#embed "../FCNRuntime/Program/CommandLine/HelpText.swift"
};
static const unsigned char source_104[] = {
#embed "../FCNRuntime/Program/CommandLine/Option.swift"
};
static const unsigned char source_105[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Batches.swift"
};
static const unsigned char source_106[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Channels.swift"
};
static const unsigned char source_107[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Reading.swift"
};
static const unsigned char source_108[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Running.swift"
};
static const unsigned char source_109[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Sizes.swift"
};
static const unsigned char source_110[] = {
#embed "../FCNRuntime/Program/CommandLine/Options+Writing.swift"
};
static const unsigned char source_111[] = {
#embed "../FCNRuntime/Program/CommandLine/Options.swift"
};
static const unsigned char source_112[] = {
#embed "../FCNRuntime/Program/CommandLine/SourceOptions.swift"
};
static const unsigned char source_113[] = {
#embed "../FCNRuntime/Program/Job.swift"
};
static const unsigned char source_114[] = {
#embed "../FCNRuntime/Program/OutputDescription+Formats.swift"
};
static const unsigned char source_115[] = {
#embed "../FCNRuntime/Program/Program+Findings.swift"
};
static const unsigned char source_116[] = {
#embed "../FCNRuntime/Program/Program+Inputs.swift"
};
static const unsigned char source_117[] = {
#embed "../FCNRuntime/Program/Program+Outputs.swift"
};
static const unsigned char source_118[] = {
#embed "../FCNRuntime/Program/Program+Painting.swift"
};
static const unsigned char source_119[] = {
#embed "../FCNRuntime/Program/Program+Pictures.swift"
};
static const unsigned char source_120[] = {
#embed "../FCNRuntime/Program/Program+Records.swift"
};
static const unsigned char source_121[] = {
#embed "../FCNRuntime/Program/Program+Reports.swift"
};
static const unsigned char source_122[] = {
#embed "../FCNRuntime/Program/Program+TIFF.swift"
};
static const unsigned char source_123[] = {
#embed "../FCNRuntime/Program/Program.swift"
};
static const unsigned char source_124[] = {
#embed "../FCNRuntime/Program/Source.swift"
};
static const unsigned char source_125[] = {
#embed "../FCNRuntime/Program/Streams/FramePlace.swift"
};
static const unsigned char source_126[] = {
#embed "../FCNRuntime/Program/Streams/FrameReader.swift"
};
static const unsigned char source_127[] = {
#embed "../FCNRuntime/Program/Streams/FrameWriter.swift"
};
static const unsigned char source_128[] = {
#embed "../FCNRuntime/Program/Streams/Program+Frames.swift"
};
static const unsigned char source_129[] = {
#embed "../FCNRuntime/Program/Summaries.swift"
};
static const unsigned char source_130[] = {
#embed "../FCNRuntime/Reports/ReportValue.swift"
};
static const unsigned char source_131[] = {
#embed "../FCNRuntime/RunnableNetwork+TestInput.swift"
};
static const unsigned char source_132[] = {
#embed "../FCNRuntime/RunnableNetwork.swift"
};
static const unsigned char source_133[] = {
#embed "../FCNRuntime/RuntimeFailure.swift"
};
static const unsigned char source_134[] = {
#embed "../FCNRuntime/Sizes/EdgeTable.swift"
};
static const unsigned char source_135[] = {
#embed "../FCNRuntime/Sizes/ExtentTable.swift"
};
static const unsigned char source_136[] = {
#embed "../FCNRuntime/Sizes/FittedSize.swift"
};
static const unsigned char source_137[] = {
#embed "../FCNRuntime/Sizes/Fitting.swift"
};
static const unsigned char source_138[] = {
#embed "../FCNRuntime/Sizes/PlaceTable.swift"
};
static const unsigned char source_139[] = {
#embed "../FCNRuntime/Sizes/SizeRules+Coding.swift"
};
static const unsigned char source_140[] = {
#embed "../FCNRuntime/Sizes/SizeRules.swift"
};
static const unsigned char source_141[] = {
#embed "../FCNRuntime/System/ByteStream.swift"
};
static const unsigned char source_142[] = {
#embed "../FCNRuntime/System/Console.swift"
};
static const unsigned char source_143[] = {
#embed "../FCNRuntime/System/Files+Status.swift"
};
static const unsigned char source_144[] = {
#embed "../FCNRuntime/System/Files.swift"
};
static const unsigned char source_145[] = {
#embed "../FCNRuntime/System/Memory.swift"
};
static const unsigned char source_146[] = {
#embed "../FCNRuntime/System/Paths.swift"
};
static const unsigned char source_147[] = {
#embed "../FCNRuntime/System/Text.swift"
};
static const unsigned char source_148[] = {
#embed "../FCNRuntime/TapDescription.swift"
};

static const fcn_source sources[] = {
  {"CFCNRuntime/fcn_codecs.c", source_0, sizeof source_0},
  {"CFCNRuntime/fcn_cpu.c", source_1, sizeof source_1},
  {"CFCNRuntime/fcn_failures.h", source_2, sizeof source_2},
  {"CFCNRuntime/fcn_pool.c", source_3, sizeof source_3},
  {"CFCNRuntime/fcn_program.c", source_4, sizeof source_4},
  {"CFCNRuntime/fcn_system.c", source_5, sizeof source_5},
  {"CFCNRuntime/fcn_tiff.c", source_6, sizeof source_6},
  {"CFCNRuntime/fcn_tiff_absent.c", source_7, sizeof source_7},
  {"CFCNRuntime/fcn_tiff_memory.h", source_8, sizeof source_8},
  {"CFCNRuntime/fcn_tiff_read.c", source_9, sizeof source_9},
  {"CFCNRuntime/fcn_tiff_write.c", source_10, sizeof source_10},
  {"CFCNRuntime/include/fcn_codecs.h", source_11, sizeof source_11},
  {"CFCNRuntime/include/fcn_cpu.h", source_12, sizeof source_12},
  {"CFCNRuntime/include/fcn_kernel.h", source_13, sizeof source_13},
  {"CFCNRuntime/include/fcn_pool.h", source_14, sizeof source_14},
  {"CFCNRuntime/include/fcn_program.h", source_15, sizeof source_15},
  {"CFCNRuntime/include/fcn_system.h", source_16, sizeof source_16},
  {"CFCNRuntime/include/fcn_tiff.h", source_17, sizeof source_17},
  {"CFCNRuntime/include/fcn_vector.h", source_18, sizeof source_18},
  {"CFCNRuntime/include/module.modulemap", source_19, sizeof source_19},
  {"FCNRuntime/Answers/ConfidenceRows.swift", source_20, sizeof source_20},
  {"FCNRuntime/Answers/Findings+Answers.swift", source_21, sizeof source_21},
  {"FCNRuntime/Answers/Findings+Maps.swift", source_22, sizeof source_22},
  {"FCNRuntime/Answers/Findings.swift", source_23, sizeof source_23},
  {"FCNRuntime/Answers/Methods/AnswerMethod.swift", source_24, sizeof source_24},
  {"FCNRuntime/Answers/Methods/Components.swift", source_25, sizeof source_25},
  {"FCNRuntime/Answers/Methods/Peaks.swift", source_26, sizeof source_26},
  {"FCNRuntime/Answers/Methods/Sums.swift", source_27, sizeof source_27},
  {"FCNRuntime/Answers/OutputFormat.swift", source_28, sizeof source_28},
  {"FCNRuntime/Answers/Painting/Classes+Palette.swift", source_29, sizeof source_29},
  {"FCNRuntime/Answers/Painting/Components+Painting.swift", source_30, sizeof source_30},
  {"FCNRuntime/Answers/Painting/HeatMap.swift", source_31, sizeof source_31},
  {"FCNRuntime/Answers/Painting/Painter+Numbers.swift", source_32, sizeof source_32},
  {"FCNRuntime/Answers/Painting/Painter.swift", source_33, sizeof source_33},
  {"FCNRuntime/Answers/Painting/Picture+Points.swift", source_34, sizeof source_34},
  {"FCNRuntime/Answers/PictureCoordinates.swift", source_35, sizeof source_35},
  {"FCNRuntime/Arrays/PlanarArray+NPY.swift", source_36, sizeof source_36},
  {"FCNRuntime/Arrays/PlanarArray.swift", source_37, sizeof source_37},
  {"FCNRuntime/Execution/AxisPlan.swift", source_38, sizeof source_38},
  {"FCNRuntime/Execution/BandPlan.swift", source_39, sizeof source_39},
  {"FCNRuntime/Execution/BandSchedule.swift", source_40, sizeof source_40},
  {"FCNRuntime/Execution/ByteCoding.swift", source_41, sizeof source_41},
  {"FCNRuntime/Execution/CompiledNetwork.swift", source_42, sizeof source_42},
  {"FCNRuntime/Execution/Execution.swift", source_43, sizeof source_43},
  {"FCNRuntime/Execution/FinishPlan.swift", source_44, sizeof source_44},
  {"FCNRuntime/Execution/MemoryPlan.swift", source_45, sizeof source_45},
  {"FCNRuntime/Execution/PortDescriptions+Coding.swift", source_46, sizeof source_46},
  {"FCNRuntime/Execution/ProgramDescription+Coding.swift", source_47, sizeof source_47},
  {"FCNRuntime/Execution/ProgramDescription.swift", source_48, sizeof source_48},
  {"FCNRuntime/Execution/ProgramMain.swift", source_49, sizeof source_49},
  {"FCNRuntime/Execution/ResampleGrid.swift", source_50, sizeof source_50},
  {"FCNRuntime/Execution/RowShares.swift", source_51, sizeof source_51},
  {"FCNRuntime/Execution/ScratchMemory.swift", source_52, sizeof source_52},
  {"FCNRuntime/Execution/SelfTest.swift", source_53, sizeof source_53},
  {"FCNRuntime/Execution/ShareWork.swift", source_54, sizeof source_54},
  {"FCNRuntime/Execution/SizePlan.swift", source_55, sizeof source_55},
  {"FCNRuntime/Execution/StepPlan.swift", source_56, sizeof source_56},
  {"FCNRuntime/Execution/StepStopwatch.swift", source_57, sizeof source_57},
  {"FCNRuntime/Execution/TableMemory.swift", source_58, sizeof source_58},
  {"FCNRuntime/Execution/Tick.swift", source_59, sizeof source_59},
  {"FCNRuntime/Execution/WeightFileHead.swift", source_60, sizeof source_60},
  {"FCNRuntime/Execution/WorkSplit.swift", source_61, sizeof source_61},
  {"FCNRuntime/InputDescription.swift", source_62, sizeof source_62},
  {"FCNRuntime/OutputDescription.swift", source_63, sizeof source_63},
  {"FCNRuntime/Pictures/FileKind.swift", source_64, sizeof source_64},
  {"FCNRuntime/Pictures/NumberList.swift", source_65, sizeof source_65},
  {"FCNRuntime/Pictures/Orientation.swift", source_66, sizeof source_66},
  {"FCNRuntime/Pictures/Picture+Channels.swift", source_67, sizeof source_67},
  {"FCNRuntime/Pictures/Picture+PBM.swift", source_68, sizeof source_68},
  {"FCNRuntime/Pictures/Picture+PNM.swift", source_69, sizeof source_69},
  {"FCNRuntime/Pictures/Picture+Reading.swift", source_70, sizeof source_70},
  {"FCNRuntime/Pictures/Picture+Scales.swift", source_71, sizeof source_71},
  {"FCNRuntime/Pictures/Picture+TIFF.swift", source_72, sizeof source_72},
  {"FCNRuntime/Pictures/Picture+Writing.swift", source_73, sizeof source_73},
  {"FCNRuntime/Pictures/Picture.swift", source_74, sizeof source_74},
  {"FCNRuntime/Pictures/RasterMap.swift", source_75, sizeof source_75},
  {"FCNRuntime/Pictures/Registration.swift", source_76, sizeof source_76},
  {"FCNRuntime/Pictures/SampleRanks.swift", source_77, sizeof source_77},
  {"FCNRuntime/Pictures/SampleScale.swift", source_78, sizeof source_78},
  {"FCNRuntime/Pictures/TIFFFile.swift", source_79, sizeof source_79},
  {"FCNRuntime/Pictures/TIFFWriting.swift", source_80, sizeof source_80},
  {"FCNRuntime/Pictures/Video/ChromaAxis.swift", source_81, sizeof source_81},
  {"FCNRuntime/Pictures/Video/Picture+Y4M.swift", source_82, sizeof source_82},
  {"FCNRuntime/Pictures/Video/VideoColors.swift", source_83, sizeof source_83},
  {"FCNRuntime/Pictures/Video/Y4MHeader.swift", source_84, sizeof source_84},
  {"FCNRuntime/Preprocessing/PartOfRows.swift", source_85, sizeof source_85},
  {"FCNRuntime/Preprocessing/PictureRows.swift", source_86, sizeof source_86},
  {"FCNRuntime/Preprocessing/PointwiseRows.swift", source_87, sizeof source_87},
  {"FCNRuntime/Preprocessing/Preprocessing.swift", source_88, sizeof source_88},
  {"FCNRuntime/Preprocessing/ResampledAxis.swift", source_89, sizeof source_89},
  {"FCNRuntime/Preprocessing/ResizedRows.swift", source_90, sizeof source_90},
  {"FCNRuntime/Preprocessing/Resizing+Size.swift", source_91, sizeof source_91},
  {"FCNRuntime/Preprocessing/Rows.swift", source_92, sizeof source_92},
  {"FCNRuntime/Program/Batches/JobPaths.swift", source_93, sizeof source_93},
  {"FCNRuntime/Program/Batches/NamePattern.swift", source_94, sizeof source_94},
  {"FCNRuntime/Program/Batches/Outcome.swift", source_95, sizeof source_95},
  {"FCNRuntime/Program/Batches/PathPattern.swift", source_96, sizeof source_96},
  {"FCNRuntime/Program/Batches/PictureSearch.swift", source_97, sizeof source_97},
  {"FCNRuntime/Program/Batches/Placeholders.swift", source_98, sizeof source_98},
  {"FCNRuntime/Program/Batches/Program+Batches.swift", source_99, sizeof source_99},
  {"FCNRuntime/Program/Batches/Progress.swift", source_100, sizeof source_100},
  {"FCNRuntime/Program/Batches/ReportFile.swift", source_101, sizeof source_101},
  {"FCNRuntime/Program/Batches/RunLog.swift", source_102, sizeof source_102},
  {"FCNRuntime/Program/CommandLine/HelpText.swift", source_103, sizeof source_103},
  {"FCNRuntime/Program/CommandLine/Option.swift", source_104, sizeof source_104},
  {"FCNRuntime/Program/CommandLine/Options+Batches.swift", source_105, sizeof source_105},
  {"FCNRuntime/Program/CommandLine/Options+Channels.swift", source_106, sizeof source_106},
  {"FCNRuntime/Program/CommandLine/Options+Reading.swift", source_107, sizeof source_107},
  {"FCNRuntime/Program/CommandLine/Options+Running.swift", source_108, sizeof source_108},
  {"FCNRuntime/Program/CommandLine/Options+Sizes.swift", source_109, sizeof source_109},
  {"FCNRuntime/Program/CommandLine/Options+Writing.swift", source_110, sizeof source_110},
  {"FCNRuntime/Program/CommandLine/Options.swift", source_111, sizeof source_111},
  {"FCNRuntime/Program/CommandLine/SourceOptions.swift", source_112, sizeof source_112},
  {"FCNRuntime/Program/Job.swift", source_113, sizeof source_113},
  {"FCNRuntime/Program/OutputDescription+Formats.swift", source_114, sizeof source_114},
  {"FCNRuntime/Program/Program+Findings.swift", source_115, sizeof source_115},
  {"FCNRuntime/Program/Program+Inputs.swift", source_116, sizeof source_116},
  {"FCNRuntime/Program/Program+Outputs.swift", source_117, sizeof source_117},
  {"FCNRuntime/Program/Program+Painting.swift", source_118, sizeof source_118},
  {"FCNRuntime/Program/Program+Pictures.swift", source_119, sizeof source_119},
  {"FCNRuntime/Program/Program+Records.swift", source_120, sizeof source_120},
  {"FCNRuntime/Program/Program+Reports.swift", source_121, sizeof source_121},
  {"FCNRuntime/Program/Program+TIFF.swift", source_122, sizeof source_122},
  {"FCNRuntime/Program/Program.swift", source_123, sizeof source_123},
  {"FCNRuntime/Program/Source.swift", source_124, sizeof source_124},
  {"FCNRuntime/Program/Streams/FramePlace.swift", source_125, sizeof source_125},
  {"FCNRuntime/Program/Streams/FrameReader.swift", source_126, sizeof source_126},
  {"FCNRuntime/Program/Streams/FrameWriter.swift", source_127, sizeof source_127},
  {"FCNRuntime/Program/Streams/Program+Frames.swift", source_128, sizeof source_128},
  {"FCNRuntime/Program/Summaries.swift", source_129, sizeof source_129},
  {"FCNRuntime/Reports/ReportValue.swift", source_130, sizeof source_130},
  {"FCNRuntime/RunnableNetwork+TestInput.swift", source_131, sizeof source_131},
  {"FCNRuntime/RunnableNetwork.swift", source_132, sizeof source_132},
  {"FCNRuntime/RuntimeFailure.swift", source_133, sizeof source_133},
  {"FCNRuntime/Sizes/EdgeTable.swift", source_134, sizeof source_134},
  {"FCNRuntime/Sizes/ExtentTable.swift", source_135, sizeof source_135},
  {"FCNRuntime/Sizes/FittedSize.swift", source_136, sizeof source_136},
  {"FCNRuntime/Sizes/Fitting.swift", source_137, sizeof source_137},
  {"FCNRuntime/Sizes/PlaceTable.swift", source_138, sizeof source_138},
  {"FCNRuntime/Sizes/SizeRules+Coding.swift", source_139, sizeof source_139},
  {"FCNRuntime/Sizes/SizeRules.swift", source_140, sizeof source_140},
  {"FCNRuntime/System/ByteStream.swift", source_141, sizeof source_141},
  {"FCNRuntime/System/Console.swift", source_142, sizeof source_142},
  {"FCNRuntime/System/Files+Status.swift", source_143, sizeof source_143},
  {"FCNRuntime/System/Files.swift", source_144, sizeof source_144},
  {"FCNRuntime/System/Memory.swift", source_145, sizeof source_145},
  {"FCNRuntime/System/Paths.swift", source_146, sizeof source_146},
  {"FCNRuntime/System/Text.swift", source_147, sizeof source_147},
  {"FCNRuntime/TapDescription.swift", source_148, sizeof source_148},
};

size_t fcn_source_count(void) { return sizeof sources / sizeof *sources; }
const fcn_source *fcn_source_at(size_t index) { return &sources[index]; }
