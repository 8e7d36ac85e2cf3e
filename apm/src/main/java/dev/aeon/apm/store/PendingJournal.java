package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.PendingStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the messages under way in two files: a line when one sets out, a line when it comes to its
 * end. Once the newer is full what still counts of the older is appended to it, and it takes the
 * older's place. Of those that ended the newest {@value #MAX_ENDED} are remembered, since their
 * receivers may say so again, and of those that were delivered the message is found as long as
 * neither file was dropped, since their receivers may refuse them after all. Thread-safe.
 */
public final class PendingJournal implements PendingStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PendingJournal.class);

  /** How many messages that ended are remembered: as many as a receiver lets wait. */
  static final int MAX_ENDED = 65_536;

  private static final long FULL_BYTE_SIZE = 32L << 20;

  /** Where a line lies: in the newer file if its number is the newest, in the older if one less. */
  private record Place(int file, long byteOffset, int byteSize) {}

  private record Live(String line, boolean isRequest, Optional<Instant> due, Place place) {
    private Live movedTo(Place newPlace) {
      return new Live(line, isRequest, due, newPlace);
    }
  }

  /**
   * An end that is remembered.
   *
   * @param file the number of the file that says so
   * @param place where the message lies, where it may be asked for
   */
  private record End(Ended ended, int file, @Nullable Place place) {
    private End movedTo(int newFile, @Nullable Place newPlace) {
      return new End(ended, newFile, newPlace);
    }
  }

  private final Map<DeliveryKey, Live> live = new LinkedHashMap<>();
  private final Map<DeliveryKey, End> ended = new LinkedHashMap<>();
  private final Set<AgentId> forgotten = new LinkedHashSet<>();
  private final Path newer;
  private final Path older;
  private final long fullByteSize;
  private final int maxEnded;
  private final LineLog log;
  private final List<Pending> found;
  private int newest = 1;
  private long liveByteSize;

  /** Whether a message set out since the last force. */
  private boolean unforced;

  /** Whether a force failed, so that the file may lack some of what set out. */
  private boolean doubtful;

  PendingJournal(Storage storage, Path path) {
    this(storage, path, FULL_BYTE_SIZE, MAX_ENDED);
  }

  PendingJournal(Storage storage, Path path, long fullByteSize, int maxEnded) {
    this.maxEnded = maxEnded;
    this.newer = path;
    this.older = path.resolveSibling("pending.old.ndjson");
    this.fullByteSize = fullByteSize;
    if (Files.exists(older)) {
      LineLog.open(storage, older, (line, byteOffset) -> load(line, newest - 1, byteOffset))
          .close();
    }
    this.log = LineLog.open(storage, path, (line, byteOffset) -> load(line, newest, byteOffset));
    this.found = live.values().stream().flatMap(each -> read(each.line()).stream()).toList();
  }

  /** What was under way when the journal was opened, in the order in which it set out. */
  public List<Pending> found() {
    return found;
  }

  /** What ended last, at most {@value #MAX_ENDED}, oldest first. */
  public synchronized List<Ended> ended() {
    return ended.values().stream().map(End::ended).toList();
  }

  /** The receivers of whose messages not all that ended are remembered. */
  public synchronized Set<AgentId> forgotten() {
    return Set.copyOf(forgotten);
  }

  @Override
  public synchronized void add(RoutedMessage message) {
    Message sent = message.message();
    DeliveryKey key = new DeliveryKey(sent.messageId(), message.target().agentId());
    if (!live.containsKey(key)) {
      String line = PendingLine.added(message);
      long byteOffset = log.append(line);
      int byteSize = (int) (log.byteSize() - byteOffset - 1);
      Place place = new Place(newest, byteOffset, byteSize);
      enter(key, new Live(line, sent.type().isRequest(), sent.responseDeadline(), place));
      unforced = true;
    }
  }

  private void enter(DeliveryKey key, Live sent) {
    leave(key);
    live.put(key, sent);
    liveByteSize += sent.place().byteSize();
  }

  private @Nullable Live leave(DeliveryKey key) {
    Live sent = live.remove(key);
    if (sent != null) {
      liveByteSize -= sent.place().byteSize();
    }
    return sent;
  }

  @Override
  public synchronized Optional<Pending> find(DeliveryKey key) {
    End end = ended.get(key);
    return end == null ? Optional.empty() : lineAt(end.place()).flatMap(PendingJournal::read);
  }

  private Optional<String> lineAt(@Nullable Place place) {
    if (place == null || place.file() < newest - 1) {
      return Optional.empty();
    }
    Path path = place.file() == newest ? newer : older;
    try {
      return Optional.of(LineLog.read(path, place.byteOffset(), place.byteSize()));
    } catch (StoreException e) {
      LOG.warn("a message that was sent cannot be read again: place={}", place, e);
      return Optional.empty();
    }
  }

  private static Optional<Pending> read(String line) {
    try {
      return Optional.of(PendingLine.parse(line).pending());
    } catch (InvalidMessageException | IllegalArgumentException | NoSuchElementException e) {
      LOG.warn("not an entry, left out: line={}", line, e);
      return Optional.empty();
    }
  }

  @Override
  public synchronized void force() {
    if (!unforced) {
      return;
    }
    if (doubtful) {
      rewrite();
    } else {
      forceLog();
    }
    unforced = false;
  }

  private void forceLog() {
    try {
      log.force();
    } catch (StoreException e) {
      doubtful = true;
      throw e;
    }
  }

  @Override
  public synchronized void end(DeliveryKey key, String correlation, MessageState state) {
    Live sent = leave(key);
    End before = ended.get(key);
    if (sent != null) {
      Optional<Instant> due = state == MessageState.DELIVERED ? sent.due() : Optional.empty();
      end(new Ended(key, correlation, state, sent.isRequest(), due), sent.place());
    } else if (before != null && before.ended().state() != state) {
      boolean isRequest = before.ended().isRequest();
      end(new Ended(key, correlation, state, isRequest, Optional.empty()), null);
    }
  }

  @Override
  public synchronized void told(DeliveryKey key) {
    End end = ended.get(key);
    if (end != null && end.ended().due().isPresent()) {
      Ended told = end.ended();
      end(
          new Ended(key, told.correlation(), told.state(), told.isRequest(), Optional.empty()),
          end.place());
    }
  }

  private void end(Ended end, @Nullable Place place) {
    remember(end, newest, place);
    try {
      long _ = log.append(PendingLine.ended(end));
      shrink();
    } catch (StoreException e) {
      LOG.error("a message that ended would be sent again after a restart: key={}", end.key(), e);
    }
  }

  private void remember(Ended end, int file, @Nullable Place place) {
    ended.remove(end.key());
    ended.put(end.key(), new End(end, file, end.state() == MessageState.DELIVERED ? place : null));
    if (ended.size() > maxEnded) {
      DeliveryKey oldest = ended.keySet().iterator().next();
      ended.remove(oldest);
      forgotten.add(oldest.receiver());
    }
  }

  @Override
  public synchronized void close() {
    log.close();
  }

  private void shrink() {
    if (log.byteSize() > Math.max(fullByteSize, 2 * liveByteSize) && !doubtful) {
      rotate();
    }
  }

  private void rotate() {
    Batch batch = new Batch(log.byteSize());
    forgotten.forEach(receiver -> batch.add(PendingLine.forgotten(receiver)));
    for (End end : ended.values()) {
      // The end of what is under way once more must not come after it.
      if (end.file() < newest && !live.containsKey(end.ended().key())) {
        batch.add(PendingLine.ended(end.ended()));
      }
    }
    Map<DeliveryKey, Live> carried = new HashMap<>();
    live.forEach((key, sent) -> {
      if (sent.place().file() < newest) {
        carried.put(key, carried(sent, batch));
      }
    });
    if (!batch.lines.isEmpty()) {
      long _ = log.append(String.join("\n", batch.lines));
    }
    log.rotate(older);
    ended.replaceAll((_, end) -> end.file() < newest ? end.movedTo(newest, end.place()) : end);
    live.putAll(carried);
    newest++;
  }

  private static Live carried(Live sent, Batch batch) {
    return sent.movedTo(batch.add(sent.line()));
  }

  /** Replaces the newer file by one that says all of it anew. */
  private void rewrite() {
    Batch batch = new Batch(0);
    forgotten.forEach(receiver -> batch.add(PendingLine.forgotten(receiver)));
    ended.replaceAll((_, end) -> {
      Place place = lineAt(end.place()).map(batch::add).orElse(null);
      batch.add(PendingLine.ended(end.ended()));
      return end.movedTo(newest, place);
    });
    live.replaceAll((_, sent) -> carried(sent, batch));
    log.rewrite(batch.lines);
    unforced = false;
    doubtful = false;
  }

  private void load(String line, int file, long byteOffset) {
    try {
      PendingLine read = PendingLine.parse(line);
      if (read.isForgotten()) {
        forgotten.add(read.forgotten());
      } else if (read.isEnded()) {
        loadEnd(read.ended(), file);
      } else {
        Place place = new Place(file, byteOffset, line.getBytes(StandardCharsets.UTF_8).length);
        enter(read.key(), new Live(line, read.isRequest(), read.due(), place));
      }
    } catch (InvalidMessageException | IllegalArgumentException | NoSuchElementException e) {
      LOG.warn("not an entry, left out: line={}", line, e);
    }
  }

  private void loadEnd(Ended end, int file) {
    Live sent = leave(end.key());
    End before = ended.get(end.key());
    Place known = before == null ? null : before.place();
    remember(end, file, sent == null ? known : sent.place());
  }

  /** Lines that are written together, and where each lies then. */
  private final class Batch {
    final List<String> lines = new ArrayList<>();
    private long end;

    Batch(long start) {
      this.end = start;
    }

    Place add(String line) {
      int byteSize = line.getBytes(StandardCharsets.UTF_8).length;
      Place place = new Place(newest, end, byteSize);
      lines.add(line);
      end += byteSize + 1;
      return place;
    }
  }
}
