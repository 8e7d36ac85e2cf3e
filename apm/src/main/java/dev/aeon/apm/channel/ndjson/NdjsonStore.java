package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import java.util.List;

/** Puts batches of messages into a channel's file, forced where any of them asks for that. */
final class NdjsonStore implements Store {
  private final LineFile file;

  NdjsonStore(LineFile file) {
    this.file = file;
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
    file.close();
  }

  private void commit(List<Append> staged) {
    LineFile.Committed committed = file.commit(staged.stream().anyMatch(Append::isDurable));
    int lineCount = committed.lineCount();
    staged.subList(0, lineCount).forEach(Append::succeed);
    committed
        .failure()
        .ifPresent(failure ->
            staged.subList(lineCount, staged.size()).forEach(append -> append.fail(failure)));
  }
}
