package dev.aeon.checks.bench.run;

/**
 * How long a run takes over it.
 *
 * @param rounds how often each trial is made, those of other systems between
 * @param firstWarmMillis before anything is counted in the first round, in which code is compiled,
 *     and in each round of trials that have a process of their own each time
 * @param warmMillis the same in later rounds
 * @param measureMillis how long is counted
 */
public record Pace(int rounds, long firstWarmMillis, long warmMillis, long measureMillis) {
  public static final Pace QUICK = new Pace(2, 400, 100, 250);
  public static final Pace FULL = new Pace(5, 1_500, 500, 1_000);

  public Pace withRounds(int wanted) {
    return new Pace(wanted, firstWarmMillis, warmMillis, measureMillis);
  }

  long warmMillis(int round) {
    return round == 0 ? firstWarmMillis : warmMillis;
  }
}
