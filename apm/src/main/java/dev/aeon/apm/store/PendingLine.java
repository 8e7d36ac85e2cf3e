package dev.aeon.apm.store;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.WireNamed;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.PendingStore.Ended;
import dev.aeon.apm.track.PendingStore.Pending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What a line of a {@link PendingJournal} says: a message set out, it came to its end, or messages
 * to a receiver were forgotten. What reads one throws {@link java.util.NoSuchElementException},
 * {@link IllegalArgumentException} or {@link dev.aeon.apm.schema.InvalidMessageException} where it
 * is none.
 */
record PendingLine(JsonObject fields) {
  static PendingLine parse(String line) {
    return new PendingLine(JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8)));
  }

  static String added(RoutedMessage message) {
    JsonObjectBuilder line =
        JsonObject.builder()
            .put("receiver", message.target().agentId().value())
            .put("type", message.target().type());
    if (message.message().type().isRequest()) {
      line.put("request", true);
    }
    message.message().responseDeadline().ifPresent(due -> line.put("due", due.toEpochMilli()));
    return line.put("message", message.message().toJson()).build().toString();
  }

  static String ended(Ended ended) {
    JsonObjectBuilder line =
        JsonObject.builder()
            .put("receiver", ended.key().receiver().value())
            .put("ended", ended.key().messageId().value())
            .put("correlation", ended.correlation())
            .put("state", ended.state().name());
    if (ended.isRequest()) {
      line.put("request", true);
    }
    ended.due().ifPresent(due -> line.put("due", due.toEpochMilli()));
    return line.build().toString();
  }

  static String forgotten(AgentId receiver) {
    return JsonObject.builder().put("forgotten", receiver.value()).build().toString();
  }

  boolean isForgotten() {
    return fields.has("forgotten");
  }

  /** Of whom messages were forgotten. */
  AgentId forgotten() {
    return new AgentId(fields.string("forgotten"));
  }

  boolean isEnded() {
    return fields.has("ended");
  }

  boolean isRequest() {
    return fields.has("request");
  }

  /** When the response is late, where it may be. */
  Optional<Instant> due() {
    return fields.findLong("due").map(Instant::ofEpochMilli);
  }

  /** Which copy the line speaks of. */
  DeliveryKey key() {
    String messageId =
        isEnded() ? fields.string("ended") : fields.object("message").string("messageId");
    return new DeliveryKey(new MessageId(messageId), new AgentId(fields.string("receiver")));
  }

  Ended ended() {
    return new Ended(
        key(),
        fields.string("correlation"),
        MessageState.valueOf(fields.string("state")),
        isRequest(),
        due());
  }

  /** The message that set out. */
  Pending pending() {
    AgentType type = WireNamed.parse(AgentType.class, fields.string("type")).orElseThrow();
    return new Pending(
        Message.of(JsonObject.parse(fields.object("message").toBytes())),
        AgentIdentity.of(fields.string("receiver"), type));
  }
}
