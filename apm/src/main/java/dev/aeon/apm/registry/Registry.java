package dev.aeon.apm.registry;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The agents we know, in memory. Safe for use by many threads. */
public final class Registry {
  private final ConcurrentMap<String, AgentIdentity> agents = new ConcurrentHashMap<>();

  /** Knows nobody yet. */
  public Registry() {}

  /**
   * Adds an agent; again adding the same one changes nothing.
   *
   * @return false where another agent has that id already, or one that differs by case alone
   */
  public boolean register(AgentIdentity agent) {
    AgentIdentity present = agents.putIfAbsent(agent.agentId().folded(), agent);
    return present == null || present.equals(agent);
  }

  /** Removes an agent; nothing happens where it is not there. */
  public void unregister(AgentId agentId) {
    agents.computeIfPresent(
        agentId.folded(), (_, agent) -> agent.agentId().equals(agentId) ? null : agent);
  }

  public Optional<AgentIdentity> find(AgentId agentId) {
    return Optional.ofNullable(agents.get(agentId.folded()))
        .filter(agent -> agent.agentId().equals(agentId));
  }

  /** All agents as they are now, ordered by id. */
  public List<AgentIdentity> agents() {
    return agents.values().stream()
        .sorted(Comparator.comparing(agent -> agent.agentId().value()))
        .toList();
  }

  /** All agents of a type as they are now, ordered by id. */
  public List<AgentIdentity> agentsOfType(AgentType type) {
    return agents().stream().filter(agent -> agent.type() == type).toList();
  }
}
