package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Everything that one agent keeps below the APM directory:
 *
 * <pre>
 * dlq/{agentId}/messages.ndjson      messages that failed
 * state/{agentId}/pending.ndjson     messages under way, and those delivered of late
 * state/{agentId}/processed/*.log    messages handled, one file for each hour
 * state/{agentId}/entities.ndjson    the newest state of each entity that others told us of
 * </pre>
 */
public final class AgentStore implements AutoCloseable {
  private final DeadLetterQueue deadLetters;
  private final PendingJournal pending;
  private final ProcessedMessages processed;
  private final EntityStates states;

  private AgentStore(
      DeadLetterQueue deadLetters,
      PendingJournal pending,
      ProcessedMessages processed,
      EntityStates states) {
    this.deadLetters = deadLetters;
    this.pending = pending;
    this.processed = processed;
    this.states = states;
  }

  /**
   * Opens an agent's store, made where it is not there. One process at a time may have it open.
   *
   * @throws StoreException where a file cannot be opened
   */
  public static AgentStore open(Path apmDirectory, AgentId agentId, InstantSource clock) {
    return open(Storage.chosen(), apmDirectory, agentId, clock);
  }

  static AgentStore open(Storage storage, Path apmDirectory, AgentId agentId, InstantSource clock) {
    try {
      String agent = agentId.value();
      Path state = Directories.make(storage, apmDirectory, "state", agent);
      Path processed = Directories.make(storage, apmDirectory, "state", agent, "processed");
      return new AgentStore(
          DeadLetterQueue.open(storage, apmDirectory, agentId, clock),
          new PendingJournal(storage, state.resolve("pending.ndjson")),
          new ProcessedLog(storage, processed, clock),
          new EntityStates(storage, state.resolve("entities.ndjson")));
    } catch (IOException e) {
      throw new StoreException("cannot make: path=" + apmDirectory, e);
    }
  }

  public DeadLetterQueue deadLetters() {
    return deadLetters;
  }

  public PendingJournal pending() {
    return pending;
  }

  public ProcessedMessages processed() {
    return processed;
  }

  public EntityStates states() {
    return states;
  }

  /**
   * Makes what sets out, and the states that were told, survive the machine.
   *
   * @throws StoreException where that cannot be; may be called again, and makes up for it then
   */
  public void commit() {
    pending.force();
    states.commit();
  }

  @Override
  public void close() {
    states.close();
    deadLetters.close();
    pending.close();
    processed.close();
  }
}
