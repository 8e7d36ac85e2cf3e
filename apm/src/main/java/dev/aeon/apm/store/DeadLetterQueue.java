package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageIds;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.track.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's messages that failed for good, in {@code dlq/{agentId}/messages.ndjson}: one line per
 * dead letter, one per letter taken out again. A process that only looks may open it while the
 * agent's own appends. Thread-safe.
 */
public final class DeadLetterQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);

  private final AgentId agentId;
  private final InstantSource clock;
  private final MessageIds ids;
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
  private final LineLog log;

  private DeadLetterQueue(Path path, AgentId agentId, InstantSource clock) {
    this.agentId = agentId;
    this.clock = clock;
    this.ids = new MessageIds(clock);
    this.log = LineLog.open(path, this::load);
  }

  /**
   * Opens an agent's queue, made where it is not there.
   *
   * @param apmDirectory the directory in which {@code dlq} lies
   * @throws StoreException where it cannot be opened
   */
  public static DeadLetterQueue open(Path apmDirectory, AgentId agentId, InstantSource clock) {
    try {
      Path directory = Directories.make(apmDirectory, "dlq", agentId.value());
      return new DeadLetterQueue(directory.resolve("messages.ndjson"), agentId, clock);
    } catch (IOException e) {
      throw new StoreException("cannot make: path=" + apmDirectory, e);
    }
  }

  /**
   * Takes a message in, durably.
   *
   * @throws StoreException where it cannot be written
   */
  public synchronized DeadLetter add(Failure failure) {
    String entryId = ids.next().value().replaceFirst("msg_", "dlq_");
    DeadLetter letter = DeadLetter.of(entryId, clock.instant(), failure);
    log.append(letter.fields().toString());
    log.force();
    letters.put(entryId, letter);
    return letter;
  }

  /** What is in the queue, oldest first. */
  public synchronized List<DeadLetter> list() {
    return new ArrayList<>(letters.values());
  }

  /** How many letters it holds. */
  public synchronized int size() {
    return letters.size();
  }

  public synchronized Optional<DeadLetter> find(String entryId) {
    return Optional.ofNullable(letters.get(entryId));
  }

  /** Takes a letter out; false where there is none of that id. */
  public synchronized boolean remove(String entryId) {
    if (letters.remove(entryId) == null) {
      return false;
    }
    log.append(JsonObject.builder().put("removed", entryId).build().toString());
    log.force();
    return true;
  }

  /** Takes out what {@code which} holds for; returns how many that were. */
  public synchronized int purge(Predicate<DeadLetter> which) {
    List<String> doomed = letters.values().stream().filter(which).map(DeadLetter::entryId).toList();
    doomed.forEach(this::remove);
    return doomed.size();
  }

  /**
   * Writes the queue as one JSON document: agentId, exportedAt, count and entries.
   *
   * @throws StoreException where the file cannot be written
   */
  public synchronized void export(Path file) {
    JsonObject document =
        JsonObject.builder()
            .put("agentId", agentId.value())
            .put("exportedAt", Timestamps.format(clock.instant()))
            .put("count", letters.size())
            .putObjects("entries", letters.values().stream().map(DeadLetter::fields).toList())
            .build();
    try {
      AtomicFiles.write(file, (document + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StoreException("cannot export: path=" + file, e);
    }
  }

  @Override
  public synchronized void close() {
    log.close();
  }

  private void load(String line) {
    try {
      JsonObject fields = JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8));
      if (fields.has("removed")) {
        letters.remove(fields.string("removed"));
      } else {
        letters.put(fields.string("entryId"), new DeadLetter(fields));
      }
    } catch (InvalidMessageException | NoSuchElementException e) {
      LOG.warn("not a dead letter, left out: agentId={} line={}", agentId, line, e);
    }
  }
}
