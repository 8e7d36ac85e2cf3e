package dev.aeon.apm.cli;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageIds;
import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The message that is typed: its parts as options. */
final class Draft {
  private static final String OF_TYPE = "type:";

  @Option(
      names = {"-from", "--from"},
      paramLabel = "ID:TYPE",
      converter = IdentityConverter.class,
      description = "who sends (default: cli:AdHoc)")
  private AgentIdentity sender = AgentIdentity.of("cli", AgentType.AD_HOC);

  @Option(
      names = {"-to", "--to"},
      paramLabel = "RECEIVER",
      required = true,
      description = "an agent's id, or ID:TYPE; type:Manager for all of a type, '*' for all")
  private String receiver = "*";

  @Option(
      names = {"-type", "--type"},
      paramLabel = "TYPE",
      required = true,
      description = "TASK_ASSIGNMENT, …, or CUSTOM_ and a name")
  private String type = "";

  @Option(
      names = {"-payload", "--payload"},
      paramLabel = "JSON",
      required = true,
      description = "an object, @ and a file that holds one, or - for the standard input")
  private String payload = "{}";

  @Option(
      names = {"-correlation", "--correlation"},
      paramLabel = "ID",
      description = "the correlation (default: a new one where the type needs one)")
  private @Nullable String correlation;

  @Option(
      names = {"-priority", "--priority"},
      paramLabel = "PRIORITY",
      description = "HIGH, NORMAL or LOW (default: ${DEFAULT-VALUE})",
      defaultValue = "NORMAL")
  private Priority priority = Priority.NORMAL;

  @Option(
      names = {"-ttl", "--ttl"},
      paramLabel = "TIME",
      description = "how long the message is of use, such as 10m (default: 1h)")
  private @Nullable Duration ttl;

  @Option(
      names = {"-tag", "--tag"},
      paramLabel = "TAG",
      description = "a tag; may be given several times")
  private List<String> tags = List.of();

  private @Nullable JsonObject fields;

  AgentIdentity sender() {
    return sender;
  }

  /**
   * The message.
   *
   * @param epoch the sender's life, zero where it has none
   */
  Message message(Registry registry, long epoch) throws IOException {
    Receiver to = receiver(registry);
    ProtocolVersion version = registry.versionFor(to).orElse(ProtocolVersion.CURRENT);
    JsonObjectBuilder envelope =
        JsonObject.builder()
            .put("version", version.toString())
            .put("messageId", new MessageIds(InstantSource.system()).next().value())
            .put("timestamp", Timestamps.format(Instant.now()))
            .put("sender", Receiver.of(sender).toJson())
            .put("receiver", to.toJson())
            .put("messageType", type)
            .put("priority", priority)
            .put("payload", payload())
            .put("metadata", metadata(epoch));
    correlation().ifPresent(id -> envelope.put("correlationId", id));
    return Message.of(envelope.build());
  }

  private Receiver receiver(Registry registry) {
    if (receiver.equals("*")) {
      return Receiver.everyone();
    }
    if (receiver.startsWith(OF_TYPE)) {
      return Receiver.ofType(Arguments.agentType(receiver.substring(OF_TYPE.length())));
    }
    if (receiver.contains(":")) {
      return Receiver.of(Arguments.identity(receiver));
    }
    AgentId agentId = Arguments.agentId(receiver);
    return Receiver.of(
        registry
            .find(agentId)
            .orElseThrow(() ->
                CliException.refused(
                    ErrorCode.E_ROUTING_001,
                    "no such agent, 'apm agents add' makes one known: agentId=" + agentId)));
  }

  /** Read once: the standard input has it once. */
  private JsonObject payload() throws IOException {
    JsonObject known = fields;
    if (known == null) {
      known = parsed(payloadText());
      fields = known;
    }
    return known;
  }

  private static JsonObject parsed(byte[] text) {
    if (text.length > JsonCodec.MAX_BYTE_SIZE) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_005, "the payload is too long: limit=" + JsonCodec.MAX_BYTE_SIZE);
    }
    try {
      return JsonObject.parse(text);
    } catch (InvalidMessageException e) {
      throw CliException.refused(
          e.code(), "the payload is no JSON object: cause=" + e.getMessage());
    }
  }

  private byte[] payloadText() throws IOException {
    if (payload.equals("-")) {
      return System.in.readNBytes(JsonCodec.MAX_BYTE_SIZE + 1);
    }
    if (payload.startsWith("@")) {
      try (InputStream in = Arguments.open(payload.substring(1))) {
        return in.readNBytes(JsonCodec.MAX_BYTE_SIZE + 1);
      }
    }
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<String> correlation() {
    if (correlation != null) {
      return Optional.of(correlation);
    }
    return MessageType.parse(type)
        .filter(MessageType::isCorrelated)
        .map(_ ->
            new MessageIds(InstantSource.system()).next().value().replaceFirst("msg_", "req_"));
  }

  private JsonObject metadata(long epoch) {
    JsonObjectBuilder metadata = JsonObject.builder();
    if (epoch > 0) {
      metadata.put("epoch", epoch);
    }
    if (ttl != null) {
      metadata.put("ttl", ttl.toSeconds());
    }
    if (!tags.isEmpty()) {
      metadata.putStrings("tags", tags);
    }
    return metadata.build();
  }
}
