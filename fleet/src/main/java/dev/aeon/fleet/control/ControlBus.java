package dev.aeon.fleet.control;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusStatistics;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.registry.Registry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** One end of the fleet's APM traffic: over SP sockets in the folder of the run. Thread-safe. */
public final class ControlBus implements AutoCloseable {
  /** The manager's id. */
  public static final String MANAGER_ID = "manager";

  private final Registry registry;
  private final AgentBus bus;

  private ControlBus(Registry registry, AgentBus bus) {
    this.registry = registry;
    this.bus = bus;
  }

  /** The manager's end; messages go to the consumer one at a time. */
  public static ControlBus ofManager(Path runFolder, Consumer<Message> hear) {
    return open(AgentIdentity.of(MANAGER_ID, AgentType.MANAGER), runFolder, hear);
  }

  /** An agent's end, which knows the manager. */
  public static ControlBus ofAgent(String agentId, Path runFolder, Consumer<Message> hear) {
    ControlBus bus = open(agent(agentId), runFolder, hear);
    bus.registry.register(AgentIdentity.of(MANAGER_ID, AgentType.MANAGER));
    return bus;
  }

  private static ControlBus open(AgentIdentity self, Path runFolder, Consumer<Message> hear) {
    Registry registry = new Registry();
    return new ControlBus(
        registry,
        AgentBus.open(
            self,
            registry,
            SpChannels.at(id -> Optional.of(RunPaths.controlUrl(runFolder, id.value()))),
            (message, bus) -> hear.accept(message)));
  }

  private static AgentIdentity agent(String agentId) {
    return AgentIdentity.of(agentId, AgentType.IMPLEMENTATION);
  }

  /** Makes an agent known, so that it can be sent to. */
  public void addPeer(String agentId) {
    registry.register(agent(agentId));
  }

  /** Forgets an agent: what is under way to it fails. */
  public void dropPeer(String agentId) {
    bus.abandon(agent(agentId).agentId());
  }

  /**
   * Sends a payload; the correlation names the task that it is about.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where the protocol forbids it
   */
  public void send(String receiverId, String correlation, Payload payload) {
    AgentIdentity receiver =
        receiverId.equals(MANAGER_ID)
            ? AgentIdentity.of(MANAGER_ID, AgentType.MANAGER)
            : agent(receiverId);
    Message message = bus.compose(receiver, payload).correlationId(correlation).build();
    bus.send(message).exceptionally(undelivered -> null);
  }

  /** Messages sent and received so far. */
  public long messageCount() {
    BusStatistics statistics = bus.statistics();
    return statistics.sent() + statistics.received();
  }

  @Override
  public void close() {
    bus.close();
  }
}
