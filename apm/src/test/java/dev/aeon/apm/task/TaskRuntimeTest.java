package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Eventually;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.HandoffReason;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.DeliveryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A handler is all that an agent's user writes; the rest happens. */
class TaskRuntimeTest extends TaskFixture {
  private final Channels channels = SpChannels.inproc("tasks");
  private final List<TaskUpdate> updates = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<ErrorReport> errors = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> handoffs = new LinkedBlockingQueue<>();
  private final TaskListener listener =
      new TaskListener() {
        @Override
        public void onUpdate(AgentIdentity agent, TaskUpdate update) {
          updates.add(update);
        }

        @Override
        public void onError(AgentIdentity agent, ErrorReport report) {
          errors.add(report);
        }

        @Override
        public void onHandoff(String taskId, AgentIdentity from, AgentIdentity to) {
          handoffs.add(taskId + ":" + from + ">" + to);
        }
      };

  @Test
  void assign_handlerReturns_completesWithItsOutputs() throws Exception {
    try (TaskManager manager = manager();
        TaskAgent _ =
            agent(
                WORKER,
                task -> {
                  task.report(0.5, "half way");
                  task.reportBlocked("dependency_missing", "waiting", "low");
                  task.addOutput("out.json");
                  task.setNotes("done well");
                })) {
      TaskUpdate completion = Eventually.get(manager.assign(WORKER, Samples.assignment("t1")));
      assertThat(completion.filesModified()).containsExactly("out.json");
      assertThat(completion.notes()).contains("done well");
      assertThat(updates)
          .extracting(TaskUpdate::status)
          .containsExactly(TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED, TaskStatus.COMPLETED);
    }
  }

  @Test
  void assign_handlerThrows_failsAndIsReportedWithItsTrace() throws Exception {
    try (TaskManager manager = manager();
        TaskAgent _ = agent(WORKER, _ -> failLoudly())) {
      assertFails(manager.assign(WORKER, Samples.assignment("t1")), ErrorCode.E_TASK_003);
      ErrorReport report = Eventually.next(errors);
      assertThat(report.errorCode()).contains("E_TASK_003");
      assertThat(report.stackTrace().orElseThrow()).contains("failLoudly");
      assertThat(report.context().orElseThrow().string("taskId")).isEqualTo("t1");
    }
  }

  private static void failLoudly() {
    throw new UnsupportedOperationException("cannot");
  }

  @Test
  void assign_withDependencies_waitsForThemAndIsToldTheirOutputs() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<JsonObject> dependencies = Collections.synchronizedList(new ArrayList<>());
    try (TaskManager manager = manager();
        TaskAgent _ =
            agent(
                WORKER,
                task -> {
                  order.add(task.assignment().taskId());
                  dependencies.addAll(task.assignment().dependencies());
                  task.addOutput(task.assignment().taskId() + ".out");
                })) {
      CompletableFuture<TaskUpdate> last = manager.assign(WORKER, dependent("t3", "t1", "t2"));
      CompletableFuture<TaskUpdate> second = manager.assign(WORKER, dependent("t2", "t1"));
      assertThat(order).isEmpty();
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.get(second);
      Eventually.get(last);
      assertThat(order).containsExactly("t1", "t2", "t3");
      assertThat(dependencies.getFirst().strings("outputs")).containsExactly("t1.out");
      assertThat(dependencies).extracting(each -> each.string("status")).containsOnly("completed");
    }
  }

  @Test
  void assign_dependencyFails_failsToo() throws Exception {
    try (TaskManager manager = manager();
        TaskAgent _ = agent(WORKER, _ -> failLoudly())) {
      CompletableFuture<TaskUpdate> last = manager.assign(WORKER, dependent("t3", "t2"));
      CompletableFuture<TaskUpdate> second = manager.assign(WORKER, dependent("t2", "t1"));
      assertFails(manager.assign(WORKER, Samples.assignment("t1")), ErrorCode.E_TASK_003);
      assertFails(second, ErrorCode.E_TASK_004);
      assertFails(last, ErrorCode.E_TASK_004);
    }
  }

  @Test
  void assign_circleOrTwice_isRefused() {
    try (TaskManager manager = manager()) {
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, dependent("t1", "t2"));
      assertThatThrownBy(() -> manager.assign(WORKER, dependent("t2", "t1")))
          .isInstanceOfSatisfying(
              TaskException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_TASK_004));
      assertThatThrownBy(() -> manager.assign(WORKER, Samples.assignment("t1")))
          .isInstanceOfSatisfying(
              TaskException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_TASK_002));
    }
  }

  @Test
  void assign_agentIsNotRegistered_failsAsUndelivered() {
    try (TaskManager manager =
        TaskManager.open(MANAGER, new Registry(), channels, listener, BusOptions.defaults())) {
      assertThatThrownBy(() -> Eventually.get(manager.assign(WORKER, Samples.assignment("t1"))))
          .hasCauseInstanceOf(DeliveryException.class);
    }
  }

  @Test
  void handOver_anotherAgentGoesOnWithTheContext() throws Exception {
    JsonObject context = JsonObject.builder().put("currentStep", "Step 3").build();
    try (TaskManager manager = manager();
        TaskAgent _ =
            agent(
                WORKER, task -> task.handOver(OTHER, HandoffReason.CONTEXT_WINDOW_LIMIT, context));
        TaskAgent _ =
            agent(
                OTHER,
                task -> task.setNotes(task.handoffContext().orElseThrow().string("currentStep")))) {
      TaskUpdate completion = Eventually.get(manager.assign(WORKER, Samples.assignment("t1")));
      assertThat(completion.notes()).contains("Step 3");
      assertThat(handoffs).containsExactly("t1:" + WORKER + ">" + OTHER);
    }
  }

  @Test
  void update_ofAnothersTask_isRefused() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (TaskManager manager = manager();
        TaskAgent _ = agent(WORKER, _ -> go.await());
        TaskAgent stranger = agent(OTHER, _ -> {})) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      assertThatThrownBy(() ->
              Eventually.get(
                  stranger
                      .bus()
                      .send(
                          stranger
                              .bus()
                              .compose(MANAGER, Samples.update("t1", 0.9))
                              .correlationId("x")
                              .build())))
          .cause()
          .isInstanceOfSatisfying(
              DeliveryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_TASK_001));
      go.countDown();
      Eventually.get(task);
    }
  }

  @Test
  void assign_again_hasANewCorrelationAndHearsNothingOfTheOldOne() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<String> correlations = Collections.synchronizedList(new ArrayList<>());
    try (TaskManager manager = manager();
        TaskAgent agent =
            agent(
                WORKER,
                task -> {
                  correlations.add(task.correlation());
                  if (correlations.size() == 1) {
                    failLoudly();
                  }
                  go.await();
                })) {
      assertFails(manager.assign(WORKER, Samples.assignment("t1")), ErrorCode.E_TASK_003);
      CompletableFuture<TaskUpdate> second = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.until(() -> correlations.size() == 2);
      assertThat(correlations).doesNotHaveDuplicates();
      TaskUpdate late = Samples.update("t1", 0.9);
      assertThatThrownBy(() ->
              Eventually.get(
                  agent
                      .bus()
                      .send(
                          agent
                              .bus()
                              .compose(MANAGER, late)
                              .correlationId(correlations.getFirst())
                              .build())))
          .cause()
          .isInstanceOfSatisfying(
              DeliveryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_TASK_001));
      go.countDown();
      assertThat(Eventually.get(second).status()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  @Test
  void close_taskUnderWay_isBrokenOffAndBeginsAgain() throws Exception {
    Channels files = new NdjsonChannels(directory, _ -> {});
    BusOptions options = BusOptions.defaults().withDirectory(directory);
    CountDownLatch begun = new CountDownLatch(1);
    try (TaskManager manager = TaskManager.open(MANAGER, registry(), files, listener, options)) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      try (TaskAgent _ = TaskAgent.open(WORKER, registry(), files, block(begun), options)) {
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(task).isNotDone();
      try (TaskAgent _ = TaskAgent.open(WORKER, registry(), files, _ -> {}, options)) {
        assertThat(Eventually.get(task).status()).isEqualTo(TaskStatus.COMPLETED);
      }
    }
  }

  @Test
  void assign_agentCannotTellItsManager_failsForTheManagerToo() throws Exception {
    try (TaskManager manager = manager();
        TaskAgent _ =
            TaskAgent.open(WORKER, new Registry(), channels, _ -> {}, BusOptions.defaults())) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      assertThatThrownBy(() -> Eventually.get(task))
          .cause()
          .isInstanceOfSatisfying(
              DeliveryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.E_ROUTING_001));
      assertThat(manager.tasks()).extracting(TaskView::state).containsExactly(TaskState.FAILED);
    }
  }

  private static TaskHandler block(CountDownLatch begun) {
    return _ -> {
      begun.countDown();
      new CountDownLatch(1).await();
    };
  }

  private TaskManager manager() {
    return TaskManager.open(MANAGER, registry(), channels, listener, BusOptions.defaults());
  }

  private TaskAgent agent(AgentIdentity self, TaskHandler handler) {
    return TaskAgent.open(self, registry(), channels, handler, BusOptions.defaults());
  }

  private static TaskAssignment dependent(String taskId, String... dependencies) {
    List<JsonObject> objects = new ArrayList<>();
    for (String dependency : dependencies) {
      objects.add(JsonObject.builder().put("taskId", dependency).build());
    }
    return new TaskAssignment(
        Samples.assignment(taskId).fields().toBuilder()
            .putObjects("dependencies", objects)
            .build());
  }
}
