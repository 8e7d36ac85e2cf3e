package dev.aeon.checks.bench.run;

/**
 * How long a run of rings takes over it.
 *
 * @param passes how often every subject is come back to, with processes started anew: by how a
 *     process came to be compiled and placed, its rates differ by a third for as long as it lives
 * @param rounds of a pass, in each of which every system has its turn
 * @param firstWarmMillis before a process' first round, in which its code is compiled
 * @param warmMillis the same before each round
 * @param measureMillis how long is counted
 */
public record RingPace(
    int passes, int rounds, long firstWarmMillis, long warmMillis, long measureMillis) {
  public static final RingPace QUICK = new RingPace(3, 4, 1_000, 40, 80);
  public static final RingPace FULL = new RingPace(5, 6, 1_500, 40, 100);

  public RingPace withRounds(int wanted) {
    return new RingPace(passes, wanted, firstWarmMillis, warmMillis, measureMillis);
  }
}
