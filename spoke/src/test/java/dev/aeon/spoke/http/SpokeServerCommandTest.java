package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SpokeServerCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-h", "-help", "--help", "-V", "-version", "--version"})
  void help_andVersion_takeOneDashOrTwo(String option) {
    StringWriter out = new StringWriter();
    int exitCode =
        SpokeServerCommand.newCommandLine().setOut(new PrintWriter(out, true)).execute(option);
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("spoke-server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-help", "--help"})
  void help_ofTheTokens_takesOneDashOrTwo(String option) {
    StringWriter out = new StringWriter();
    int exitCode =
        SpokeServerCommand.newCommandLine()
            .setOut(new PrintWriter(out, true))
            .execute("token", option);
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("-storage-dir");
  }

  @Test
  void tokens_areCreatedListedAndRevoked_withTheFolderBeforeTheVerbOrAfterIt() {
    String store = folder.resolve("store").toString();
    assertThat(tokens("create", "ci", "-role", "push", "-modules", "acme/*", "-storage-dir", store))
        .startsWith("spoke_");
    assertThat(tokens("-storage-dir", store, "create", "reader")).startsWith("spoke_");
    assertThat(tokens("list", "-storage-dir", store)).contains("ci ", "acme/*", "reader ");
    assertThat(tokens("revoke", "ci", "-storage-dir", store)).isEmpty();
    assertThat(tokens("-storage-dir", store, "list")).doesNotContain("ci ").contains("reader ");
  }

  private static String tokens(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = SpokeServerCommand.newCommandLine().setOut(new PrintWriter(out, true));
    List<String> all = Stream.concat(Stream.of("token"), Stream.of(arguments)).toList();
    assertThat(line.execute(all.toArray(String[]::new))).isZero();
    return out.toString();
  }

  @Test
  void portThatIsTaken_isToldInOneLineAndByNoLibrary() {
    SpokeServerCommand.quietLibraries();
    Logger libraries = Logger.getLogger("io.helidon");
    Records told = new Records();
    libraries.addHandler(told);
    StringWriter err = new StringWriter();
    try (SpokeServer server =
        SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("first")))) {
      String port = Integer.toString(server.uri().getPort());
      int exitCode =
          SpokeServerCommand.newCommandLine()
              .setErr(new PrintWriter(err, true))
              .execute("-port", port, "-storage-dir", folder.resolve("second").toString());
      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString().strip())
          .isEqualTo("spoke-server: cannot listen, host=127.0.0.1 port=" + port);
      assertThat(told.messages).isEmpty();
    } finally {
      libraries.removeHandler(told);
    }
  }

  private static final class Records extends Handler {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord each) {
      messages.add(each.getLoggerName() + ": " + each.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
