package dev.aeon.fleet.manager;

import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.fleet.control.ControlBus;
import dev.aeon.fleet.control.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The fleet's agents: starts them, hears them, replaces them. Thread-safe. */
final class Crew implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final int MAX_REPLACEMENTS = 8;

  private final AgentLauncher launcher;
  private final ControlBus bus;
  private final FleetObserver observer;
  private final String schemaDigest;
  private final AtomicLong dataMessages = new AtomicLong();
  private final List<AgentHandle> agents = new CopyOnWriteArrayList<>();
  private final Map<String, AgentHandle> byId = new ConcurrentHashMap<>();
  private int started;
  private int replacements;

  Crew(AgentLauncher launcher, String schemaDigest, FleetObserver observer) {
    this.launcher = launcher;
    this.schemaDigest = schemaDigest;
    this.observer = observer;
    this.bus = ControlBus.ofManager(launcher.runFolder().path(), this::hear);
  }

  /** Starts so many agents and waits until all have joined. */
  void start(int count) {
    List<AgentHandle> starting = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      starting.add(launch());
    }
    starting.forEach(this::awaitJoining);
    replaceIfNoneLeft();
  }

  private synchronized AgentHandle launch() {
    String id = "agent-" + ++started;
    bus.addPeer(id);
    AgentHandle agent = launcher.launch(id, bus, dataMessages);
    byId.put(id, agent);
    agents.add(agent);
    return agent;
  }

  /** An agent that refuses to join ends the fleet; one that is killed meanwhile does not. */
  private void awaitJoining(AgentHandle agent) {
    try {
      Registration joined = agent.registration().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
      if (!joined.schemaDigest().equals(schemaDigest)) {
        throw new FleetException(agent.id() + " joined with another schema and was turned away.");
      }
    } catch (CompletionException failure) {
      if (!(failure.getCause() instanceof AgentLostException)) {
        throw new FleetException(sentence(agent, failure), failure);
      }
      launcher
          .refusal(agent)
          .ifPresent(refusal -> {
            throw new FleetException(refusal);
          });
      observer.notes(agent.id() + " was lost while it started.");
    }
  }

  private static String sentence(AgentHandle agent, CompletionException failure) {
    return failure.getCause() instanceof FleetException refused
        ? String.valueOf(refused.getMessage())
        : agent.id() + " did not join within " + START_SECONDS + " seconds.";
  }

  /** Ends what is left of a lost agent. */
  void abandon(AgentHandle agent) {
    agent.abandon();
    bus.dropPeer(agent.id());
  }

  /** The agents that are there. */
  List<AgentHandle> live() {
    return agents.stream().filter(agent -> !agent.isLost()).toList();
  }

  /** The agents that are not there any more. */
  List<AgentHandle> lost() {
    return agents.stream().filter(AgentHandle::isLost).toList();
  }

  /** All agents there ever were, in the order in which they were started. */
  List<AgentHandle> all() {
    return List.copyOf(agents);
  }

  /** Starts an agent where none is left. */
  synchronized Optional<AgentHandle> replaceIfNoneLeft() {
    while (live().isEmpty()) {
      if (++replacements > MAX_REPLACEMENTS) {
        throw new FleetException("gave up: every agent was lost, and so were their replacements.");
      }
      observer.notes("no agent is left; a new one is started.");
      AgentHandle agent = launch();
      awaitJoining(agent);
      if (!agent.isLost()) {
        return Optional.of(agent);
      }
    }
    return Optional.empty();
  }

  private void hear(Message message) {
    AgentHandle agent = byId.get(message.sender().agentId().value());
    if (agent == null) {
      return;
    }
    switch (message.payload()) {
      case StateSync sync -> agent.joined(Registration.of(sync));
      case TaskUpdate update -> agent.update(update);
      case ErrorReport report -> agent.error(report);
      default -> {}
    }
  }

  /** Messages sent and received so far, APM and bulk together. */
  long messageCount() {
    return bus.messageCount() + dataMessages.get();
  }

  @Override
  public void close() {
    agents.forEach(AgentHandle::close);
    bus.close();
  }
}
