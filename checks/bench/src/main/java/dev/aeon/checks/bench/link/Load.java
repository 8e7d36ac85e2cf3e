package dev.aeon.checks.bench.link;

/** How large messages are, and how many of them make a round. */
enum Load {
  SMALL(64, 100_000, 300_000),
  PAGE(1_024, 100_000, 150_000),
  LARGE(65_536, 8_000, 30_000);

  final int byteSize;
  final int roundTripCount;
  final int oneWayCount;

  Load(int byteSize, int roundTripCount, int oneWayCount) {
    this.byteSize = byteSize;
    this.roundTripCount = roundTripCount;
    this.oneWayCount = oneWayCount;
  }
}
