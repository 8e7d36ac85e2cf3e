package dev.aeon.apm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java process of the test's own, whose lines of output are read as they come. */
public final class ChildProcess implements AutoCloseable {
  /** Ends each line, since a kill may tear the last one. */
  private static final String END = ";";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reading;

  /** Starts {@code main} with the directory and {@code more} as its arguments. */
  public ChildProcess(Class<?> main, Path directory, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(directory.toString());
    command.addAll(List.of(more));
    this.process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("error").toFile()))
            .start();
    this.reading = Thread.ofVirtual().start(this::read);
  }

  /** What a child calls to print a line. */
  public static void print(Object line) {
    System.out.println(line + END);
  }

  /** The next line, or null where none comes within the time. */
  public @Nullable String next(long timeout, TimeUnit unit) throws InterruptedException {
    return lines.poll(timeout, unit);
  }

  /** Ends the process at once, whatever it is doing; its output can still be read. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    reading.join();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.endsWith(END)) {
          lines.add(line.substring(0, line.length() - END.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
