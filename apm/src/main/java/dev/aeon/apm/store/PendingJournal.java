package dev.aeon.apm.store;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.WireNamed;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.PendingStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the messages under way in a file: a line when one sets out, a line when it comes to its
 * end, and the file written anew once most of it is history. Thread-safe.
 */
public final class PendingJournal implements PendingStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PendingJournal.class);
  private static final int MIN_HISTORY = 1000;

  /** A message that was under way when the process ended, and to whom. */
  public record Pending(Message message, AgentIdentity receiver) {}

  private final Map<DeliveryKey, String> live = new LinkedHashMap<>();
  private final LineLog log;
  private final List<Pending> found;
  private int history;

  PendingJournal(Path path) {
    this.log = LineLog.open(path, this::load);
    this.found = live.values().stream().map(PendingJournal::pending).toList();
  }

  /** What was under way when the journal was opened, in the order in which it set out. */
  public List<Pending> found() {
    return found;
  }

  @Override
  public synchronized void add(RoutedMessage message) {
    DeliveryKey key = new DeliveryKey(message.message().messageId(), message.target().agentId());
    String line =
        JsonObject.builder()
            .put("receiver", message.target().agentId().value())
            .put("type", message.target().type())
            .put("message", message.message().toJson())
            .build()
            .toString();
    if (live.putIfAbsent(key, line) == null) {
      append(line);
    }
  }

  @Override
  public synchronized void remove(DeliveryKey key) {
    if (live.remove(key) != null) {
      append(
          JsonObject.builder()
              .put("receiver", key.receiver().value())
              .put("ended", key.messageId().value())
              .build()
              .toString());
      shrink();
    }
  }

  @Override
  public synchronized void close() {
    log.close();
  }

  private void append(String line) {
    history++;
    try {
      log.append(line);
    } catch (StoreException e) {
      LOG.error("a message under way would not survive a restart", e);
    }
  }

  private void shrink() {
    if (history > MIN_HISTORY && history > 4L * live.size()) {
      log.rewrite(List.copyOf(live.values()));
      history = live.size();
    }
  }

  private void load(String line) {
    history++;
    try {
      JsonObject fields = JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8));
      AgentId receiver = new AgentId(fields.string("receiver"));
      if (fields.has("ended")) {
        live.remove(new DeliveryKey(new MessageId(fields.string("ended")), receiver));
      } else {
        Pending pending = pending(line);
        live.put(new DeliveryKey(pending.message().messageId(), receiver), line);
      }
    } catch (InvalidMessageException | IllegalArgumentException | NoSuchElementException e) {
      LOG.warn("not an entry, left out: line={}", line, e);
    }
  }

  private static Pending pending(String line) {
    JsonObject fields = JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8));
    AgentType type = WireNamed.parse(AgentType.class, fields.string("type")).orElseThrow();
    return new Pending(
        Message.of(JsonObject.parse(fields.object("message").toBytes())),
        AgentIdentity.of(fields.string("receiver"), type));
  }
}
