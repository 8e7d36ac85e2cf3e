package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.internal.files.FullDisk;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.StoreException;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.MessageState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused lies in its sender's queue, wherever a restart or a full disk comes between. */
@Timeout(300)
class LateRefusalTest extends DurableBusFixture {
  private static final Refusal REFUSAL = new Refusal(ErrorCode.E_TASK_003, "failed", false);

  private final FullDisk disk = new FullDisk();

  @Test
  void refused_sentAndAcknowledgedInAnEarlierLife_isADeadLetterThatSurvives() throws Exception {
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Message message = delivered();
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        Eventually.get(worker.reject(message, REFUSAL));
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
        assertThat(manager.state(message.messageId(), WORKER.agentId()))
            .contains(MessageState.FAILED);
      }
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        assertThat(manager.state(message.messageId(), WORKER.agentId()))
            .contains(MessageState.FAILED);
        Eventually.get(worker.reject(message, REFUSAL));
        Eventually.get(worker.send(update(worker)));
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
      }
    }
  }

  @Test
  void refused_crashAfterItIsKeptAndBeforeThatIsNoted_isOneDeadLetter() throws Exception {
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Message message = delivered();
      Path pending = directory.resolve("state/manager_001/pending.ndjson");
      byte[] before = Files.readAllBytes(pending);
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        Eventually.get(worker.reject(message, REFUSAL));
        awaitLetter(manager);
      }
      Files.write(pending, before);
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        Eventually.get(worker.reject(message, REFUSAL));
        Eventually.get(worker.send(update(worker)));
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
      }
    }
  }

  @Test
  void refused_crashAfterItIsKeptWhileUnderWay_isNotSentAgain() throws Exception {
    atWorker.refusing = _ -> Optional.of(REFUSAL);
    Message message;
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Path pending = directory.resolve("state/manager_001/pending.ndjson");
      byte[] before;
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        message = assignment(manager, "t1");
        CompletableFuture<Acknowledgement> sent = manager.send(message);
        before = firstLine(pending);
        assertFails(sent, ErrorCode.E_TASK_003);
        awaitLetter(manager);
      }
      Files.write(pending, before);
      long refused = worker.statistics().refused();
      try (AgentBus manager = open(MANAGER, atManager, options())) {
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
        assertThat(manager.underWay()).isZero();
      }
      assertThat(worker.statistics().refused()).isEqualTo(refused);
    }
  }

  @Test
  void redriven_restartBeforeTheAnswer_isTakenOutOnceItComes() throws Exception {
    atWorker.refusing = _ -> Optional.of(REFUSAL);
    Message message;
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      try (AgentBus _ = open(WORKER, atWorker, options())) {
        message = assignment(manager, "t1");
        assertFails(manager.send(message), ErrorCode.E_TASK_003);
      }
      clock.advance(Duration.ofSeconds(1));
      CompletableFuture<?> _ = manager.redrive(awaitLetter(manager).entryId());
    }
    atWorker.refusing = _ -> Optional.empty();
    try (AgentBus _ = open(WORKER, atWorker, options());
        AgentBus manager = open(MANAGER, atManager, options())) {
      assertThat(atWorker.next().messageId()).isEqualTo(message.messageId());
      Eventually.until(() -> manager.deadLetters().size() == 0);
    }
  }

  @Test
  void refused_diskIsFull_isADeadLetterOnceThereIsRoom() throws Exception {
    atWorker.refusing = this::refuseOnFullDisk;
    try (AgentBus _ = open(WORKER, atWorker, options());
        AgentBus manager = disk.under(() -> open(MANAGER, atManager, options()))) {
      Message message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      assertFails(sent, ErrorCode.E_TASK_003);
      assertThat(sent.exceptionNow().getSuppressed())
          .singleElement(InstanceOfAssertFactories.type(StoreException.class))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_002));
      clock.advance(Duration.ofSeconds(3));
      assertThat(manager.deadLetters().list()).isEmpty();

      disk.setFull(false);
      clock.advance(Duration.ofSeconds(1));
      assertThat(awaitLetter(manager).message()).isEqualTo(message);
      assertThat(manager.statistics().failed()).isOne();
    }
  }

  @Test
  void refused_diskIsFullAndTheSenderEnds_isADeadLetterOfTheNextLife() throws Exception {
    atWorker.refusing = this::refuseOnFullDisk;
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      Message message;
      try (AgentBus manager = disk.under(() -> open(MANAGER, atManager, options()))) {
        message = assignment(manager, "t1");
        assertFails(manager.send(message), ErrorCode.E_TASK_003);
      }
      disk.setFull(false);
      atWorker.refusing = _ -> Optional.of(REFUSAL);
      worker.abandon(MANAGER.agentId());
      try (AgentBus manager = disk.under(() -> open(MANAGER, atManager, options()))) {
        assertThat(awaitLetter(manager).message().messageId()).isEqualTo(message.messageId());
      }
    }
  }

  @Test
  void refused_afterDeliveryAndTheDiskIsFull_comesAgainFromTheChannel() throws Exception {
    Channels files = new NdjsonChannels(directory, _ -> {});
    try (AgentBus worker = AgentBus.open(WORKER, registry(), files, atWorker, options())) {
      Message message;
      try (AgentBus manager =
          disk.under(() -> AgentBus.open(MANAGER, registry(), files, atManager, options()))) {
        message = assignment(manager, "t1");
        Eventually.get(manager.send(message));
        disk.setFull(true);
        Eventually.get(worker.reject(message, REFUSAL));
        awaitState(manager, message, MessageState.FAILED);
        assertThat(manager.deadLetters().list()).isEmpty();
      }
      disk.setFull(false);
      try (AgentBus manager =
          disk.under(() -> AgentBus.open(MANAGER, registry(), files, atManager, options()))) {
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
      }
    }
  }

  @Test
  void refuse_noRoomToSaySo_isSaidLaterAndNotHandledAgain() throws Exception {
    FullChannels full = new FullChannels(new NdjsonChannels(directory, _ -> {}));
    atWorker.failing = _ -> fill(full);
    try (AgentBus manager = AgentBus.open(MANAGER, registry(), files(), atManager, options());
        AgentBus worker = AgentBus.open(WORKER, registry(), full, atWorker, options())) {
      Message message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      assertThat(atWorker.next()).isEqualTo(message);
      Eventually.until(() -> full.refused.get() >= 1);
      Eventually.get(sent); // the receipt, which went before
      clock.advance(Duration.ofSeconds(5));
      assertThat(manager.deadLetters().list()).isEmpty();

      full.isFull = false;
      Eventually.until(() -> {
        clock.advance(Rejections.STORAGE_PAUSE);
        return manager.deadLetters().size() > 0;
      });
      assertThat(awaitLetter(manager).message()).isEqualTo(message);
      assertThat(atWorker.isIdle()).isTrue();
      assertThat(worker.statistics().quarantined()).isZero();
    }
  }

  @Test
  void refuse_noRoomToSaySoAndTheReceiverEnds_isGivenTheMessageAgain() throws Exception {
    FullChannels full = new FullChannels(new NdjsonChannels(directory, _ -> {}));
    atWorker.failing = _ -> fill(full);
    try (AgentBus manager = AgentBus.open(MANAGER, registry(), files(), atManager, options())) {
      Message message = assignment(manager, "t1");
      try (AgentBus _ = AgentBus.open(WORKER, registry(), full, atWorker, options())) {
        Eventually.get(manager.send(message));
        assertThat(atWorker.next()).isEqualTo(message);
        Eventually.until(() -> full.refused.get() >= 1);
      }
      full.isFull = false;
      atWorker.failing = _ -> true;
      try (AgentBus _ = AgentBus.open(WORKER, registry(), full, atWorker, options())) {
        assertThat(atWorker.next()).isEqualTo(message);
        assertThat(awaitLetter(manager).message()).isEqualTo(message);
      }
    }
  }

  @Test
  void refuse_senderCannotBeReached_isQuarantinedInTheEnd() throws Exception {
    FullChannels gone = new FullChannels(new NdjsonChannels(directory, _ -> {}));
    gone.code = ErrorCode.E_ROUTING_003;
    gone.isFull = true;
    atWorker.refusing = _ -> Optional.of(REFUSAL);
    try (AgentBus manager = AgentBus.open(MANAGER, registry(), files(), atManager, options());
        AgentBus worker = AgentBus.open(WORKER, registry(), gone, atWorker, options())) {
      CompletableFuture<Acknowledgement> _ = manager.send(assignment(manager, "t1"));
      Eventually.until(() -> {
        clock.advance(Duration.ofMillis(500));
        return worker.statistics().quarantined() > 0;
      });
      assertThat(gone.refused).hasPositiveValue();
    }
  }

  private boolean fill(FullChannels full) {
    full.isFull = true;
    return true;
  }

  private Optional<Refusal> refuseOnFullDisk(Message message) {
    disk.setFull(true);
    return Optional.of(REFUSAL);
  }

  private Channels files() {
    return new NdjsonChannels(directory, _ -> {});
  }

  private static Registry registry() {
    Registry registry = new Registry();
    registry.register(MANAGER);
    registry.register(WORKER);
    return registry;
  }

  /** A message that was acknowledged in a life of its sender's that is over. */
  private Message delivered() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      Message message = assignment(manager, "t1");
      Eventually.get(manager.send(message));
      return message;
    }
  }

  private static byte[] firstLine(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    int end = 0;
    while (bytes[end] != '\n') {
      end++;
    }
    return Arrays.copyOf(bytes, end + 1);
  }

  private static Message update(AgentBus worker) {
    return worker.compose(MANAGER, Samples.update("t1", 0.5)).correlationId("req_1").build();
  }
}
