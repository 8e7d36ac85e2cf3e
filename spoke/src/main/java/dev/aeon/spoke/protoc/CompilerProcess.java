package dev.aeon.spoke.protoc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shell that starts the compiler each time it is told to. Starting it from here would each time
 * start a helper of the JDK's and a shell that sets the limits as well, which takes longer than
 * most runs. Used by one thread at a time; {@link #close} may be called by any.
 */
final class CompilerProcess implements AutoCloseable {
  /**
   * Reads a line for each run, its limits; tells each exit status. The limits are the shell's own,
   * to be set anew for the next run, so that it need not be copied to set them for the compiler.
   * Where its input ends, who started it was killed, and cannot remove the folder.
   */
  private static final String SCRIPT =
      """
      ulimit -c 0
      while read -r seconds memory size; do
        ulimit -S -t "$seconds"; ulimit -S -v "$memory"; ulimit -S -f "$size"
        "$0" "@$1/arguments" >"$1/messages" 2>&1 </dev/null
        echo $?
      done
      rm -r "$1"
      """;

  /** So few that the shell's own time stays far below the limit of a run's. */
  private static final int MAX_RUNS = 1_000;

  private static final int MAX_MESSAGE_BYTES = 1 << 20;

  private final Process shell;
  private final Path folder;
  private final Writer commands;
  private final BufferedReader statuses;
  private int runCount;
  private volatile boolean isClosed;

  private CompilerProcess(Process shell, Path folder) {
    this.shell = shell;
    this.folder = folder;
    this.commands = shell.outputWriter(StandardCharsets.UTF_8);
    this.statuses = shell.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * What a run ended with.
   *
   * @param messages what the compiler said, cut where it is very long
   */
  record Run(int status, String messages) {}

  /**
   * Starts a shell, which the caller closes.
   *
   * @param workingFolder the compiler's
   */
  static CompilerProcess start(Path executable, Path workingFolder) throws IOException {
    Path folder = Folders.create("spoke-run", 0);
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, executable.toString(), folder.toString())
              .directory(workingFolder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      return new CompilerProcess(builder.start(), folder);
    } catch (IOException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  /**
   * Runs the compiler.
   *
   * @return empty where this was closed meanwhile: the shell may live long enough to tell that its
   *     child was ended
   * @throws IOException where the arguments cannot be written
   */
  Optional<Run> run(List<String> arguments, Limits limits) throws IOException {
    if (!write(arguments)) {
      return Optional.empty();
    }
    runCount++;
    try {
      commands.write(limits.shellWords() + "\n");
      commands.flush();
      String status = statuses.readLine();
      return status == null || isClosed
          ? Optional.empty()
          : Optional.of(new Run(Integer.parseInt(status), messages()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean write(List<String> arguments) throws IOException {
    try {
      Files.write(folder.resolve("arguments"), arguments);
      return true;
    } catch (IOException e) {
      if (isClosed) {
        return false;
      }
      throw e;
    }
  }

  private String messages() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("messages"))) {
      return new String(in.readNBytes(MAX_MESSAGE_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** Whether there can be more runs. */
  boolean isUsable() {
    return shell.isAlive() && runCount < MAX_RUNS;
  }

  /** Ends the shell and the run that is under way; a plugin must not outlive its compiler. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    Folders.delete(folder);
  }
}
