package dev.aeon.apm.channel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of the test's own, on a free port; as the user postgres where we are root.
 */
public final class PostgresServer implements AutoCloseable {
  private final Path directory;
  private final int port;
  private Process process;
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

  private PostgresServer(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    this.process = launch();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setUser("apm");
    dataSource.setDatabaseName("postgres");
  }

  public static PostgresServer start() throws Exception {
    Path directory = Files.createTempDirectory("postgres");
    if (isRoot()) {
      UserPrincipal owner =
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName("postgres");
      Files.setOwner(directory, owner);
    }
    Path data = directory.resolve("data");
    Process making =
        command(directory, "initdb", "-D", data.toString(), "-U", "apm", "-A", "trust", "-N")
            .start();
    assertThat(making.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(making.exitValue()).as("initdb, see " + directory).isZero();
    PostgresServer server = new PostgresServer(directory, freePort());
    server.awaitUp();
    return server;
  }

  private Process launch() throws IOException {
    return command(
            directory,
            "postgres",
            "-D",
            directory.resolve("data").toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-k",
            directory.toString())
        .start();
  }

  /** Ends it at once, so that it has to recover from its log when it starts again. */
  void crash() throws IOException, InterruptedException {
    Process killing = new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start();
    assertThat(killing.waitFor()).isZero();
    awaitEnd();
  }

  /** After {@link #crash}, at the same place. */
  void startAgain() throws IOException {
    process = launch();
    awaitUp();
  }

  private void awaitUp() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isUp);
  }

  private void awaitEnd() {
    assertThat(process.onExit().completeOnTimeout(null, 60, TimeUnit.SECONDS).join()).isNotNull();
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** As JDBC is told. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=apm";
  }

  /** Puts a line into a channel as a faulty peer would. */
  public void insert(AgentId sender, AgentId receiver, byte[] line) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO apm_messages (sender, receiver, message_key, line)
                  VALUES (?, ?, ?, ?)
                """)) {
      insert.setString(1, sender.value());
      insert.setString(2, receiver.value());
      insert.setString(3, UUID.randomUUID().toString());
      insert.setBytes(4, line);
      insert.executeUpdate();
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    awaitEnd();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private boolean isUp() {
    try (Connection _ = dataSource.getConnection()) {
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static ProcessBuilder command(Path directory, String name, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    command.add(program(name).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
  }

  private static Path program(String name) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String place : List.of("/usr/lib/postgresql", "/usr")) {
      if (Files.isDirectory(Path.of(place))) {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(Path.of(place))) {
          versions.forEach(version -> found.add(version.resolve("bin").resolve(name)));
        }
      }
    }
    found.add(Path.of("/usr/bin", name));
    found.removeIf(path -> !Files.isExecutable(path));
    assertThat(found).as("PostgreSQL is to be installed (Debian: postgresql)").isNotEmpty();
    return found.getFirst();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
