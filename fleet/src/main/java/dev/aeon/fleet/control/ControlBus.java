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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One end of the fleet's APM traffic: over SP sockets in the folder of the run. Thread-safe. */
public final class ControlBus implements AutoCloseable {
  /** The manager's id. */
  public static final String MANAGER_ID = "manager";

  private final Registry registry = new Registry();
  private final AgentBus bus;

  private ControlBus(AgentIdentity self, Path runFolder, BiConsumer<Message, ControlBus> hear) {
    SpChannels channels =
        SpChannels.at(id -> Optional.of(RunPaths.controlUrl(runFolder, id.value())));
    bus = AgentBus.open(self, registry, channels, (message, sender) -> hear.accept(message, this));
  }

  /** The manager's end; messages go to the consumer one at a time. */
  public static ControlBus ofManager(Path runFolder, Consumer<Message> hear) {
    AgentIdentity self = AgentIdentity.of(MANAGER_ID, AgentType.MANAGER);
    return new ControlBus(self, runFolder, (message, bus) -> hear.accept(message));
  }

  /** An agent's end, which knows the manager; the consumer is given the bus to answer by. */
  public static ControlBus ofAgent(
      String agentId, Path runFolder, BiConsumer<Message, ControlBus> hear) {
    ControlBus bus = new ControlBus(agent(agentId), runFolder, hear);
    bus.registry.register(AgentIdentity.of(MANAGER_ID, AgentType.MANAGER));
    return bus;
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
