package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.registry.Versions;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.EntityStates;
import java.util.List;
import java.util.Optional;

/**
 * Takes over what STATE_SYNC messages say: agents register themselves, states are remembered
 * (sections 2.4 and 5.3).
 */
final class Registrar {
  private final Registry registry;
  private final EntityStates states;

  Registrar(Registry registry, EntityStates states) {
    this.registry = registry;
    this.states = states;
  }

  /** Takes over what {@code message} says of its own sender; says why where that cannot be. */
  Optional<Refusal> apply(Message message) {
    registry.seen(message.sender().agentId());
    if (!(message.payload() instanceof StateSync sync)) {
      return Optional.empty();
    }
    Optional<Refusal> refusal =
        isOfSender(sync, message.sender()) ? apply(sync, message.sender()) : Optional.empty();
    if (refusal.isEmpty()) {
      boolean _ = states.apply(sync);
    }
    return refusal;
  }

  private Optional<Refusal> apply(StateSync sync, AgentIdentity agent) {
    return switch (sync.operation()) {
      case CREATE -> register(sync.state(), agent);
      case UPDATE -> Optional.empty();
      case DELETE -> {
        registry.unregister(agent.agentId());
        yield Optional.empty();
      }
    };
  }

  private Optional<Refusal> register(JsonObject state, AgentIdentity agent) {
    AgentRecord described = registry.described(agent, state);
    return noCommonVersion(state)
        .or(() -> contradiction(state))
        .or(() -> earlierLife(described))
        .or(() -> taken(described));
  }

  /** A registration that comes late must not take the place of a newer one. */
  private Optional<Refusal> earlierLife(AgentRecord described) {
    return registry
        .record(described.identity().agentId())
        .filter(known -> described.epoch() > 0 && described.epoch() < known.epoch())
        .map(known ->
            new Refusal(
                ErrorCode.E_PROTOCOL_005,
                "registration of an earlier life: epoch="
                    + described.epoch()
                    + " known="
                    + known.epoch()));
  }

  /** The version that it would rather speak must be one that it can speak (resolution 40). */
  private static Optional<Refusal> contradiction(JsonObject state) {
    List<String> versions = state.strings("supportedVersions");
    return state
        .findString("protocolVersion")
        .filter(preferred -> !versions.isEmpty() && !versions.contains(preferred))
        .map(preferred ->
            new Refusal(
                ErrorCode.E_VALIDATION_009,
                "protocolVersion is not among supportedVersions: protocolVersion="
                    + preferred
                    + " supportedVersions="
                    + versions));
  }

  private static Optional<Refusal> noCommonVersion(JsonObject state) {
    List<String> texts = state.strings("supportedVersions");
    List<ProtocolVersion> theirs =
        texts.stream().map(ProtocolVersion::parse).flatMap(Optional::stream).toList();
    boolean common =
        texts.isEmpty()
            || (!theirs.isEmpty()
                && Versions.highestCommon(List.of(Versions.OURS, theirs)).isPresent());
    return common
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ErrorCode.E_PROTOCOL_001,
                "no common version: supportedVersions=" + texts + " ours=" + Versions.OURS));
  }

  private Optional<Refusal> taken(AgentRecord record) {
    return registry.register(record)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ErrorCode.E_VALIDATION_008,
                "agent id is taken: agentId=" + record.identity().agentId()));
  }

  private static boolean isOfSender(StateSync sync, AgentIdentity sender) {
    return sync.entityType() == EntityType.AGENT
        && sync.entityId().equals(sender.agentId().value());
  }
}
