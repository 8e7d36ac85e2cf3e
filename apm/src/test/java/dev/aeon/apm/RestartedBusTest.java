package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.TrackerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to what a life before this one sent are no surprise to the next. */
@Timeout(300)
class RestartedBusTest extends DurableBusFixture {
  private final List<BadInput> quarantine = Collections.synchronizedList(new ArrayList<>());

  private final List<MessageId> late = Collections.synchronizedList(new ArrayList<>());

  @Test
  void answer_againAfterARestart_isNoFault() throws Exception {
    BusOptions options = options().withQuarantine(quarantine::add);
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Message message;
      try (AgentBus manager = open(MANAGER, atManager, options)) {
        message = assignment(manager, "t1");
        Eventually.get(manager.send(message));
      }
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = open(MANAGER, atManager, options)) {
        Eventually.get(worker.acknowledge(message, AckStatus.RECEIVED));
        Eventually.get(worker.acknowledge(message, AckStatus.PROCESSED));
        Eventually.get(worker.send(update(worker)));
        assertThat(manager.state(message.messageId(), WORKER.agentId()))
            .contains(MessageState.PROCESSED);
        assertThat(quarantine).isEmpty();
      }
    }
  }

  @Test
  void delivered_neverWorkedOn_isReportedLateInTheNextLifeOnce() throws Exception {
    try (AgentBus _ = open(WORKER, atWorker, options())) {
      Message message;
      try (AgentBus manager = open(MANAGER, atManager, listening())) {
        message = assignment(manager, "t1");
        Eventually.get(manager.send(message));
        clock.advance(Duration.ofMinutes(59));
        assertThat(late).isEmpty();
      }
      try (AgentBus _ = open(MANAGER, atManager, listening())) {
        clock.advance(Duration.ofSeconds(59));
        assertThat(late).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(late).containsExactly(message.messageId());
      }
      try (AgentBus manager = open(MANAGER, atManager, listening())) {
        clock.advance(Duration.ofDays(1));
        assertThat(late).hasSize(1);
        assertThat(manager.state(message.messageId(), WORKER.agentId()))
            .contains(MessageState.DELIVERED);
      }
    }
  }

  @Test
  void delivered_becameLateWhileTheSenderWasAway_isReportedAtOnce() throws Exception {
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Message unanswered;
      Message worked;
      try (AgentBus manager = open(MANAGER, atManager, listening())) {
        unanswered = assignment(manager, "t1");
        worked = manager.compose(WORKER, Samples.assignment("t2")).correlationId("req_2").build();
        Eventually.get(manager.send(unanswered));
        Eventually.get(manager.send(worked));
        Eventually.get(worker.acknowledge(worked, AckStatus.PROCESSED));
        awaitState(manager, worked, MessageState.PROCESSED);
      }
      clock.advance(Duration.ofHours(2));
      try (AgentBus _ = open(MANAGER, atManager, listening())) {
        clock.advance(Duration.ZERO);
        assertThat(late).containsExactly(unanswered.messageId());
      }
    }
  }

  private BusOptions listening() {
    return options()
        .withListener(
            new TrackerListener() {
              @Override
              public void onCorrelationExpired(Message message, AgentIdentity receiver) {
                late.add(message.messageId());
              }
            });
  }

  @Test
  void answer_toWhatNobodySent_isAFaultAfterARestartToo() throws Exception {
    BusOptions options = options().withQuarantine(quarantine::add);
    try (AgentBus worker = open(WORKER, atWorker, options());
        AgentBus manager = open(MANAGER, atManager, options)) {
      Eventually.get(worker.acknowledge(assignment(manager, "t1"), AckStatus.RECEIVED));
      Eventually.get(worker.send(update(worker)));
      assertThat(quarantine)
          .singleElement()
          .satisfies(input ->
              assertThat(input.violations().getFirst().code()).isEqualTo(ErrorCode.E_PROTOCOL_003));
    }
  }

  @Test
  void answer_whileTheSenderWasAway_endsTheMessage() throws Exception {
    Channels files = new NdjsonChannels(directory, quarantine::add);
    BusOptions options = options().withQuarantine(quarantine::add);
    Registry registry = new Registry();
    registry.register(WORKER);
    Message message;
    try (AgentBus manager = AgentBus.open(MANAGER, registry, files, atManager, options)) {
      message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> _ = manager.send(message);
      awaitState(manager, message, MessageState.IN_TRANSIT);
    }
    try (AgentBus worker = AgentBus.open(WORKER, registry, files, atWorker, options)) {
      assertThat(atWorker.next()).isEqualTo(message);
      Eventually.until(() -> worker.statistics().sent() > 0);
    }
    try (AgentBus manager = AgentBus.open(MANAGER, registry, files, atManager, options)) {
      Eventually.until(() -> manager.underWay() == 0);
      assertThat(manager.state(message.messageId(), WORKER.agentId()))
          .contains(MessageState.DELIVERED);
      assertThat(quarantine).isEmpty();
    }
  }

  @Test
  void restart_receiverIsAway_putsNoOtherCopyIntoItsChannel() throws Exception {
    Channels files = new NdjsonChannels(directory, quarantine::add);
    Registry registry = new Registry();
    registry.register(WORKER);
    Message message = null;
    for (int life = 0; life < 3; life++) {
      try (AgentBus manager = AgentBus.open(MANAGER, registry, files, atManager, options())) {
        if (message == null) {
          message = assignment(manager, "t1");
          CompletableFuture<Acknowledgement> _ = manager.send(message);
        }
        awaitState(manager, message, MessageState.IN_TRANSIT);
      }
    }
    assertThat(directory.resolve("channels/manager_001_to_impl_001/messages.ndjson"))
        .content()
        .hasLineCount(1);
    try (AgentBus _ = AgentBus.open(WORKER, registry, files, atWorker, options())) {
      assertThat(atWorker.next()).isEqualTo(message);
    }
  }

  private static Message update(AgentBus worker) {
    return worker.compose(MANAGER, Samples.update("t1", 0.5)).correlationId("req_1").build();
  }
}
