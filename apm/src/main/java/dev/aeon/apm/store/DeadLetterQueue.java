package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.MessageIds;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
  private static final String FILE = "messages.ndjson";

  private final AgentId agentId;
  private final InstantSource clock;
  private final MessageIds ids;
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
  private final Map<DeliveryKey, String> entryIds = new HashMap<>();
  private final LineLog log;

  private DeadLetterQueue(Storage storage, Path path, AgentId agentId, InstantSource clock) {
    this.agentId = agentId;
    this.clock = clock;
    this.ids = new MessageIds(clock);
    this.log = LineLog.open(storage, path, line -> load(line, agentId, letters));
    letters.forEach((entryId, letter) -> entryIds.put(keyOf(letter), entryId));
  }

  /**
   * Opens an agent's queue, made where it is not there.
   *
   * @param apmDirectory the directory in which {@code dlq} lies
   * @throws StoreException where it cannot be opened
   */
  public static DeadLetterQueue open(Path apmDirectory, AgentId agentId, InstantSource clock) {
    return open(Storage.REAL, apmDirectory, agentId, clock);
  }

  static DeadLetterQueue open(
      Storage storage, Path apmDirectory, AgentId agentId, InstantSource clock) {
    try {
      Path directory = Directories.make(storage, apmDirectory, "dlq", agentId.value());
      return new DeadLetterQueue(storage, directory.resolve(FILE), agentId, clock);
    } catch (IOException e) {
      throw new StoreException("cannot make: path=" + apmDirectory, e);
    }
  }

  /**
   * What is in an agent's queue, for somebody who only looks: no file is made or mended.
   *
   * @throws StoreException where the file is there and cannot be read
   */
  public static List<DeadLetter> read(Path apmDirectory, AgentId agentId) {
    Path file = apmDirectory.resolve("dlq").resolve(agentId.value()).resolve(FILE);
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    LineLog.read(file, line -> load(line, agentId, letters));
    return List.copyOf(letters.values());
  }

  /** A queue as one document: agentId, exportedAt, count and entries. */
  public static JsonObject document(AgentId agentId, Instant exportedAt, List<DeadLetter> letters) {
    return JsonObject.builder()
        .put("agentId", agentId.value())
        .put("exportedAt", Timestamps.format(exportedAt))
        .put("count", letters.size())
        .putObjects("entries", letters.stream().map(DeadLetter::fields).toList())
        .build();
  }

  /**
   * The agents that have a queue, by name.
   *
   * @throws StoreException where the directory cannot be read
   */
  public static List<AgentId> owners(Path apmDirectory) {
    Path root = apmDirectory.resolve("dlq");
    List<AgentId> owners = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
      for (Path path : found) {
        String name = path.getFileName().toString();
        if (AgentId.isLegal(name) && Files.exists(path.resolve(FILE))) {
          owners.add(new AgentId(name));
        }
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new StoreException("cannot list: path=" + root, e);
    }
    owners.sort(Comparator.comparing(AgentId::value));
    return owners;
  }

  /**
   * Takes a message in, durably. Where it is there already, as it failed again after it was
   * re-driven, or a crash kept its sender from forgetting it, this takes that entry's place.
   *
   * @throws StoreException where it cannot be written
   */
  public synchronized DeadLetter add(Failure failure) {
    Optional<DeadLetter> before = find(failure.message().messageId(), failure.receiver().agentId());
    if (before.filter(known -> known.isOf(failure)).isPresent()) {
      return before.get();
    }
    String entryId =
        before
            .map(DeadLetter::entryId)
            .orElseGet(() -> ids.next().value().replaceFirst("msg_", "dlq_"));
    DeadLetter letter = DeadLetter.of(entryId, clock.instant(), failure);
    log.append(letter.fields().toString());
    log.force();
    letters.put(entryId, letter);
    entryIds.put(keyOf(letter), entryId);
    return letter;
  }

  /** The letter of one copy of a message. */
  public synchronized Optional<DeadLetter> find(MessageId messageId, AgentId receiver) {
    return Optional.ofNullable(entryIds.get(new DeliveryKey(messageId, receiver)))
        .flatMap(this::find);
  }

  private static DeliveryKey keyOf(DeadLetter letter) {
    return new DeliveryKey(letter.message().messageId(), letter.receiver().agentId());
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

  /**
   * Takes a letter out, durably; false where there is none of that id.
   *
   * @throws StoreException where that cannot be written: the letter is still there
   */
  public synchronized boolean remove(String entryId) {
    if (!letters.containsKey(entryId)) {
      return false;
    }
    log.append(JsonObject.builder().put("removed", entryId).build().toString());
    log.force();
    entryIds.remove(keyOf(letters.remove(entryId)));
    return true;
  }

  /** Takes out what {@code which} holds for; returns how many that were. */
  public synchronized int purge(Predicate<DeadLetter> which) {
    List<String> doomed = letters.values().stream().filter(which).map(DeadLetter::entryId).toList();
    doomed.forEach(this::remove);
    return doomed.size();
  }

  /**
   * Writes the queue as one {@link #document}.
   *
   * @throws StoreException where the file cannot be written
   */
  public synchronized void export(Path file) {
    JsonObject document = document(agentId, clock.instant(), list());
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

  private static void load(String line, AgentId agentId, Map<String, DeadLetter> letters) {
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
