package dev.aeon.apm.registry;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.WireNamed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What is known of an agent.
 *
 * @param versions the versions of the protocol that it speaks; empty where it does not say
 * @param capabilities message types that it handles, and {@code ack:all} where it acknowledges
 *     every message
 * @param endpoints where it can be reached, by the transport's name
 * @param pid its process, zero where it does not say
 * @param epoch which of its lives this is, counted from 1; zero where it does not say
 * @param lease for how long after its last sign of life it counts as active; empty: for ever
 * @param heartbeat its last sign of life
 */
public record AgentRecord(
    AgentIdentity identity,
    List<ProtocolVersion> versions,
    List<String> capabilities,
    Map<String, String> endpoints,
    long pid,
    long epoch,
    Optional<Duration> lease,
    Instant heartbeat) {
  /** The capability of those that acknowledge every message (resolution 9). */
  public static final String ACKNOWLEDGES_ALL = "ack:all";

  /** Copies the collections. */
  public AgentRecord {
    versions = List.copyOf(versions);
    capabilities = List.copyOf(capabilities);
    endpoints = Map.copyOf(endpoints);
  }

  /** An agent of which nothing but its name is known, always active. */
  public static AgentRecord of(AgentIdentity identity) {
    return new AgentRecord(
        identity, List.of(), List.of(), Map.of(), 0, 0, Optional.empty(), Instant.EPOCH);
  }

  /** Whether the agent gave a sign of life within its lease. */
  public boolean isActive(Instant now) {
    return lease.map(length -> heartbeat.plus(length).isAfter(now)).orElse(true);
  }

  /** Whether it acknowledges every message; assumed of those that list no capabilities. */
  public boolean acknowledgesAll() {
    return capabilities.isEmpty() || capabilities.contains(ACKNOWLEDGES_ALL);
  }

  public AgentRecord withHeartbeat(Instant heartbeat) {
    return new AgentRecord(
        identity, versions, capabilities, endpoints, pid, epoch, lease, heartbeat);
  }

  /** The record of the agent's life number {@code epoch}. */
  public AgentRecord withEpoch(long epoch) {
    return new AgentRecord(
        identity, versions, capabilities, endpoints, pid, epoch, lease, heartbeat);
  }

  JsonObject toJson() {
    JsonObjectBuilder fields =
        JsonObject.builder()
            .put("agentId", identity.agentId().value())
            .put("type", identity.type())
            .putStrings(
                "supportedVersions", versions.stream().map(ProtocolVersion::toString).toList())
            .putStrings("capabilities", capabilities)
            .put("endpoints", toJson(endpoints))
            .put("pid", pid)
            .put("epoch", epoch)
            .put("heartbeat", Timestamps.format(heartbeat));
    lease.ifPresent(length -> fields.put("leaseMillis", length.toMillis()));
    return fields.build();
  }

  private static JsonObject toJson(Map<String, String> map) {
    JsonObjectBuilder fields = JsonObject.builder();
    map.forEach(fields::put);
    return fields.build();
  }

  /**
   * Reads a record.
   *
   * @throws NoSuchElementException where a field is missing or of another type
   * @throws IllegalArgumentException where one has no legal value
   */
  static AgentRecord read(JsonObject fields) {
    AgentType type =
        WireNamed.parse(AgentType.class, fields.string("type"))
            .orElseThrow(() -> new NoSuchElementException("unknown type"));
    return described(AgentIdentity.of(fields.string("agentId"), type), fields)
        .withHeartbeat(Timestamps.parse(fields.string("heartbeat")).orElse(Instant.EPOCH));
  }

  /** What {@code fields}, of a file or of a STATE_SYNC, say of an agent; without a heartbeat. */
  static AgentRecord described(AgentIdentity identity, JsonObject fields) {
    return new AgentRecord(
        identity,
        versions(fields.strings("supportedVersions")),
        fields.strings("capabilities"),
        endpoints(fields),
        fields.findLong("pid").orElse(0L),
        Math.max(0, fields.findLong("epoch").orElse(0L)),
        fields.findLong("leaseMillis").filter(millis -> millis > 0).map(Duration::ofMillis),
        Instant.EPOCH);
  }

  private static List<ProtocolVersion> versions(List<String> texts) {
    return texts.stream().map(ProtocolVersion::parse).flatMap(Optional::stream).toList();
  }

  private static Map<String, String> endpoints(JsonObject fields) {
    Map<String, String> endpoints = new HashMap<>();
    JsonObject object = fields.findObject("endpoints").orElse(JsonObject.empty());
    for (String name : object.names()) {
      object.findString(name).ifPresent(value -> endpoints.put(name, value));
    }
    return endpoints;
  }
}
