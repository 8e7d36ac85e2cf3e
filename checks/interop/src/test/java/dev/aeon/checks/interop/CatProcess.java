package dev.aeon.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A command line tool of another implementation, running; killed when it is closed. */
record CatProcess(Process process) implements AutoCloseable {

  private static final long PAUSE_NANOS = 1_000_000;

  /** The tools, which take the same options as far as they are used here. */
  enum Tool {
    NNGCAT("nngcat", "nng-utils"),
    NANOCAT("nanocat", "nanomsg-utils");

    final String command;
    private final String debianPackage;

    Tool(String command, String debianPackage) {
      this.command = command;
      this.debianPackage = debianPackage;
    }
  }

  static CatProcess start(Tool tool, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool.command));
    command.addAll(Arrays.asList(arguments));
    try {
      return new CatProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s is not on this machine; install the package %s."
              .formatted(tool.command, tool.debianPackage),
          e);
    }
  }

  byte[] output(int byteCount) {
    try {
      return process.getInputStream().readNBytes(byteCount);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether something can be read from its output now or soon. */
  boolean printsWithin(int millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (process.getInputStream().available() == 0) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills by SIGKILL, which leaves no time to say farewell, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      assertThat(process.waitFor(Peer.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
