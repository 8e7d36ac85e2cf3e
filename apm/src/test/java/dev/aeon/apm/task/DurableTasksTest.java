package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Eventually;
import dev.aeon.apm.Samples;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A manager's tasks outlive it. */
class DurableTasksTest extends TaskFixture {
  private final Registry registry = new Registry();

  @Test
  void open_tasksWereUnderWayAndWaiting_goOnToTheirEnd() throws Exception {
    registry.register(WORKER);
    CompletableFuture<TaskUpdate> first;
    CompletableFuture<TaskUpdate> second;
    try (TaskManager manager = manager()) {
      first = manager.assign(WORKER, task("t1"));
      second = manager.assign(WORKER, task("t2", "t1"));
    }
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    try (TaskManager manager = manager()) {
      assertThat(manager.tasks())
          .extracting(TaskView::taskId, TaskView::state, TaskView::waitsFor)
          .containsExactly(
              tuple("t1", TaskState.ASSIGNED, Set.of()),
              tuple("t2", TaskState.WAITING, Set.of("t1")));
      try (TaskAgent _ = agent()) {
        assertThat(Eventually.get(manager.find("t2").orElseThrow()).filesModified())
            .containsExactly("t2 after [t1.out]");
        assertThat(Eventually.get(manager.find("t1").orElseThrow()).filesModified())
            .containsExactly("t1.out");
      }
    }
  }

  @Test
  void open_taskWasCompleted_isKnownWithItsOutputs() throws Exception {
    try (TaskAgent _ = agent()) {
      try (TaskManager manager = manager()) {
        Eventually.get(manager.assign(WORKER, task("t1")));
      }
      try (TaskManager manager = manager()) {
        assertThat(Eventually.get(manager.find("t1").orElseThrow()).filesModified())
            .containsExactly("t1.out");
        assertThat(Eventually.get(manager.assign(WORKER, task("t2", "t1"))).filesModified())
            .containsExactly("t2 after [t1.out]");
      }
    }
  }

  @Test
  void open_taskHadFailed_isKnownWithItsCode() throws Exception {
    try (TaskAgent _ = agent()) {
      try (TaskManager manager = manager()) {
        assertFails(manager.assign(WORKER, task("fails")), ErrorCode.E_TASK_003);
      }
      try (TaskManager manager = manager()) {
        assertFails(manager.find("fails").orElseThrow(), ErrorCode.E_TASK_003);
        assertThat(Eventually.get(manager.assign(WORKER, task("t1"))).filesModified()).isNotEmpty();
      }
    }
  }

  @Test
  void open_assignmentFailsInTheNextLife_failsItsTaskAndThoseThatWait() throws Exception {
    registry.register(WORKER);
    try (TaskManager manager = manager()) {
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, task("t1"));
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, task("t2", "t1"));
    }
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofDays(2));
    try (TaskManager manager = manager(options().withClock(later))) {
      assertFails(manager.find("t1").orElseThrow(), ErrorCode.E_PROTOCOL_004);
      assertFails(manager.find("t2").orElseThrow(), ErrorCode.E_TASK_004);
      assertThat(manager.bus().deadLetters().list()).hasSize(1);
    }
  }

  @Test
  void open_recordIsDamaged_leavesItOutAndKeepsTheOthers() throws Exception {
    registry.register(WORKER);
    try (TaskManager manager = manager()) {
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, task("t1"));
    }
    Path file = directory.resolve("state/manager_001/tasks.ndjson");
    Files.writeString(
        file,
        "{\"taskId\":\"t2\",\"state\":\"NOWHERE\"}\nnot json\n{\"taskId\":\"torn",
        StandardOpenOption.APPEND);
    try (TaskManager manager = manager()) {
      assertThat(manager.tasks()).extracting(TaskView::taskId).containsExactly("t1");
    }
  }

  private TaskManager manager() {
    return manager(options());
  }

  private TaskManager manager(BusOptions options) {
    return TaskManager.open(MANAGER, registry, files(), TaskListener.NONE, options);
  }

  private TaskAgent agent() {
    return TaskAgent.open(WORKER, registry, files(), DurableTasksTest::work, BusOptions.defaults());
  }

  private static void work(Task task) {
    String taskId = task.assignment().taskId();
    if (taskId.equals("fails")) {
      throw new IllegalStateException("as asked");
    }
    List<String> outputs =
        task.assignment().dependencies().stream()
            .flatMap(dependency -> dependency.strings("outputs").stream())
            .toList();
    task.addOutput(outputs.isEmpty() ? taskId + ".out" : taskId + " after " + outputs);
  }

  private BusOptions options() {
    return BusOptions.defaults().withDirectory(directory);
  }

  private static TaskAssignment task(String taskId, String... dependencies) {
    List<JsonObject> waitsFor =
        List.of(dependencies).stream()
            .map(each -> JsonObject.builder().put("taskId", each).put("status", "pending").build())
            .toList();
    JsonObject fields = Samples.assignment(taskId).fields();
    return waitsFor.isEmpty()
        ? new TaskAssignment(fields)
        : new TaskAssignment(fields.toBuilder().putObjects("dependencies", waitsFor).build());
  }
}
