package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of an agent's own, of each key the newest, in a file {@code
 * state/{agentId}/{name}.ndjson}: a line for each change, and the file written anew once most of it
 * is history. What was put survives the machine. Thread-safe.
 */
public final class Records implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Records.class);
  private static final int MIN_HISTORY = 1000;

  private final String keyName;
  private final Map<String, JsonObject> newest = new LinkedHashMap<>();
  private final LineLog log;
  private int history;

  private Records(Storage storage, Path path, String keyName) {
    this.keyName = keyName;
    this.log = LineLog.open(storage, path, this::load);
  }

  /**
   * Opens an agent's records, made where they are not there.
   *
   * @param name of the file
   * @param keyName the field by which records are told apart
   * @throws StoreException where the file cannot be opened
   */
  public static Records open(Path apmDirectory, AgentId agentId, String name, String keyName) {
    return open(Storage.chosen(), apmDirectory, agentId, name, keyName);
  }

  static Records open(
      Storage storage, Path apmDirectory, AgentId agentId, String name, String keyName) {
    try {
      Path state = Directories.make(storage, apmDirectory, "state", agentId.value());
      return new Records(storage, state.resolve(name + ".ndjson"), keyName);
    } catch (IOException e) {
      throw new StoreException("cannot make: path=" + apmDirectory, e);
    }
  }

  /** The newest record of each key, in the order in which the keys came. */
  public synchronized List<JsonObject> list() {
    return List.copyOf(newest.values());
  }

  /**
   * Puts a record in the place of the one with its key.
   *
   * @throws StoreException where it cannot be written
   * @throws NoSuchElementException where it has no key
   * @throws IllegalArgumentException where it has more than 16 MiB
   */
  public synchronized void put(JsonObject record) {
    String key = record.string(keyName);
    String line = record.toString();
    int byteSize = line.getBytes(StandardCharsets.UTF_8).length;
    if (byteSize > LineLog.MAX_LINE_BYTE_SIZE) {
      throw new IllegalArgumentException(
          "too long: key="
              + key
              + " byteSize="
              + byteSize
              + " limit="
              + LineLog.MAX_LINE_BYTE_SIZE);
    }
    log.append(line);
    log.force();
    newest.put(key, record);
    history++;
    if (history > MIN_HISTORY && history > 4L * newest.size()) {
      log.rewrite(newest.values().stream().map(JsonObject::toString).toList());
      history = newest.size();
    }
  }

  @Override
  public synchronized void close() {
    log.close();
  }

  private void load(String line) {
    history++;
    try {
      JsonObject record = JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8));
      newest.put(record.string(keyName), record);
    } catch (InvalidMessageException | NoSuchElementException e) {
      LOG.warn("not a record, left out: line={}", line, e);
    }
  }
}
