package dev.aeon.checks.bench.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A registry server in a process of its own, run by the distribution's start script. */
final class ServerProcess implements AutoCloseable {
  private static final String MARK = " at http";
  private static final Path COMMAND = Path.of("target/dist/bin/spoke-server").toAbsolutePath();

  private final Process process;
  private final URI uri;
  private final double startSeconds;

  private ServerProcess(Process process, URI uri, double startSeconds) {
    this.process = process;
    this.uri = uri;
    this.startSeconds = startSeconds;
  }

  /** Starts a server, which the caller closes; it answers when this returns. */
  static ServerProcess start(Path storage) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(COMMAND.toString(), "-port", "0", "-storage-dir", storage.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int mark = line.indexOf(MARK);
      if (mark >= 0) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ServerProcess(process, URI.create(line.substring(mark + 4)), seconds);
      }
    }
    throw new IOException("the server ended before it answered, status=" + process.onExit());
  }

  URI uri() {
    return uri;
  }

  /** From the process's start to its word that it answers. */
  double startSeconds() {
    return startSeconds;
  }

  /** What it holds of the machine's memory now. */
  double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
