package dev.aeon.fleet.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Lets the crew do a piece of work once for every shard, whoever dies meanwhile. Used by one
 * thread, which waits; each agent is driven by a thread of its own.
 */
final class StageRunner {
  /** What is done for one shard by one agent. */
  @FunctionalInterface
  interface ShardWork {
    void perform(AgentHandle agent, int shard);
  }

  private final ShardBoard board;
  private final Crew crew;
  private final FleetObserver observer;

  StageRunner(ShardBoard board, Crew crew, FleetObserver observer) {
    this.board = board;
    this.crew = crew;
    this.observer = observer;
  }

  void run(ShardWork work) {
    board.begin();
    crew.lost().forEach(board::lost);
    crew.replaceIfNoneLeft();
    List<Thread> drivers = new ArrayList<>();
    for (AgentHandle agent : crew.live()) {
      drivers.add(Thread.ofPlatform().name("drive-" + agent.id()).start(() -> drive(agent, work)));
    }
    drivers.forEach(StageRunner::join);
    board.throwFailure();
  }

  private void drive(AgentHandle first, ShardWork work) {
    try {
      @Nullable AgentHandle agent = first;
      while (agent != null) {
        agent = driveUntilLost(agent, work) ? null : crew.replaceIfNoneLeft().orElse(null);
      }
    } catch (RuntimeException failure) {
      board.fail(failure);
    } catch (InterruptedException interrupted) {
      board.fail(new FleetException("interrupted.", interrupted));
    }
  }

  /** False where the agent was lost; its work is free again then. */
  private boolean driveUntilLost(AgentHandle agent, ShardWork work) throws InterruptedException {
    try {
      OptionalInt shard = board.claim(agent);
      while (shard.isPresent()) {
        work.perform(agent, shard.getAsInt());
        board.done(shard.getAsInt());
        shard = board.claim(agent);
      }
      return true;
    } catch (AgentLostException lost) {
      crew.abandon(agent);
      board.lost(agent);
      observer.notes(agent.id() + " was lost; its part of the folder goes to another agent.");
      return false;
    }
  }

  private static void join(Thread driver) {
    try {
      driver.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FleetException("interrupted.", interrupted);
    }
  }
}
