package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What is counted of one channel. Confined to one thread. */
final class ChannelTally {
  private final ChannelStatus status;
  private final Map<String, Long> types = new TreeMap<>();

  private final List<Backlog> backlogs;

  private long messages;
  private long retries;
  private long bad;
  private long missing;
  private @Nullable Instant newest;

  /**
   * Nothing counted yet.
   *
   * @param readers where the channel's readers stand
   */
  ChannelTally(ChannelStatus status, List<ChannelStatus.Reader> readers) {
    this.status = status;
    this.backlogs = readers.stream().map(Backlog::new).toList();
  }

  /** A message went by, which is counted where it is wanted. */
  void passes(Recorded recorded, boolean isWanted) {
    backlogs.forEach(each -> each.passes(recorded.position()));
    if (isWanted) {
      count(recorded);
    }
  }

  private void count(Recorded recorded) {
    messages++;
    types.merge(recorded.message().envelope().typeName(), 1L, Long::sum);
    if (recorded.isRetry()) {
      retries++;
    }
    Instant time = recorded.message().envelope().timestamp();
    Instant latest = newest;
    newest = latest == null || time.isAfter(latest) ? time : latest;
  }

  void isBad() {
    bad++;
  }

  /** The channel's numbers promised so many more messages. */
  void misses(long count) {
    missing += count;
  }

  ChannelStatus status() {
    return status;
  }

  long messages() {
    return messages;
  }

  long retries() {
    return retries;
  }

  long bad() {
    return bad;
  }

  long missing() {
    return missing;
  }

  Map<String, Long> types() {
    return types;
  }

  List<Backlog> backlogs() {
    return backlogs;
  }

  Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }

  JsonObject toJson() {
    JsonObjectBuilder fields =
        JsonObject.builder()
            .put("channel", status.name().toString())
            .put("messages", messages)
            .put("retries", retries)
            .put("bad", bad)
            .put("missing", missing)
            .put("begin", status.begin())
            .put("end", status.end())
            .put("files", status.fileCount())
            .put("behind", behind(_ -> true, Backlog::most))
            .put("types", counts(types));
    if (backlogs.stream().anyMatch(each -> !each.isExact())) {
      fields.put("behindAtLeast", behind(each -> !each.isExact(), Backlog::least));
    }
    newest().ifPresent(time -> fields.put("newest", Timestamps.format(time)));
    return fields.build();
  }

  private JsonObject behind(Predicate<Backlog> wanted, ToLongFunction<Backlog> count) {
    JsonObjectBuilder fields = JsonObject.builder();
    backlogs.stream()
        .filter(wanted)
        .forEach(each -> fields.put(each.reader(), count.applyAsLong(each)));
    return fields.build();
  }

  private static JsonObject counts(Map<String, Long> counts) {
    JsonObjectBuilder fields = JsonObject.builder();
    counts.forEach(fields::put);
    return fields.build();
  }
}
