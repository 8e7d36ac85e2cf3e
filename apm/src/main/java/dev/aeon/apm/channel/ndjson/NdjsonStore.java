package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import dev.aeon.apm.message.MessageId;
import java.util.List;

/**
 * Puts batches of messages into a channel's file, forced where any of them asks for that; what is
 * in it then goes to the relay as well.
 */
final class NdjsonStore implements Store {
  private final LineFile file;
  private final Unread unread;
  private final Relay.Sending relay;

  NdjsonStore(LineFile file, Unread unread, Relay.Sending relay) {
    this.file = file;
    this.unread = unread;
    this.relay = relay;
  }

  @Override
  public void store(List<Append> batch) {
    int from = 0;
    while (from < batch.size()) {
      int to = from;
      while (to < batch.size() && file.stage(batch.get(to).message().line())) {
        to++;
      }
      commit(batch.subList(from, to));
      from = to;
    }
  }

  @Override
  public boolean remind(MessageId messageId) {
    return unread.remind(messageId);
  }

  @Override
  public void close() {
    try (relay) {
      file.close();
    }
  }

  private void commit(List<Append> staged) {
    long position = file.position();
    LineFile.Committed committed = file.commit(staged.stream().anyMatch(Append::isDurable));
    int lineCount = committed.lineCount();
    List<Append> stored = staged.subList(0, lineCount);
    note(position, stored);
    stored.forEach(Append::succeed);
    committed
        .failure()
        .ifPresent(failure ->
            staged.subList(lineCount, staged.size()).forEach(append -> append.fail(failure)));
  }

  /** Notes where each line lies, and hands it to the relay. */
  private void note(long first, List<Append> stored) {
    long position = first;
    for (Append append : stored) {
      byte[] line = append.message().line();
      unread.appended(append.message().message().messageId(), position);
      relay.offer(position, line);
      position += line.length + 1;
    }
  }
}
