package dev.aeon.checks.bench.agent;

/**
 * How long it all takes.
 *
 * @param rounds how often each system is measured
 * @param seconds of each round of throughput, and of each of round trips
 */
public record AgentPace(int rounds, int seconds) {
  public static final AgentPace FULL = new AgentPace(5, 3);
  public static final AgentPace QUICK = new AgentPace(2, 2);
}
