package dev.aeon.checks.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A nats-server with JetStream on loopback, with a directory of its own. */
final class NatsProcess implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process process;
  private final String url;

  private NatsProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** As it is by default: what it confirms is on disk two minutes later. */
  static NatsProcess start(Path directory) throws IOException, InterruptedException {
    return start(directory, configuration(directory, ""));
  }

  /**
   * One whose messages are on disk when it confirms them: told so, where this version of the server
   * knows how, else by a directory in which every write is synchronous; empty where there is none.
   */
  static Optional<NatsProcess> startSynced(Path directory)
      throws IOException, InterruptedException {
    Path configuration = configuration(directory, "jetstream { sync_interval: always }\n");
    if (runs(directory, program(), "-t", "-c", configuration.toString())) {
      return Optional.of(start(directory, configuration));
    }
    return runs(directory, "chattr", "+S", directory.toString())
        ? Optional.of(start(directory))
        : Optional.empty();
  }

  private static boolean runs(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("trial").toFile())
            .start();
    return process.waitFor() == 0;
  }

  private static Path configuration(Path directory, String more) throws IOException {
    return Files.writeString(directory.resolve("server.conf"), "max_payload: 8388608\n" + more);
  }

  private static NatsProcess start(Path directory, Path configuration)
      throws IOException, InterruptedException {
    String folder = directory.toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    program(),
                    "-c",
                    configuration.toString(),
                    "-a",
                    "127.0.0.1",
                    "-p",
                    "-1",
                    "-js",
                    "-sd",
                    folder,
                    "--ports_file_dir",
                    folder))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Path ports = directory.resolve("nats-server_" + process.pid() + ".ports");
    return new NatsProcess(process, url(ports));
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  private static String url(Path ports) throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - deadlineNanos < 0) {
      String text = Files.exists(ports) ? Files.readString(ports) : "";
      if (text.contains("}")) {
        int start = text.indexOf("nats://");
        return text.substring(start, text.indexOf('"', start));
      }
      Thread.sleep(20);
    }
    throw new IOException("nats-server did not start: ports=" + ports);
  }

  private static String program() throws IOException {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/bin"))
        .map(place -> Path.of(place, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("nats-server is not installed"))
        .toString();
  }
}
