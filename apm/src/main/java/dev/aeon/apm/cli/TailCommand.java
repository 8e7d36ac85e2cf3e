package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the newest messages of all channels, and those that come.",
      "They are in the order of their senders' clocks. It only looks: agents notice nothing.",
      "With -json each message is its line."
    },
    footer = {
      "",
      "Examples:",
      "  apm tail -follow",
      "  apm tail -n 50 -agent impl_001 -type NACK -type ERROR_REPORT",
      "  apm tail -since 10m -json | jq .payload",
      "  apm tail -follow -bus 'nats://127.0.0.1:4222?stream=apm'"
    })
final class TailCommand implements Callable<Integer> {
  private static final int MAX_LINES = 1_000_000;
  private static final int UNSAID = Integer.MIN_VALUE;

  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private Selection selection = new Selection();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-n", "-lines", "--lines"},
      paramLabel = "COUNT",
      description = "how many of the newest messages (default: 10; all where -since is given)")
  private int lines = UNSAID;

  @Option(
      names = {"-f", "-follow", "--follow"},
      description = "go on with what comes, until interrupted")
  private boolean isFollowing;

  @Option(
      names = {"-count", "--count"},
      paramLabel = "COUNT",
      description = "stop following after this many messages")
  private long limit = Long.MAX_VALUE;

  private final List<Recorded> read = new ArrayList<>();
  private long printed;

  @Override
  public Integer call() throws InterruptedException {
    int lineCount = lineCount();
    RecordedListener listener = new RecordedListener(this::onMessage, this::onBad, this::onGap);
    try (Backend backend = bus.open(directory);
        Scan scan = scan(backend.archive(), lineCount, listener)) {
      scan.advance();
      read.sort(Recorded.BY_TIME);
      read.subList(0, Math.max(0, read.size() - lineCount)).clear();
      printRead(Long.MAX_VALUE);
      long before = printed;
      while (isFollowing && printed - before < limit && !output.out().checkError()) {
        scan.await();
        scan.advance();
        printRead(before + limit);
      }
    }
    return 0;
  }

  private int lineCount() {
    if (limit < 0) {
      throw CliException.refused(ErrorCode.E_VALIDATION_004, "negative: count=" + limit);
    }
    if (lines != UNSAID) {
      return Arguments.inRange("lines", lines, 0, MAX_LINES);
    }
    return selection.hasBeginning() ? Integer.MAX_VALUE : 10;
  }

  private Scan scan(Archive archive, int lineCount, RecordedListener listener) {
    return selection.isEverything()
        ? archive.scanLast(lineCount, selection::wants, listener)
        : archive.scan(selection::wants, listener);
  }

  private void onMessage(Recorded recorded) {
    if (selection.wants(recorded)) {
      read.add(recorded);
    }
  }

  private void printRead(long most) {
    read.sort(Recorded.BY_TIME);
    for (Recorded each : read) {
      if (printed < most) {
        printed++;
        output.out().println(output.isJson() ? each.message().toString() : line(each));
      }
    }
    read.clear();
    output.out().flush();
  }

  private String line(Recorded recorded) {
    String type = recorded.message().envelope().typeName();
    String channel = recorded.channel().sender() + " → " + recorded.channel().receiver();
    String retry =
        recorded.isRetry()
            ? " (retry " + recorded.message().envelope().metadata().retryCount() + ")"
            : "";
    return Timestamps.format(recorded.message().envelope().timestamp())
        + "  "
        + channel
        + "  "
        + output.styled(type, Summary.styleOf(type))
        + retry
        + "  "
        + Summary.of(recorded.message())
        + "  "
        + output.styled(Terminal.printable(recorded.message().correlation()), Style.faint);
  }

  private void onBad(BadInput input) {
    if (output.isJson()) {
      output.out().println(toJson(input));
    } else {
      String what =
          "not a message: "
              + input.source().channel()
              + "@"
              + input.source().position()
              + " "
              + input.violations().getFirst();
      output.out().println(output.styled(Terminal.printable(what), Style.fg_red));
    }
  }

  private void onGap(SequenceGap gap) {
    if (output.isJson()) {
      output.out().println(toJson(gap));
    } else {
      String what =
          "sequence gap: "
              + gap.source().channel()
              + "@"
              + gap.source().position()
              + (" expected=" + gap.expected() + " found=" + gap.found());
      output.out().println(output.styled(Terminal.printable(what), Style.fg_red));
    }
  }

  private static JsonObject toJson(SequenceGap gap) {
    JsonObject fields =
        JsonObject.builder()
            .put("channel", gap.source().channel())
            .put("position", gap.source().position())
            .put("expected", gap.expected())
            .put("found", gap.found())
            .put("missing", gap.missing())
            .build();
    return JsonObject.builder().put("sequenceGap", fields).build();
  }

  private static JsonObject toJson(BadInput input) {
    JsonObject malformed =
        JsonObject.builder()
            .put("channel", input.source().channel())
            .put("position", input.source().position())
            .put("byteSize", input.byteSize())
            .putObjects("violations", input.violations().stream().map(ViolationJson::of).toList())
            .build();
    return JsonObject.builder().put("malformed", malformed).build();
  }
}
