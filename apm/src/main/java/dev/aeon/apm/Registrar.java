package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Registers agents that say so themselves by STATE_SYNC (sections 2.4 and 5.3). */
final class Registrar {
  private final Registry registry;

  Registrar(Registry registry) {
    this.registry = registry;
  }

  /** Takes over what {@code message} says of its own sender; says why where that cannot be. */
  Optional<Refusal> apply(Message message) {
    return message.payload() instanceof StateSync sync && isOfSender(sync, message.sender())
        ? apply(sync, message.sender())
        : Optional.empty();
  }

  private Optional<Refusal> apply(StateSync sync, AgentIdentity agent) {
    return switch (sync.operation()) {
      case CREATE -> register(sync, agent);
      case UPDATE -> Optional.empty();
      case DELETE -> {
        registry.unregister(agent.agentId());
        yield Optional.empty();
      }
    };
  }

  private Optional<Refusal> register(StateSync sync, AgentIdentity agent) {
    List<String> versions = sync.state().strings("supportedVersions");
    if (!versions.isEmpty() && versions.stream().noneMatch(Registrar::isSupported)) {
      return Optional.of(
          new Refusal(
              ErrorCode.E_PROTOCOL_001,
              "no common version: supportedVersions="
                  + versions
                  + " ours="
                  + ProtocolVersion.CURRENT));
    }
    if (!registry.register(agent)) {
      return Optional.of(
          new Refusal(ErrorCode.E_VALIDATION_008, "agent id is taken: agentId=" + agent.agentId()));
    }
    return Optional.empty();
  }

  private static boolean isSupported(String version) {
    return ProtocolVersion.parse(version).filter(ProtocolVersion::isSupported).isPresent();
  }

  private static boolean isOfSender(StateSync sync, AgentIdentity sender) {
    return sync.entityType() == EntityType.AGENT
        && sync.entityId().equals(sender.agentId().value());
  }
}
