package dev.aeon.spoke.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A database server of the test's own on a free port; as the user postgres where we are root. */
public final class PostgresServer implements AutoCloseable {
  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final int port;
  private final AtomicInteger schemas = new AtomicInteger();

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public static PostgresServer start() throws Exception {
    Path folder = Files.createTempDirectory("spoke-postgres");
    if (IS_ROOT) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
    run(folder, "initdb", "-D", "data", "-U", "spoke", "-A", "trust", "-N");
    // Chosen last: another may take the port until the server has it.
    PostgresServer server = new PostgresServer(folder, freePort());
    server.startAgain();
    return server;
  }

  /** Starts the server after {@link #stop}; it answers when this returns. */
  public void startAgain() throws IOException {
    String options = "-p " + port + " -c listen_addresses=127.0.0.1 -k " + folder;
    run(folder, "pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "110", "-o", options, "start");
  }

  /** Ends the server as if it had crashed. */
  public void stop() throws IOException {
    run(folder, "pg_ctl", "-D", "data", "-w", "-t", "110", "-m", "immediate", "stop");
  }

  /** The URL of an empty schema. */
  public String newSchema() throws SQLException {
    String name = "s" + schemas.incrementAndGet();
    execute("CREATE SCHEMA " + name);
    return url() + "&currentSchema=" + name;
  }

  public void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement each = connection.createStatement()) {
      each.execute(statement);
    }
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=spoke";
  }

  private static void run(Path folder, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (IS_ROOT) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    command.add(find(program).toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
            .start();
    assertThat(process.onExit().completeOnTimeout(null, 120, TimeUnit.SECONDS).join())
        .as(program)
        .isNotNull();
    assertThat(process.exitValue())
        .as(() -> program + " said " + text(folder.resolve("out")))
        .isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path find(String program) throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of("/usr")));
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(debian)) {
        versions.forEach(homes::add);
      }
    }
    return homes.stream()
        .map(home -> home.resolve("bin").resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("PostgreSQL is missing (Debian: postgresql)"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
