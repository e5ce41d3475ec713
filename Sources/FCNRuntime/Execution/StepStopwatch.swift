/// The time that one thread has spent in one step. It fills a cache line, so that threads do not wait for each other.
struct StepStopwatch {
  var seconds = 0.0
  private var padding: (Double, Double, Double, Double, Double, Double, Double) = (0, 0, 0, 0, 0, 0, 0)
}
