package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import dev.aeon.apm.message.MessageId;
import java.util.ArrayList;
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
      List<byte[]> lines = stage(batch.subList(from, batch.size()));
      int to = from + lines.size();
      commit(batch.subList(from, to), lines);
      from = to;
    }
  }

  /** Numbers as many lines as fit beside each other. */
  private List<byte[]> stage(List<Append> appends) {
    List<byte[]> lines = new ArrayList<>(appends.size());
    for (Append append : appends) {
      byte[] line = SequenceNumber.line(append.message().message(), file.nextNumber());
      if (!file.stage(line)) {
        return lines;
      }
      lines.add(line);
    }
    return lines;
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

  private void commit(List<Append> staged, List<byte[]> lines) {
    long position = file.position();
    LineFile.Committed committed = file.commit(staged.stream().anyMatch(Append::isDurable));
    int lineCount = committed.lineCount();
    List<Append> stored = staged.subList(0, lineCount);
    note(position, stored, lines);
    stored.forEach(Append::succeed);
    committed
        .failure()
        .ifPresent(failure ->
            staged.subList(lineCount, staged.size()).forEach(append -> append.fail(failure)));
  }

  /** Notes where each line lies, and hands it to the relay. */
  private void note(long first, List<Append> stored, List<byte[]> lines) {
    long position = first;
    for (int index = 0; index < stored.size(); index++) {
      byte[] line = lines.get(index);
      unread.appended(stored.get(index).message().message().messageId(), position);
      relay.offer(position, line);
      position += line.length + 1;
    }
  }
}
