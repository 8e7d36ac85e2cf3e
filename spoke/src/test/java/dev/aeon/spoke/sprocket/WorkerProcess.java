package dev.aeon.spoke.sprocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.store.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A worker in a process of its own, whose lines are passed on as it tells them. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Process process;
  private final Thread reader;

  private WorkerProcess(Process process, Consumer<String> lines) {
    this.process = process;
    // Read to the end though the process is dead by then: the last line may be half a line.
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .name("worker-lines")
            .start(() -> process.inputReader().lines().forEach(lines));
  }

  /** Starts one; the lines are passed on by a thread of its own. */
  static WorkerProcess start(List<String> location, List<String> options, Consumer<String> lines)
      throws IOException {
    List<String> arguments = new ArrayList<>(location);
    arguments.addAll(List.of("-workers", "2", "-lang", "ruby,php"));
    arguments.addAll(options);
    return new WorkerProcess(ChildProcess.start(SprocketCommand.class, arguments), lines);
  }

  /** Kills it by its handle, which leaves open what it said, and passes that on. */
  void kill() throws InterruptedException {
    assertThat(process.toHandle().destroyForcibly()).as("runs until it is killed").isTrue();
    awaitEnd();
  }

  /** Waits until it has ended, and all its lines are passed on. */
  void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(LIMIT)).as("ends within %s", LIMIT).isTrue();
    assertThat(reader.join(LIMIT)).as("is read to its end within %s", LIMIT).isTrue();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
