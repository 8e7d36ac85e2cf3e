package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Eventually;
import dev.aeon.apm.Samples;
import dev.aeon.apm.internal.files.FullDisk;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.track.Jitter;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A manager learns how a task ended, whatever kept the news from it. */
class LastWordTest extends TaskFixture {
  private static final Duration STEP = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void completed_managerIsAwayForHoursAndBothRestart_isLearntOnce() throws Exception {
    try (TaskAgent agent = agent()) {
      try (TaskManager manager = manager(options())) {
        CompletableFuture<TaskUpdate> _ = assign(manager);
      }
      mayEnd.countDown();
      Eventually.until(() -> {
        clock.advance(Duration.ofSeconds(1));
        return agent.bus().deadLetters().size() == 1;
      });
      pass(Duration.ofMinutes(130));
    }
    try (TaskAgent _ = agent()) {
      pass(Duration.ofMinutes(100));
    }
    assertThat(completions()).as("copies, one an hour").isBetween(3L, 5L);
    try (TaskManager manager = manager(options())) {
      assertThat(Eventually.get(manager.find("t1").orElseThrow()).status())
          .isEqualTo(TaskStatus.COMPLETED);
      try (TaskAgent agent = agent()) {
        Eventually.until(() -> {
          advance(agent);
          return agent.bus().deadLetters().size() == 0;
        });
      }
    }
  }

  @Test
  void completed_managersDiskIsFull_isLearntOnceThereIsRoom() throws Exception {
    FullDisk disk = new FullDisk();
    try (TaskManager manager = disk.under(() -> manager(options()));
        TaskAgent agent = agent()) {
      CompletableFuture<TaskUpdate> task = assign(manager);
      disk.setFull(true);
      mayEnd.countDown();
      Eventually.until(() -> agent.bus().deadLetters().size() == 1);
      DeadLetter letter = agent.bus().deadLetters().list().getFirst();
      assertThat(letter.errorCode()).isEqualTo(ErrorCode.E_SYSTEM_002);
      pass(Duration.ofMinutes(5));
      assertThat(task).isNotDone();

      disk.setFull(false);
      Eventually.until(() -> {
        advance(agent);
        return task.isDone() && agent.bus().deadLetters().size() == 0;
      });
      assertThat(Eventually.get(task).status()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  @Test
  void completed_managerKnowsNoSuchTask_isADeadLetterAndNotSaidAgain() throws Exception {
    try (TaskAgent agent = agent()) {
      try (TaskManager manager = manager(options())) {
        CompletableFuture<TaskUpdate> _ = assign(manager);
      }
      Files.delete(directory.resolve("state/manager_001/tasks.ndjson"));
      try (TaskManager _ = manager(options())) {
        mayEnd.countDown();
        Eventually.until(() -> agent.bus().deadLetters().size() == 1);
        pass(Duration.ofMinutes(5));
        assertThat(completions()).isOne();
        assertThat(agent.bus().deadLetters().list())
            .extracting(DeadLetter::errorCode)
            .containsExactly(ErrorCode.E_TASK_001);
      }
    }
  }

  private CompletableFuture<TaskUpdate> assign(TaskManager manager) {
    CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
    Eventually.until(() -> manager.bus().underWay() == 0);
    return task;
  }

  private void pass(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      clock.advance(STEP);
      settle();
    }
  }

  /** Channels write on threads of their own, which know nothing of the clock. */
  private static void settle() {
    boolean[] looked = {false};
    Eventually.until(() -> {
      boolean again = looked[0];
      looked[0] = true;
      return again;
    });
  }

  /** Not so fast that time-outs overtake answers. */
  private void advance(TaskAgent agent) {
    clock.advance(agent.bus().underWay() == 0 ? STEP : Duration.ofSeconds(1));
  }

  private long completions() throws IOException {
    try (var lines =
        Files.lines(directory.resolve("channels/impl_001_to_manager_001/messages.ndjson"))) {
      return lines.filter(line -> line.contains("\"completed\"")).count();
    }
  }

  private TaskManager manager(BusOptions options) {
    return TaskManager.open(MANAGER, registry(), files(), TaskListener.NONE, options);
  }

  private TaskAgent agent() {
    return TaskAgent.open(WORKER, registry(), files(), _ -> mayEnd.await(), options());
  }

  private BusOptions options() {
    return BusOptions.defaults()
        .withClock(clock)
        .withTimers(_ -> clock.timers())
        .withJitter(Jitter.NONE)
        .withDirectory(directory);
  }
}
