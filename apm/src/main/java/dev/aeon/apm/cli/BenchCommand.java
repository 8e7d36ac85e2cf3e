package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.ndjson.NdjsonOptions;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures messages on this machine.",
      "What its disk takes to append and force a line, how many messages a second a channel makes",
      "durable, and how long a message takes from being sent to being acknowledged by a handler that",
      "is done, over files and over Unix sockets."
    },
    footer = {
      "",
      "Examples:",
      "  apm bench",
      "  apm bench -at /srv/agents -in-flight 1,64 -size 1024 -time 10s"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MAX_IN_FLIGHT = 4096;
  private static final int MAX_BYTE_SIZE = 1_000_000;
  private static final Duration MAX_TIME = Duration.ofHours(1);

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-at", "--at"},
      paramLabel = "FOLDER",
      description = "on which disk; a folder is made there and removed (default: here)")
  private Path place = Path.of(".");

  @Option(
      names = {"-in-flight", "--in-flight"},
      split = ",",
      paramLabel = "COUNT",
      description = "how many messages are under way at once (default: 1,16,64,256)")
  private List<Integer> inFlight = List.of(1, 16, 64, 256);

  @Option(
      names = {"-size", "--size"},
      paramLabel = "BYTES",
      description = "how long a message's text is (default: 256)")
  private int byteSize = 256;

  @Option(
      names = {"-durability", "--durability"},
      paramLabel = "MODE",
      description = "DURABLE (default), FLUSH or FAST")
  private Durability durability = Durability.DURABLE;

  @Option(
      names = {"-time", "--time"},
      paramLabel = "TIME",
      description = "how long each figure is measured, such as 3s (default)")
  private Duration time = Duration.ofSeconds(3);

  private final List<Figure> figures = new ArrayList<>();

  private record Figure(String name, int inFlight, Pace pace) {}

  @Override
  public Integer call() throws IOException {
    refuseOutOfRange();
    Path folder = Files.createTempDirectory(place, "apm-bench-");
    Path sockets = Files.createTempDirectory("apm");
    try {
      measure(folder, sockets);
    } finally {
      delete(folder);
      delete(sockets);
    }
    output.print(toJson(), text());
    return 0;
  }

  private void refuseOutOfRange() {
    for (int each : inFlight) {
      int _ = Arguments.inRange("in-flight", each, 1, MAX_IN_FLIGHT);
    }
    int _ = Arguments.inRange("size", byteSize, 0, MAX_BYTE_SIZE);
    if (!time.isPositive() || time.compareTo(MAX_TIME) > 0) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004,
          "out of range: time="
              + time.toMillis()
              + "ms least=1ms most="
              + MAX_TIME.toMinutes()
              + "m");
    }
  }

  private void measure(Path folder, Path sockets) throws IOException {
    BenchPair pair = new BenchPair(byteSize);
    figures.add(new Figure("append and force a line", 1, force(folder.resolve("disk"), pair)));
    NdjsonChannels files =
        new NdjsonChannels(folder, _ -> {}, NdjsonOptions.defaults().withDurability(durability));
    String mode = durability.name().toLowerCase(Locale.ROOT);
    try (Channel channel = pair.open(files)) {
      for (int each : inFlight) {
        Pace pace = Pace.measure(each, time, () -> channel.append(pair.routed()));
        figures.add(new Figure("channel of files, " + mode, each, pace));
      }
    }
    NdjsonChannels others =
        new NdjsonChannels(
            folder.resolve("b"), _ -> {}, NdjsonOptions.defaults().withDurability(durability));
    figures.add(new Figure("round trip by files, " + mode, 1, pair.roundTrips(others, time)));
    Pace ipc = pair.roundTrips(SpChannels.ipc(sockets), time);
    figures.add(new Figure("round trip by Unix socket", 1, ipc));
  }

  private Pace force(Path path, BenchPair pair) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return Pace.measure(1, time, () -> forced(file, pair.routed().line()));
    }
  }

  private static CompletableFuture<?> forced(FileChannel file, byte[] line) {
    try {
      int _ = file.write(ByteBuffer.wrap(line));
      file.force(false);
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private JsonObject toJson() {
    return JsonObject.builder()
        .put("byteSize", byteSize)
        .put("durability", durability.name())
        .putObjects("figures", figures.stream().map(BenchCommand::toJson).toList())
        .build();
  }

  private static JsonObject toJson(Figure figure) {
    return JsonObject.builder()
        .put("figure", figure.name())
        .put("inFlight", figure.inFlight())
        .put("perSecond", Math.round(figure.pace().perSecond()))
        .put("p50Micros", figure.pace().p50Nanos() / 1000)
        .put("p99Micros", figure.pace().p99Nanos() / 1000)
        .build();
  }

  private String text() {
    Table table = new Table("FIGURE", "IN FLIGHT", "PER SECOND", "P50", "P99");
    for (Figure each : figures) {
      table.row(
          each.name(),
          Integer.toString(each.inFlight()),
          String.format(Locale.ROOT, "%,.0f", each.pace().perSecond()),
          micros(each.pace().p50Nanos()),
          micros(each.pace().p99Nanos()));
    }
    return table.text();
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%,d µs", nanos / 1000);
  }
}
