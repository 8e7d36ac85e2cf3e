package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states that other agents told us by STATE_SYNC (section 2.4): of each entity the newest, by
 * the time at which it changed. Thread-safe.
 */
public final class EntityStates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EntityStates.class);
  private static final int MIN_HISTORY = 1000;

  private record Key(EntityType type, String id) {}

  /** The newest word on each entity, a deletion too, so that an older one does not undo it. */
  private final Map<Key, StateSync> newest = new LinkedHashMap<>();

  private final @Nullable LineLog log;
  private int history;

  /** Whether there is anything to commit. */
  private boolean changed;

  /** Whether the file lacks some of what is known, or may. */
  private boolean doubtful;

  /** Forgets all with the process. */
  public EntityStates() {
    this.log = null;
  }

  EntityStates(Storage storage, Path path) {
    this.log = LineLog.open(storage, path, this::load);
  }

  /**
   * Takes over what is said of an entity, durably after {@link #commit}; false where we know it
   * already, or something newer.
   */
  public synchronized boolean apply(StateSync sync) {
    if (!isNews(sync)) {
      return false;
    }
    newest.put(keyOf(sync), sync);
    changed = true;
    if (log != null && !doubtful) {
      append(log, sync);
    }
    return true;
  }

  private void append(LineLog file, StateSync sync) {
    try {
      file.append(sync.fields().toString());
      history++;
      shrink(file);
    } catch (StoreException e) {
      LOG.error("a state would not survive a restart yet: {}", sync.entityId(), e);
      doubtful = true;
    }
  }

  /**
   * Makes what was taken over survive the machine; does nothing where nothing was.
   *
   * @throws StoreException where it cannot; may be called again then, and makes up for it
   */
  public synchronized void commit() {
    if (log == null || !changed) {
      return;
    }
    if (doubtful) {
      rewrite(log);
    } else {
      force(log);
    }
    changed = false;
  }

  private void force(LineLog file) {
    try {
      file.force();
    } catch (StoreException e) {
      doubtful = true;
      throw e;
    }
  }

  /** The state of an entity; empty where it is not known, or was deleted. */
  public synchronized Optional<JsonObject> find(EntityType type, String entityId) {
    return Optional.ofNullable(newest.get(new Key(type, entityId)))
        .filter(sync -> sync.operation() != StateOperation.DELETE)
        .map(StateSync::state);
  }

  @Override
  public synchronized void close() {
    if (log != null) {
      log.close();
    }
  }

  private boolean isNews(StateSync sync) {
    StateSync known = newest.get(keyOf(sync));
    return known == null
        || sync.syncTimestamp().isAfter(known.syncTimestamp())
        || (sync.syncTimestamp().equals(known.syncTimestamp()) && !sync.equals(known));
  }

  private void shrink(LineLog file) {
    if (history > MIN_HISTORY && history > 4L * newest.size()) {
      rewrite(file);
    }
  }

  private void rewrite(LineLog file) {
    file.rewrite(newest.values().stream().map(sync -> sync.fields().toString()).toList());
    history = newest.size();
    doubtful = false;
  }

  private void load(String line) {
    history++;
    try {
      StateSync sync = new StateSync(JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)));
      newest.put(keyOf(sync), sync);
    } catch (InvalidMessageException e) {
      LOG.warn("not a state, left out: line={}", line, e);
    }
  }

  private static Key keyOf(StateSync sync) {
    return new Key(sync.entityType(), sync.entityId());
  }

  /** How many entities are known. */
  public synchronized int size() {
    return (int)
        newest.values().stream().filter(sync -> sync.operation() != StateOperation.DELETE).count();
  }
}
