package dev.aeon.spoke.protoc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A shell that starts the compiler each time it is told to. Starting it from here would each time
 * start a helper of the JDK's and a shell that sets the limits as well, which takes longer than
 * most runs. Used by one thread at a time; {@link #close} may be called by any.
 */
final class CompilerProcess implements AutoCloseable {
  /** Reads a line for each run: its limits and its folder; tells each exit status. */
  private static final String SCRIPT =
      """
      while read -r seconds memory size run; do
        (
          ulimit -c 0; ulimit -t "$seconds"; ulimit -v "$memory"; ulimit -f "$size"
          exec "$0" "@$run/arguments" >"$run/messages" 2>&1 </dev/null
        )
        echo $?
      done
      """;

  static final String ARGUMENTS = "arguments";
  static final String MESSAGES = "messages";

  private final Process shell;
  private final Writer commands;
  private final BufferedReader statuses;

  private CompilerProcess(Process shell) {
    this.shell = shell;
    this.commands = shell.outputWriter(StandardCharsets.UTF_8);
    this.statuses = shell.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a shell, which the caller closes.
   *
   * @param folder its working directory
   */
  static CompilerProcess start(Path executable, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, executable.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return new CompilerProcess(builder.start());
  }

  /**
   * Runs the compiler with the arguments in a folder's file {@value #ARGUMENTS}; what it says is in
   * {@value #MESSAGES} then.
   *
   * @return its exit status; empty where this was closed meanwhile
   */
  OptionalInt run(Path folder, Limits limits) {
    try {
      commands.write(limits.shellWords() + " " + folder + "\n");
      commands.flush();
      String status = statuses.readLine();
      return status == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(status));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** Ends the shell and the run that is under way; a plugin must not outlive its compiler. */
  @Override
  public void close() {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
