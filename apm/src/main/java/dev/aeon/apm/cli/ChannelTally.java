package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ndjson.ChannelStatus;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is counted of one channel. Confined to one thread. */
final class ChannelTally {
  private final ChannelStatus status;
  private final Map<String, Long> types = new TreeMap<>();

  /** How many messages each reader has before it, less those that it settled out of turn. */
  private final Map<String, Long> behind = new TreeMap<>();

  private long messages;
  private long retries;
  private long bad;
  private long missing;
  private @Nullable Instant newest;

  ChannelTally(ChannelStatus status) {
    this.status = status;
    status.readers().forEach(reader -> behind.put(reader.name(), (long) -reader.settledAbove()));
  }

  /** A message went by, which is counted where it is wanted. */
  void passes(Recorded recorded, boolean isWanted) {
    for (ChannelStatus.Reader reader : status.readers()) {
      if (recorded.position() >= reader.position()) {
        behind.merge(reader.name(), 1L, Long::sum);
      }
    }
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

  Map<String, Long> behind() {
    return behind;
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
            .put("behind", counts(behind))
            .put("types", counts(types));
    newest().ifPresent(time -> fields.put("newest", Timestamps.format(time)));
    return fields.build();
  }

  private static JsonObject counts(Map<String, Long> counts) {
    JsonObjectBuilder fields = JsonObject.builder();
    counts.forEach(fields::put);
    return fields.build();
  }
}
