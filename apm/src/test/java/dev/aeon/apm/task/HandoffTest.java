package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Eventually;
import dev.aeon.apm.Refusal;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.HandoffReason;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Jitter;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A hand-off that nobody takes ends its task, on both sides, and loses nothing of its context. */
class HandoffTest extends TaskFixture {
  private static final AgentIdentity NOBODY = AgentIdentity.of("nobody", AgentType.IMPLEMENTATION);
  private static final JsonObject CONTEXT =
      JsonObject.builder().put("currentStep", "Step 3").build();

  private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private volatile Optional<Refusal> refusal = Optional.empty();
  private volatile CountDownLatch mayGive = new CountDownLatch(0);

  private final TaskListener listener =
      new TaskListener() {
        @Override
        public Optional<Refusal> refuseHandoff(AgentIdentity from, HandoffRequest request) {
          return refusal;
        }
      };

  /** Hands its task over to another agent. */
  private final class Giver implements TaskHandler {
    private final AgentIdentity target;

    Giver(AgentIdentity target) {
      this.target = target;
    }

    @Override
    public void run(Task task) throws InterruptedException {
      mayGive.await();
      task.handOver(target, HandoffReason.CONTEXT_WINDOW_LIMIT, CONTEXT);
    }

    @Override
    public void handoffFailed(HandoffRequest request, ErrorCode code, String detail) {
      failed.add(request.taskId() + " " + code);
    }
  }

  @Test
  void handOver_managerRefuses_taskFailsAndBothAreToldAndTheContextIsKept() throws Exception {
    refusal = Optional.of(new Refusal(ErrorCode.E_TASK_003, "finish it yourself", false));
    try (TaskManager manager = manager(options());
        TaskAgent agent = agent(WORKER, new Giver(OTHER), options())) {
      assertFails(manager.assign(WORKER, Samples.assignment("t1")), ErrorCode.E_TASK_003);
      assertThat(Eventually.next(failed)).isEqualTo("t1 E_TASK_003");
      Message letter = agent.bus().deadLetters().list().getFirst().message();
      assertThat(letter.correlation()).startsWith("handoff_");
      assertThat(letter.respondsTo()).startsWith("task_t1_");
      assertThat(((HandoffRequest) letter.payload()).handoffContext()).isEqualTo(CONTEXT);
      assertThat(manager.tasks())
          .singleElement()
          .satisfies(view -> assertLeft(view, TaskState.FAILED));
    }
    try (TaskManager manager = manager(options());
        TaskAgent _ = agent(OTHER, this::goOn, options())) {
      assertThat(manager.tasks())
          .singleElement()
          .satisfies(view -> assertLeft(view, TaskState.FAILED));
      Eventually.get(manager.assign(OTHER, Samples.assignment("t1")));
      assertThat(Eventually.next(done)).isEqualTo("Step 3 from impl_001");
    }
  }

  @Test
  void handOver_thatNamesNoAssignment_isTakenForTheCurrentOne() throws Exception {
    mayGive = new CountDownLatch(1);
    try (TaskManager manager = manager(options());
        TaskAgent agent = agent(WORKER, _ -> mayGive.await(), options());
        TaskAgent _ = agent(OTHER, this::goOn, options())) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.until(() -> manager.tasks().getFirst().state() == TaskState.ASSIGNED);
      Eventually.get(agent.bus().send(handoff(agent, Metadata.EMPTY)));
      assertThat(Eventually.get(task).status()).isEqualTo(TaskStatus.COMPLETED);
      assertThat(Eventually.next(done)).isEqualTo("Step 3 from impl_001");
      mayGive.countDown();
    }
  }

  @Test
  void handOver_ofAnotherAssignment_isRefused() throws Exception {
    mayGive = new CountDownLatch(1);
    try (TaskManager manager = manager(options());
        TaskAgent agent = agent(WORKER, _ -> mayGive.await(), options())) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.until(() -> manager.tasks().getFirst().state() == TaskState.ASSIGNED);
      Metadata earlier = Metadata.builder().respondsTo("task_t1_earlier").build();
      assertThatThrownBy(() -> Eventually.get(agent.bus().send(handoff(agent, earlier))))
          .cause()
          .isInstanceOfSatisfying(
              DeliveryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_TASK_001));
      mayGive.countDown();
      assertThat(Eventually.get(task).status()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  private static Message handoff(TaskAgent agent, Metadata metadata) {
    HandoffRequest request =
        HandoffRequest.builder()
            .taskId("t1")
            .reason(HandoffReason.CONTEXT_WINDOW_LIMIT)
            .sourceAgent(WORKER)
            .targetAgent(OTHER)
            .handoffContext(CONTEXT)
            .build();
    return agent
        .bus()
        .compose(MANAGER, request)
        .correlationId("req_of_its_own")
        .metadata(metadata)
        .build();
  }

  @Test
  void handOver_targetIsNotRegistered_isRefusedAndNotSent() throws Exception {
    try (TaskManager manager = manager(options());
        TaskAgent _ = agent(WORKER, new Giver(NOBODY), options())) {
      assertFails(manager.assign(WORKER, Samples.assignment("t1")), ErrorCode.E_ROUTING_001);
      assertThat(Eventually.next(failed)).isEqualTo("t1 E_ROUTING_001");
    }
  }

  @Test
  void handOver_managerNeverAnswers_taskFailsAndTheManagerHasTheContext() throws Exception {
    VirtualClock clock = new VirtualClock(Instant.now());
    BusOptions options = options().withTimers(_ -> clock.timers()).withJitter(Jitter.NONE);
    try (TaskManager manager = manager(options());
        TaskAgent agent =
            TaskAgent.open(WORKER, registry(), new Lossy(files()), new Giver(OTHER), options)) {
      CompletableFuture<TaskUpdate> task = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.until(() -> {
        clock.advance(Duration.ofSeconds(1));
        return !failed.isEmpty();
      });
      assertFails(task, ErrorCode.E_TASK_003);
      assertThat(failed).containsExactly("t1 E_PROTOCOL_004");
      assertThat(manager.tasks())
          .singleElement()
          .satisfies(view -> assertLeft(view, TaskState.FAILED));
      assertThat(agent.bus().deadLetters().list()).hasSize(1);
    }
  }

  @Test
  void handOver_refusedWhileTheAgentIsAway_isToldToItsNextLife() throws Exception {
    mayGive = new CountDownLatch(1);
    try (TaskAgent agent = agent(WORKER, new Giver(OTHER), options())) {
      try (TaskManager manager = manager(options())) {
        CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, Samples.assignment("t1"));
      }
      mayGive.countDown();
      Eventually.until(() -> agent.bus().underWay() > 0);
    }
    refusal = Optional.of(new Refusal(ErrorCode.E_TASK_003, "finish it yourself", false));
    try (TaskManager manager = manager(options())) {
      assertFails(manager.find("t1").orElseThrow(), ErrorCode.E_TASK_003);
      try (TaskAgent _ = agent(WORKER, new Giver(OTHER), options())) {
        assertThat(Eventually.next(failed)).isNotNull();
      }
    }
  }

  @Test
  void handOver_managerEndsBeforeItAssigns_isAssignedByTheNextWithTheContext() throws Exception {
    try (TaskManager manager = manager(options());
        TaskAgent _ = agent(WORKER, new Giver(OTHER), options())) {
      CompletableFuture<TaskUpdate> _ = manager.assign(WORKER, Samples.assignment("t1"));
      Eventually.until(() ->
          manager.tasks().getFirst().agent().equals(OTHER)
              && manager.tasks().getFirst().state() == TaskState.ASSIGNED);
    }
    forgetTheAssignment();
    try (TaskManager manager = manager(options());
        TaskAgent _ = agent(OTHER, this::goOn, options())) {
      assertThat(Eventually.next(done)).isEqualTo("Step 3 from impl_001");
      Eventually.get(manager.find("t1").orElseThrow());
    }
  }

  /** Leaves of the manager's files what there was before it assigned the task anew. */
  private void forgetTheAssignment() throws IOException {
    Path tasks = directory.resolve("state/manager_001/tasks.ndjson");
    List<String> lines = Files.readAllLines(tasks);
    int handedOver = 0;
    while (!lines.get(handedOver).contains("\"agentId\":\"impl_002\"")) {
      handedOver++;
    }
    assertThat(lines.get(handedOver)).contains("WAITING");
    Files.write(tasks, lines.subList(0, handedOver + 1));
    Files.delete(directory.resolve("state/manager_001/pending.ndjson"));
    Files.deleteIfExists(directory.resolve("channels/manager_001_to_impl_002/messages.ndjson"));
  }

  private void goOn(Task task) {
    JsonObject left = task.handoffContext().orElseThrow();
    done.add(left.string("currentStep") + " from " + left.string("from"));
  }

  private static void assertLeft(TaskView view, TaskState state) {
    assertThat(view.state()).isEqualTo(state);
    assertThat(view.handoff().orElseThrow().string("currentStep")).isEqualTo("Step 3");
  }

  /** Takes hand-offs over and brings them nowhere. */
  private record Lossy(Channels channels) implements Channels {
    @Override
    public Channel open(AgentId sender, AgentId receiver) {
      Channel channel = channels.open(sender, receiver);
      return new Channel() {
        @Override
        public CompletableFuture<Void> append(RoutedMessage message) {
          return message.message().type() == MessageType.HANDOFF_REQUEST
              ? CompletableFuture.completedFuture(null)
              : channel.append(message);
        }

        @Override
        public void close() {
          channel.close();
        }
      };
    }

    @Override
    public Inbox listen(AgentId receiver, InboxListener inboxListener) {
      return channels.listen(receiver, inboxListener);
    }
  }

  private TaskManager manager(BusOptions options) {
    return TaskManager.open(MANAGER, registry(), files(), listener, options);
  }

  private TaskAgent agent(AgentIdentity self, TaskHandler handler, BusOptions options) {
    return TaskAgent.open(self, registry(), files(), handler, options);
  }

  private BusOptions options() {
    return BusOptions.defaults().withDirectory(directory);
  }
}
