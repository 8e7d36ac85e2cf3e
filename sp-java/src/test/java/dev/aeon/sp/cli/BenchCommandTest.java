package dev.aeon.sp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class BenchCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void latency_ofEveryPattern_growsWithThePercentile(PatternName pattern) {
    Sp sp = Sp.run("bench", "latency", pattern.toString(), "-s", "100", "-c", "200", "-w", "20");
    assertThat(sp.errors()).isEmpty();
    assertThat(sp.exitCode()).isZero();
    assertThat(sp.text())
        .startsWith(
            "latency pattern=%s url=inproc://sp-bench size=100 count=200 ".formatted(pattern));
    assertThat(value(sp, "min")).isPositive().isLessThanOrEqualTo(value(sp, "p50"));
    assertThat(value(sp, "p50")).isLessThanOrEqualTo(value(sp, "p99"));
    assertThat(value(sp, "p99")).isLessThanOrEqualTo(value(sp, "max"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PUBSUB", "BUS"})
  void throughput_ofPatternsThatDropNothing_losesNothing(PatternName pattern) {
    Sp sp = Sp.run("bench", "throughput", pattern.toString(), url(), "-c", "2000", "-w", "100");
    assertThat(sp.errors()).isEmpty();
    assertThat(value(sp, "messages/s")).isPositive();
    assertThat(value(sp, "lost")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBSUB", "BUS"})
  void throughput_ofPatternsThatDrop_saysWhatWasLost(PatternName pattern) {
    Sp sp = Sp.run("bench", "throughput", pattern.toString(), url(), "-c", "2000", "-w", "100");
    assertThat(sp.errors()).isEmpty();
    assertThat(value(sp, "lost")).isBetween(0.0, 2000.0);
  }

  @Test
  void throughput_ofEmptyMessages_isMeasured() {
    Sp sp = Sp.run("bench", "throughput", "pipeline", url(), "-s", "0", "-c", "1000");
    assertThat(value(sp, "lost")).isZero();
  }

  @Test
  void sides_inTwoCommands_measureTogether() {
    CompletableFuture<Sp> server =
        Sp.start(
            "bench", "throughput", "pipeline", url(), "--side", "server", "-c", "500", "-w", "9");
    Await.until(this::isListening);
    Sp client =
        Sp.run("bench", "throughput", "pipeline", url(), "--side=client", "-c", "500", "-w", "9");
    assertThat(client.exitCode()).isZero();
    assertThat(server.join().text()).startsWith("listening at " + url());
    assertThat(value(server.join(), "lost")).isZero();
  }

  /** The socket file is there a moment before it takes connections. */
  private boolean isListening() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(folder.resolve("s")));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void histogram_whenAskedFor_isPrinted() {
    assertThat(Sp.run("bench", "latency", "pair", "-c", "50", "-w", "1", "--histogram").text())
        .contains("1/(1-Percentile)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latency reqrep --size=-1                                 | 1 | size is negative: size=-1
          latency reqrep --count=0                                 | 1 | count is below 1: count=0
          latency reqrep nonsense://a                              | 1 | nonsense
          latency pipeline --side=client                           | 1 | both ends of a one-way pattern
          throughput reqrep -o 0                                   | 1 | outstanding=0
          throughput reqrep --patient                              | 1 | only publishing can be patient
          latency nonsense                                         | 2 | nonsense
          latency reqrep --size=x                                  | 2 | --size
          """)
  void commandLine_thatIsWrong_isRefused(String arguments, int exitCode, String error) {
    Sp sp = Sp.run(("bench " + arguments).split(" "));
    assertThat(sp.errors()).contains(error);
    assertThat(sp.exitCode()).isEqualTo(exitCode);
  }

  private static double value(Sp sp, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + " +([0-9.]+)$").matcher(sp.text());
    assertThat(line.find()).as(sp.text()).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private String url() {
    return "ipc://" + folder.resolve("s");
  }
}
