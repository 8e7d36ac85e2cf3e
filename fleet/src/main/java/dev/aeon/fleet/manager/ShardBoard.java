package dev.aeon.fleet.manager;

import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Who does which shard. In each stage every shard is done once; an agent takes the shards it holds
 * first, then those that nobody holds; what a lost agent held or had begun is free again.
 * Thread-safe.
 */
final class ShardBoard {
  private static final int MAX_LOSSES_PER_SHARD = 3;

  private enum State {
    PENDING,
    CLAIMED,
    DONE
  }

  private final State[] states;
  private final @Nullable AgentHandle[] holders;
  private final @Nullable AgentHandle[] claimants;
  private final int[] losses;
  private @Nullable RuntimeException failure;

  ShardBoard(int shardCount) {
    states = new State[shardCount];
    holders = new AgentHandle[shardCount];
    claimants = new AgentHandle[shardCount];
    losses = new int[shardCount];
  }

  /** Starts a stage: every shard is to be done. */
  synchronized void begin() {
    Arrays.fill(states, State.PENDING);
    Arrays.fill(claimants, null);
  }

  /**
   * Waits for a shard that this agent may do.
   *
   * @return the shard, or nothing once all are done
   * @throws RuntimeException the stage's failure, once it has one
   */
  synchronized OptionalInt claim(AgentHandle agent) throws InterruptedException {
    while (true) {
      throwFailure();
      agent.throwIfLost();
      int shard = firstFor(agent);
      if (shard >= 0) {
        states[shard] = State.CLAIMED;
        claimants[shard] = agent;
        return OptionalInt.of(shard);
      }
      if (isDone()) {
        return OptionalInt.empty();
      }
      wait();
    }
  }

  private int firstFor(AgentHandle agent) {
    int free = -1;
    for (int shard = 0; shard < states.length; shard++) {
      if (states[shard] != State.PENDING) {
        continue;
      }
      if (holders[shard] == agent) {
        return shard;
      }
      if (holders[shard] == null && free < 0) {
        free = shard;
      }
    }
    return free;
  }

  /** Notes that a claimed shard is done. */
  synchronized void done(int shard) {
    states[shard] = State.DONE;
    claimants[shard] = null;
    notifyAll();
  }

  /** Notes that an agent holds a shard's vectors. */
  synchronized void holds(AgentHandle agent, int shard) {
    holders[shard] = agent;
  }

  /** Whether an agent holds a shard's vectors. */
  synchronized boolean isHeldBy(AgentHandle agent, int shard) {
    return holders[shard] == agent;
  }

  /** Frees whatever a lost agent held or had begun. */
  synchronized void lost(AgentHandle agent) {
    for (int shard = 0; shard < states.length; shard++) {
      if (holders[shard] == agent) {
        holders[shard] = null;
      }
      if (claimants[shard] == agent) {
        release(shard);
      }
    }
    notifyAll();
  }

  private void release(int shard) {
    claimants[shard] = null;
    states[shard] = State.PENDING;
    if (++losses[shard] > MAX_LOSSES_PER_SHARD) {
      failure =
          new FleetException(
              "gave up on a part of the folder that ended "
                  + losses[shard]
                  + " agents one after another: shard="
                  + shard);
    }
  }

  /** Ends the stage for everyone. */
  synchronized void fail(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  synchronized void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  synchronized int doneCount() {
    return (int) Arrays.stream(states).filter(state -> state == State.DONE).count();
  }

  private boolean isDone() {
    return doneCount() == states.length;
  }
}
