package dev.aeon.apm.registry;

import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents we know: in memory, or in files {@code .apm/agents/{agentId}.json} that the processes
 * of a machine share and that survive them (resolution 41). Safe for use by many threads.
 */
public final class Registry {
  /** How often an agent that shares its registry gives a sign of life. */
  public static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(10);

  /** An agent that missed three signs of life is not active. */
  public static final Duration LEASE = HEARTBEAT_INTERVAL.multipliedBy(3);

  private final ConcurrentMap<String, AgentRecord> agents = new ConcurrentHashMap<>();
  private final Optional<AgentFiles> files;
  private final InstantSource clock;

  /** Knows nobody yet, and forgets all with the process. */
  public Registry() {
    this(Optional.empty(), InstantSource.system());
  }

  private Registry(Optional<AgentFiles> files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /**
   * Knows the agents of a directory.
   *
   * @param apmDirectory where {@code agents} lies, made where it is not there
   * @throws RegistryException where it cannot be read
   */
  public static Registry open(Path apmDirectory, InstantSource clock) {
    return open(Storage.REAL, apmDirectory, clock);
  }

  static Registry open(Storage storage, Path apmDirectory, InstantSource clock) {
    Registry registry = new Registry(Optional.of(new AgentFiles(storage, apmDirectory)), clock);
    registry.refresh();
    return registry;
  }

  /** Whether the agents are kept in files, so that those who join give signs of life. */
  public boolean isShared() {
    return files.isPresent();
  }

  /** Takes over what other processes wrote since; does nothing in memory. */
  public void refresh() {
    files.ifPresent(each -> each.read().forEach(record -> agents.put(key(record), record)));
  }

  /**
   * Adds an agent; again adding the same one changes nothing.
   *
   * @return false where another agent has that id already, or one that differs by case alone
   */
  public boolean register(AgentIdentity agent) {
    AgentRecord present = agents.putIfAbsent(agent.agentId().folded(), AgentRecord.of(agent));
    return present == null || present.identity().equals(agent);
  }

  /**
   * Adds an agent, or takes over what it says of itself now.
   *
   * @return false where another agent has that id already, or one that differs by case alone
   */
  public boolean register(AgentRecord record) {
    return exclusively(() -> {
      AgentRecord present = agents.get(key(record));
      if (present != null && !present.identity().equals(record.identity())) {
        return false;
      }
      put(record);
      return true;
    });
  }

  /** What an agent says of itself by STATE_SYNC, as of now. */
  public AgentRecord described(AgentIdentity identity, JsonObject state) {
    return AgentRecord.described(identity, state).withHeartbeat(clock.instant());
  }

  /**
   * Begins a new life of an agent of this process: its epoch is one more than the last.
   *
   * @return the record, empty where the id is another agent's, or this one's that is still alive in
   *     another process
   */
  public Optional<AgentRecord> join(AgentIdentity agent, List<String> capabilities) {
    return exclusively(() -> {
      AgentRecord present = agents.get(agent.agentId().folded());
      if (present != null && isTaken(present, agent)) {
        return Optional.empty();
      }
      AgentRecord record = ours(agent, capabilities, present == null ? 1 : present.epoch() + 1);
      put(record);
      return Optional.of(record);
    });
  }

  private AgentRecord ours(AgentIdentity agent, List<String> capabilities, long epoch) {
    return new AgentRecord(
        agent,
        Versions.OURS,
        capabilities,
        present(agent).map(AgentRecord::endpoints).orElse(Map.of()),
        ProcessHandle.current().pid(),
        epoch,
        Optional.of(LEASE),
        clock.instant());
  }

  private Optional<AgentRecord> present(AgentIdentity agent) {
    return Optional.ofNullable(agents.get(agent.agentId().folded()));
  }

  /** Whether another process is that agent now. */
  public boolean runsElsewhere(AgentIdentity agent) {
    return record(agent.agentId()).filter(present -> isTaken(present, agent)).isPresent();
  }

  private boolean isTaken(AgentRecord present, AgentIdentity agent) {
    if (!present.identity().equals(agent)) {
      return true;
    }
    boolean elsewhere = present.pid() != 0 && present.pid() != ProcessHandle.current().pid();
    return elsewhere
        && present.isActive(clock.instant())
        && ProcessHandle.of(present.pid()).filter(ProcessHandle::isAlive).isPresent();
  }

  /** An agent of this process tells the others that it lives. */
  public void heartbeat(AgentId agentId) {
    AgentRecord record = touch(agentId);
    if (record != null) {
      files.ifPresent(each -> each.write(record));
    }
  }

  /** We heard of an agent; nothing happens where it is not known. */
  public void seen(AgentId agentId) {
    AgentRecord _ = touch(agentId);
  }

  private @Nullable AgentRecord touch(AgentId agentId) {
    Instant now = clock.instant();
    return agents.computeIfPresent(agentId.folded(), (_, present) -> present.withHeartbeat(now));
  }

  /** An agent of this process ends: known still, and its epoch with it, but not active. */
  public void leave(AgentId agentId) {
    AgentRecord record =
        agents.computeIfPresent(
            agentId.folded(), (_, present) -> present.withHeartbeat(Instant.EPOCH));
    if (record != null) {
      files.ifPresent(each -> each.write(record));
    }
  }

  /** Removes an agent; nothing happens where it is not there. */
  public void unregister(AgentId agentId) {
    AgentRecord removed = agents.get(agentId.folded());
    if (removed != null && removed.identity().agentId().equals(agentId)) {
      agents.remove(agentId.folded(), removed);
      files.ifPresent(each -> each.delete(agentId));
    }
  }

  public Optional<AgentIdentity> find(AgentId agentId) {
    return record(agentId).map(AgentRecord::identity);
  }

  /** What is known of an agent; looked up in the files where memory does not know it. */
  public Optional<AgentRecord> record(AgentId agentId) {
    Optional<AgentRecord> known = known(agentId);
    if (known.isEmpty() && files.isPresent()) {
      refresh();
      return known(agentId);
    }
    return known;
  }

  private Optional<AgentRecord> known(AgentId agentId) {
    return Optional.ofNullable(agents.get(agentId.folded()))
        .filter(record -> record.identity().agentId().equals(agentId));
  }

  /** All agents that are active now, ordered by id. */
  public List<AgentIdentity> agents() {
    refresh();
    return active().map(AgentRecord::identity).toList();
  }

  /** All agents of a type that are active now, ordered by id. */
  public List<AgentIdentity> agentsOfType(AgentType type) {
    return agents().stream().filter(agent -> agent.type() == type).toList();
  }

  /** All records, active or not, ordered by id. */
  public List<AgentRecord> records() {
    refresh();
    return agents.values().stream().sorted(byId()).toList();
  }

  /** Whether an agent acknowledges every message; assumed of those that do not say. */
  public boolean acknowledgesAll(AgentId agentId) {
    return known(agentId).map(AgentRecord::acknowledgesAll).orElse(true);
  }

  /**
   * The version to speak with a receiver: the highest that it has in common with us, and all of its
   * agents with each other; empty where there is none.
   */
  public Optional<ProtocolVersion> versionFor(Receiver receiver) {
    Stream<AgentRecord> recipients =
        switch (receiver) {
          case Receiver.One(AgentIdentity agent) -> known(agent.agentId()).stream();
          case Receiver.OfType(AgentType type) ->
              active().filter(record -> record.identity().type() == type);
          case Receiver.Everyone() -> active();
        };
    return Versions.highestCommon(
        Stream.concat(Stream.of(Versions.OURS), recipients.map(AgentRecord::versions)).toList());
  }

  private Stream<AgentRecord> active() {
    Instant now = clock.instant();
    return agents.values().stream().filter(record -> record.isActive(now)).sorted(byId());
  }

  private void put(AgentRecord record) {
    agents.put(key(record), record);
    files.ifPresent(each -> each.write(record));
  }

  private <T> T exclusively(Supplier<T> change) {
    return files
        .map(each ->
            each.exclusively(() -> {
              refresh();
              return change.get();
            }))
        .orElseGet(() -> inMemory(change));
  }

  private synchronized <T> T inMemory(Supplier<T> change) {
    return change.get();
  }

  private static Comparator<AgentRecord> byId() {
    return Comparator.comparing(record -> record.identity().agentId().value());
  }

  private static String key(AgentRecord record) {
    return record.identity().agentId().folded();
  }
}
