package dev.aeon.sp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A REP in a process of its own, led by its standard input: it says {@code got <request>} for each
 * request and sends the next line as its answer.
 */
final class AnswererProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private AnswererProcess(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
  }

  static AnswererProcess dialing(String url) throws IOException {
    return new AnswererProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AnswererProcess.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next request that it took. */
  String request() throws IOException {
    String line = said.readLine();
    if (line == null || !line.startsWith("got ")) {
      throw new AssertionError("answerer said " + line);
    }
    return line.substring("got ".length());
  }

  void answer(String text) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(text).append('\n').flush();
  }

  void kill() {
    process.destroyForcibly();
  }

  void pause() throws IOException, InterruptedException {
    signal("STOP");
    // The signal is under way when it was sent: each thread goes on until it is told.
    Await.until(this::isStopped);
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private boolean isStopped() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(process.pid())))) {
      return threads.allMatch(AnswererProcess::isThreadStopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state comes behind the name, which is in brackets and may hold anything. */
  private static boolean isThreadStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return true; // It has ended.
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("could not signal: pid=" + process.pid());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  public static void main(String[] arguments) {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (RepSocket rep = RepSocket.open()) {
      rep.dial(arguments[0]);
      answerAll(rep, answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answerAll(RepSocket rep, BufferedReader answers) throws IOException {
    String answer = "";
    while (answer != null) {
      try (Message request = rep.receive()) {
        System.out.println("got " + new String(request.toByteArray(), StandardCharsets.UTF_8));
      }
      answer = answers.readLine();
      if (answer != null) {
        rep.send(answer.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
