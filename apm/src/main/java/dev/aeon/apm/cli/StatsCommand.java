package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.ChannelStatus.Reader;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.store.DeadLetterQueue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  @Mixin private BusOption bus = new BusOption();
  @Mixin private Selection selection = new Selection();
  @Mixin private OutputOption output = new OutputOption();

  private final Map<String, ChannelTally> tallies = new TreeMap<>();

  /** Channels that are counted for those that are wanted, and not shown. */
  private final Map<String, ChannelTally> others = new TreeMap<>();

  private final Map<String, Reader> shared = new TreeMap<>();
  private boolean isIncomplete;

  @Override
  public Integer call() {
    try (Backend backend = bus.open(directory)) {
      Archive archive = backend.archive();
      List<ChannelName> channels = archive.channels();
      channels.stream().filter(selection::wants).forEach(each -> look(archive, each, tallies));
      channels.stream().filter(this::sharesAPlace).forEach(each -> look(archive, each, others));
      count(archive);
      shareOut();
    }
    Path path = directory.path();
    Map<String, Integer> deadLetters = new TreeMap<>();
    DeadLetterQueue.owners(path)
        .forEach(owner -> deadLetters.put(owner.value(), DeadLetterQueue.read(path, owner).size()));
    output.print(toJson(deadLetters), text(deadLetters));
    return isIncomplete ? Failures.BROKEN : 0;
  }

  /** A channel that cannot be looked at does not hide the others. */
  private void look(Archive archive, ChannelName channel, Map<String, ChannelTally> group) {
    try {
      ChannelStatus status = archive.status(channel);
      group.put(
          channel.toString(),
          new ChannelTally(status, status.readers().stream().map(this::known).toList()));
    } catch (ChannelException e) {
      isIncomplete = true;
      output.warn("not counted: channel=" + channel + " cause=" + e.getMessage());
    }
  }

  /** What all channels to a reader share is looked at once. */
  private Reader known(Reader reader) {
    return reader.shared().isPresent()
        ? shared.computeIfAbsent(reader.name(), _ -> reader)
        : reader;
  }

  /** Whether a channel that is not wanted has to be counted for one that is. */
  private boolean sharesAPlace(ChannelName channel) {
    return !selection.wants(channel) && shared.containsKey(channel.receiver().value());
  }

  private void shareOut() {
    List<Backlog> backlogs =
        Stream.concat(tallies.values().stream(), others.values().stream())
            .flatMap(tally -> tally.backlogs().stream())
            .filter(Backlog::isShared)
            .toList();
    Map<String, Long> given =
        backlogs.stream()
            .collect(
                Collectors.groupingBy(Backlog::reader, Collectors.summingLong(Backlog::given)));
    backlogs.forEach(each -> each.givenInAll(given.getOrDefault(each.reader(), 0L)));
  }

  private @Nullable ChannelTally tally(String channel) {
    ChannelTally wanted = tallies.get(channel);
    return wanted == null ? others.get(channel) : wanted;
  }

  private void count(Archive archive) {
    RecordedListener listener =
        new RecordedListener(
            recorded -> {
              ChannelTally tally = tally(recorded.channel().toString());
              if (tally != null) {
                tally.passes(recorded, selection.wants(recorded));
              }
            },
            bad -> {
              ChannelTally tally = tally(bad.source().channel());
              if (tally != null) {
                tally.isBad();
              }
            },
            gap -> {
              ChannelTally tally = tally(gap.source().channel());
              if (tally != null) {
                tally.misses(gap.missing());
              }
            });
    try (Scan scan = archive.scan(channel -> tally(channel.toString()) != null, listener)) {
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
            .filter(entry -> entry.getValue() > 0)
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
      byteSize(tally.status()),
      tally.status().fileCount() == 0 ? "-" : Integer.toString(tally.status().fileCount()),
      tally.backlogs().stream().map(Backlog::toString).collect(Collectors.joining(" ")),
      tally.newest().map(Timestamps::format).orElse("-"),
      tally.types().entrySet().stream()
          .map(type -> type.getKey() + ":" + type.getValue())
          .collect(Collectors.joining(" "))
    };
  }

  private static String byteSize(ChannelStatus status) {
    return status.byteSize().isPresent() ? Long.toString(status.byteSize().getAsLong()) : "-";
  }
}
