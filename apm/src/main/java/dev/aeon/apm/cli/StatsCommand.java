package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ndjson.ChannelName;
import dev.aeon.apm.channel.ndjson.ChannelScan;
import dev.aeon.apm.channel.ndjson.ChannelStatus;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.store.DeadLetterQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;

@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = {
      "Counts messages, and tells how far readers are behind.",
      "Of each channel: messages by type, retries, what is no message; and how many messages lie in",
      "the dead-letter queues."
    },
    footer = {"", "Examples:", "  apm stats", "  apm stats -since 1h -agent impl_001 -json"})
final class StatsCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private Selection selection = new Selection();
  @Mixin private OutputOption output = new OutputOption();

  private final Map<String, ChannelTally> tallies = new TreeMap<>();

  @Override
  public Integer call() throws IOException {
    Path path = directory.existing();
    List<ChannelName> channels =
        ChannelScan.channels(path).stream().filter(selection::wants).toList();
    for (ChannelName channel : channels) {
      tallies.put(channel.toString(), new ChannelTally(ChannelStatus.of(path, channel)));
    }
    count(path);
    Map<String, Integer> deadLetters = new TreeMap<>();
    DeadLetterQueue.owners(path)
        .forEach(owner -> deadLetters.put(owner.value(), DeadLetterQueue.read(path, owner).size()));
    output.print(toJson(deadLetters), text(deadLetters));
    return 0;
  }

  private void count(Path path) throws IOException {
    RecordedListener listener =
        new RecordedListener(
            recorded -> {
              ChannelTally tally = tallies.get(recorded.channel().toString());
              if (tally != null) {
                tally.passes(recorded, selection.wants(recorded));
              }
            },
            bad -> {
              ChannelTally tally = tallies.get(bad.source().channel());
              if (tally != null) {
                tally.isBad();
              }
            },
            gap -> {
              ChannelTally tally = tallies.get(gap.source().channel());
              if (tally != null) {
                tally.misses(gap.missing());
              }
            });
    try (ChannelScan scan = ChannelScan.open(path, selection::wants, listener)) {
      scan.advance();
    }
  }

  private JsonObject toJson(Map<String, Integer> deadLetters) {
    JsonObjectBuilder letters = JsonObject.builder();
    deadLetters.forEach((agent, count) -> letters.put(agent, count));
    return JsonObject.builder()
        .putObjects("channels", tallies.values().stream().map(ChannelTally::toJson).toList())
        .put("messages", tallies.values().stream().mapToLong(ChannelTally::messages).sum())
        .put("deadLetters", letters.build())
        .build();
  }

  private String text(Map<String, Integer> deadLetters) {
    Table table =
        new Table(
            "CHANNEL",
            "MESSAGES",
            "RETRIES",
            "BAD",
            "MISSING",
            "BYTES",
            "FILES",
            "BEHIND",
            "LAST",
            "TYPES");
    tallies.values().forEach(tally -> table.row(cells(tally)));
    String letters =
        deadLetters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return table.text() + "\ndead letters: " + (letters.isEmpty() ? "none" : letters);
  }

  private String[] cells(ChannelTally tally) {
    return new String[] {
      tally.status().name().toString(),
      Long.toString(tally.messages()),
      Long.toString(tally.retries()),
      tally.bad() == 0 ? "0" : output.styled(Long.toString(tally.bad()), Style.fg_red),
      tally.missing() == 0 ? "0" : output.styled(Long.toString(tally.missing()), Style.fg_red),
      Long.toString(tally.status().byteSize()),
      Integer.toString(tally.status().fileCount()),
      tally.behind().entrySet().stream()
          .map(reader -> reader.getKey() + ":" + reader.getValue())
          .collect(Collectors.joining(" ")),
      tally.newest().map(Timestamps::format).orElse("-"),
      tally.types().entrySet().stream()
          .map(type -> type.getKey() + ":" + type.getValue())
          .collect(Collectors.joining(" "))
    };
  }
}
