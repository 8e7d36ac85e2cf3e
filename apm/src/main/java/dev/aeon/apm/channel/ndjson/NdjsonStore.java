package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import java.util.List;

/**
 * Puts batches of messages into a channel's file, forced where any of them asks for that; what is
 * in it then goes to the relay as well.
 */
final class NdjsonStore implements Store {
  private final LineFile file;
  private final Relay.Sending relay;

  NdjsonStore(LineFile file, Relay.Sending relay) {
    this.file = file;
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
  public void close() {
    try (relay) {
      file.close();
    }
  }

  private void commit(List<Append> staged) {
    long position = file.position();
    LineFile.Committed committed = file.commit(staged.stream().anyMatch(Append::isDurable));
    int lineCount = committed.lineCount();
    relay(position, staged.subList(0, lineCount));
    staged.subList(0, lineCount).forEach(Append::succeed);
    committed
        .failure()
        .ifPresent(failure ->
            staged.subList(lineCount, staged.size()).forEach(append -> append.fail(failure)));
  }

  private void relay(long first, List<Append> committed) {
    long position = first;
    for (Append append : committed) {
      byte[] line = append.message().line();
      relay.offer(position, line);
      position += line.length + 1;
    }
  }
}
