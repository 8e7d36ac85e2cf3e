package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.security.AccessPolicy;
import dev.aeon.apm.security.AgentKey;
import dev.aeon.apm.security.Keyring;
import dev.aeon.apm.security.Signatures;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.MessageState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bus with a directory forgets nothing that it was trusted with. */
@Timeout(300)
class DurableBusTest extends DurableBusFixture {
  @Test
  void close_messageUnderWay_goesOnWhenOpenedAgain() throws Exception {
    Message message;
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> _ = manager.send(message);
      assertThat(manager.underWay()).isOne();
    }
    try (AgentBus worker = open(WORKER, atWorker, options());
        AgentBus manager = open(MANAGER, atManager, options())) {
      assertThat(atWorker.next()).isEqualTo(message);
      assertThat(worker.statistics().received()).isOne();
      assertThat(manager.deadLetters().list()).isEmpty();
    }
  }

  @Test
  void send_receiverIsNotRegistered_waitsForItEvenOverARestart() throws Exception {
    BusOptions parking = options().withUnknownReceivers(UnknownReceivers.PARK);
    Message message;
    try (AgentBus manager = AgentBus.open(MANAGER, new Registry(), channels, atManager, parking)) {
      message = assignment(manager, "t1");
      assertThat(manager.send(message)).isNotDone();
      assertThat(manager.parked()).isOne();
    }
    Registry registry = new Registry();
    try (AgentBus manager = AgentBus.open(MANAGER, registry, channels, atManager, parking)) {
      assertThat(manager.parked()).isOne();
      try (AgentBus _ = AgentBus.open(WORKER, registry, channels, atWorker, options())) {
        clock.advance(Duration.ofSeconds(1));
        assertThat(atWorker.next()).isEqualTo(message);
        assertThat(manager.parked()).isZero();
      }
    }
  }

  @Test
  void receive_copyAfterARestart_isAcknowledgedAndNotHandledAgain() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      Message message = assignment(manager, "t1");
      try (AgentBus _ = open(WORKER, atWorker, options().withAckTime(AckTime.AFTER_HANDLING))) {
        assertThat(Eventually.get(manager.send(message)).receipts().getFirst().status())
            .isEqualTo(AckStatus.PROCESSED);
        atWorker.next();
      }
      manager.abandon(WORKER.agentId());
      try (AgentBus worker = open(WORKER, atWorker, options())) {
        assertThat(Eventually.get(manager.send(message)).receipts().getFirst().status())
            .isEqualTo(AckStatus.PROCESSED);
        assertThat(worker.statistics().duplicates()).isOne();
        assertThat(atWorker.isIdle()).isTrue();
      }
    }
  }

  @Test
  void receive_handlersOwnTransactionHasTheId_isNotHandledAgain() throws Exception {
    Set<DeduplicationKey> committed = ConcurrentHashMap.newKeySet();
    BusOptions options =
        options().withProcessed(ProcessedMessages.ofHandlersTransaction(committed::contains));
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus worker = open(WORKER, atWorker, options)) {
      Message message = assignment(manager, "t1");
      committed.add(DeduplicationKey.of(message));
      Eventually.get(manager.send(message));
      assertThat(atWorker.isIdle()).isTrue();
      assertThat(worker.statistics().duplicates()).isOne();
    }
  }

  @Test
  void send_neverAnswered_isADeadLetterThatCanBeRedriven() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      Message message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      clock.advance(Duration.ofHours(1));
      assertFails(sent, ErrorCode.E_PROTOCOL_004);
      DeadLetter letter = manager.deadLetters().list().getFirst();
      assertThat(letter.message().messageId()).isEqualTo(message.messageId());
      assertThat(
              ((ErrorReport) atManager.next().payload())
                  .context()
                  .orElseThrow()
                  .string("messageId"))
          .isEqualTo(message.messageId().value());
      manager.abandon(WORKER.agentId());
      try (AgentBus _ = open(WORKER, atWorker, options())) {
        Eventually.get(manager.redrive(letter.entryId()));
        assertThat(manager.deadLetters().list()).isEmpty();
      }
    }
  }

  @Test
  void receive_expiredMessage_isRefusedForGood() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus _ =
            open(WORKER, atWorker, options().withClock(() -> Samples.TIME.plusSeconds(100)))) {
      Message message =
          assignment(manager, "t1").toBuilder()
              .metadata(Metadata.builder().ttl(Duration.ofSeconds(60)).build())
              .build();
      assertFails(manager.send(message), ErrorCode.E_PROTOCOL_004);
      assertThat(atWorker.isIdle()).isTrue();
      assertThat(manager.deadLetters().list())
          .extracting(DeadLetter::reason)
          .containsExactly("refused");
    }
  }

  @Test
  void receive_expiresWhileItWaitsToBeHandled_isRefusedForGood() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    atWorker.failing = _ -> isStuck(mayGoOn);
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus _ = open(WORKER, atWorker, options())) {
      Eventually.get(manager.send(assignment(manager, "first")));
      Message first = atWorker.next();
      Message message =
          assignment(manager, "second").toBuilder()
              .metadata(Metadata.builder().ttl(Duration.ofSeconds(60)).build())
              .build();
      Eventually.get(manager.send(message));
      clock.advance(Duration.ofSeconds(66));
      mayGoOn.countDown();
      awaitState(manager, message, MessageState.FAILED);
      assertThat(atWorker.isIdle()).isTrue();
      assertThat(manager.state(first.messageId(), WORKER.agentId()))
          .contains(MessageState.DELIVERED);
      assertThat(awaitLetter(manager).errorCode()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    }
  }

  private static boolean isStuck(CountDownLatch latch) {
    try {
      return !latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void receive_customType_isHandledWhereItIsKnownAndItsRulesAreKept() throws Exception {
    Schema rules = Schema.empty().required("n", FieldRules.integer(0, 9));
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus _ = open(WORKER, atWorker, options().withCustomType("CUSTOM_PING", rules))) {
      Eventually.get(manager.send(custom(manager, "CUSTOM_PING", 7)));
      assertThat(atWorker.next().payload().typeName()).isEqualTo("CUSTOM_PING");
      assertFails(manager.send(custom(manager, "CUSTOM_PING", 10)), ErrorCode.E_VALIDATION_004);
      assertFails(manager.send(custom(manager, "CUSTOM_OTHER", 1)), ErrorCode.E_PROTOCOL_006);
      Message toAll =
          custom(manager, "CUSTOM_OTHER", 1).toBuilder()
              .receiver(Receiver.ofType(AgentType.IMPLEMENTATION))
              .build();
      assertThat(Eventually.get(manager.send(toAll)).receipts()).hasSize(1);
      assertThat(atWorker.isIdle()).isTrue();
    }
  }

  @Test
  void send_signed_isHandledAndAnsweredSigned() throws Exception {
    Keyring keyring = new Keyring();
    keyring.add(AgentKey.ofSecret("m", MANAGER.agentId(), new byte[32]));
    keyring.add(AgentKey.ofSecret("w", WORKER.agentId(), new byte[33]));
    BusOptions signed = options().withSignatures(new Signatures(keyring, clock));
    try (AgentBus manager = open(MANAGER, atManager, signed);
        AgentBus worker = open(WORKER, atWorker, signed)) {
      Eventually.get(manager.send(assignment(manager, "t1")));
      assertThat(atWorker.next().envelope().metadata().fields().has("signature")).isTrue();
      assertThat(worker.statistics().refused()).isZero();
    }
  }

  @Test
  void receive_unsignedWhereSignaturesAreAsked_isRefusedAndQuarantined() throws Exception {
    Keyring keyring = new Keyring();
    keyring.add(AgentKey.ofSecret("w", WORKER.agentId(), new byte[32]));
    BusOptions signed = options().withSignatures(new Signatures(keyring, clock));
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus worker = open(WORKER, atWorker, signed)) {
      assertFails(manager.send(assignment(manager, "t1")), ErrorCode.E_SECURITY_001);
      assertThat(atWorker.isIdle()).isTrue();
      assertThat(worker.statistics().quarantined()).isOne();
    }
  }

  @Test
  void send_notAllowed_failsAtEitherEnd() throws Exception {
    AccessPolicy noTasks = (_, _, typeName) -> !typeName.equals("TASK_ASSIGNMENT");
    try (AgentBus strict = open(MANAGER, atManager, options().withAccess(noTasks))) {
      assertFails(strict.send(assignment(strict, "t1")), ErrorCode.E_SECURITY_005);
    }
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus _ = open(WORKER, atWorker, options().withAccess(noTasks))) {
      assertFails(manager.send(assignment(manager, "t1")), ErrorCode.E_SECURITY_005);
      assertThat(atWorker.isIdle()).isTrue();
    }
  }

  @Test
  void open_withASharedRegistry_countsLivesAndGivesSignsOfLife() throws Exception {
    Registry registry = Registry.open(directory, clock);
    try (AgentBus worker =
            AgentBus.open(WORKER, Registry.open(directory, clock), channels, atWorker, options());
        AgentBus manager = AgentBus.open(MANAGER, registry, channels, atManager, options())) {
      assertThat(worker.epoch()).isOne();
      assertThat(registry.agents()).containsExactly(WORKER, MANAGER);
      clock.advance(Duration.ofMinutes(2));
      assertThat(registry.agents()).containsExactly(WORKER, MANAGER);
      Eventually.get(manager.send(assignment(manager, "t1")));
      assertThat(atWorker.next().envelope().metadata().epoch()).isOne();
    }
    assertThat(registry.agents()).isEmpty();
    try (AgentBus worker =
        AgentBus.open(WORKER, Registry.open(directory, clock), channels, atWorker, options())) {
      assertThat(worker.epoch()).isEqualTo(2);
    }
  }

  @Test
  void receive_stateSync_isRememberedAcrossRestarts() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      try (AgentBus _ = open(WORKER, atWorker, options())) {
        Eventually.get(
            manager.send(manager.compose(WORKER, Samples.registration(MANAGER, "1.0.0")).build()));
      }
    }
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      assertThat(worker.states().find(EntityType.AGENT, "manager_001")).isPresent();
    }
  }

  @Test
  void redrive_unknownEntry_isAFault() {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      assertThatThrownBy(() -> manager.redrive("dlq_none"))
          .hasMessageContaining("entryId=dlq_none");
    }
  }

  private static Message custom(AgentBus manager, String typeName, int n) {
    JsonObject fields = JsonObject.builder().put("n", n).build();
    return manager.compose(WORKER, new Custom(typeName, fields)).build();
  }
}
