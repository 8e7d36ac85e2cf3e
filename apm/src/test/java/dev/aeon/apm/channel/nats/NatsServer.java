package dev.aeon.apm.channel.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.AgentId;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A nats-server process of the test's own, with JetStream, on a port that it picks. */
public final class NatsServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final String url;
  private Process process;

  private NatsServer(Path directory, Process process, String url) {
    this.directory = directory;
    this.process = process;
    this.url = url;
  }

  public static NatsServer start() throws IOException {
    return start("max_payload: 8388608\n");
  }

  static NatsServer start(String settings) throws IOException {
    Path directory = Files.createTempDirectory("nats");
    Files.writeString(directory.resolve("server.conf"), settings);
    Process process = launch(directory, -1);
    Path ports = directory.resolve("nats-server_" + process.pid() + ".ports");
    Awaitility.await().atMost(PATIENCE).until(() -> isWritten(ports));
    String text = Files.readString(ports);
    int start = text.indexOf("nats://");
    return new NatsServer(directory, process, text.substring(start, text.indexOf('"', start)));
  }

  private static Process launch(Path directory, int port) throws IOException {
    return new ProcessBuilder(
            command(),
            "-c",
            directory.resolve("server.conf").toString(),
            "-a",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-js",
            "-sd",
            directory.toString(),
            "--ports_file_dir",
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  /** Ends it at once, with what it has on disk. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** After {@link #kill}, at the same place. */
  void startAgain() throws IOException {
    process = launch(directory, URI.create(url).getPort());
    Path ports = directory.resolve("nats-server_" + process.pid() + ".ports");
    Awaitility.await().atMost(PATIENCE).until(() -> isWritten(ports));
  }

  public String url() {
    return url;
  }

  /** Puts a line into a channel of a stream's as a faulty peer would. */
  public void publish(String stream, AgentId sender, AgentId receiver, byte[] line)
      throws Exception {
    Connection connection = Nats.connect(url);
    try {
      connection.jetStream().publish(stream + "." + receiver + "." + sender, line);
    } finally {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isWritten(Path ports) throws IOException {
    return Files.exists(ports) && Files.readString(ports).contains("}");
  }

  private static String command() {
    List<Path> places =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/bin"))
            .map(place -> Path.of(place, "nats-server"))
            .filter(Files::isExecutable)
            .toList();
    assertThat(places).as("nats-server is to be installed (Debian: nats-server)").isNotEmpty();
    return places.getFirst().toString();
  }
}
