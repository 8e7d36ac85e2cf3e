package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.MessageState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a bus does over every kind of channel. */
@Timeout(300)
@ExtendWith(NoThreadLeft.class)
abstract class AgentBusContract {
  @TempDir Path directory;
  private final Registry managersRegistry = new Registry();
  private final Registry workersRegistry = new Registry();
  private final RecordingHandler atManager = new RecordingHandler();
  private final RecordingHandler atWorker = new RecordingHandler();
  private final BlockingQueue<BadInput> quarantine = new LinkedBlockingQueue<>();
  private final BusOptions options =
      BusOptions.defaults()
          .withClock(InstantSource.fixed(Samples.TIME))
          .withQuarantine(quarantine::add);
  private Channels channels;
  private AgentBus manager;
  private AgentBus worker;

  abstract Channels channels() throws Exception;

  /** Sends bytes to the worker as a faulty peer would, as a line from {@code sender}. */
  abstract void inject(AgentIdentity sender, byte[] line) throws Exception;

  /** What the channels keep; empty where they keep nothing. */
  Optional<Archive> archive() {
    return Optional.empty();
  }

  /** Gives back what {@link #channels} took, once the buses are closed. */
  void disconnect() throws Exception {}

  @BeforeEach
  void open() throws Exception {
    channels = channels();
    manager = AgentBus.open(MANAGER, managersRegistry, channels, atManager, options);
    worker = AgentBus.open(WORKER, workersRegistry, channels, atWorker, options);
    managersRegistry.register(WORKER);
    workersRegistry.register(MANAGER);
  }

  @AfterEach
  void close() throws Exception {
    worker.close();
    manager.close();
    disconnect();
  }

  @Test
  void send_toRegisteredAgent_isHandledAndAcknowledged() throws Exception {
    Message message = assignment("t1");
    Acknowledgement acknowledgement = Eventually.get(manager.send(message));
    assertThat(acknowledgement.messageId()).isEqualTo(message.messageId());
    assertThat(acknowledgement.receipts())
        .containsExactly(new Acknowledgement.Receipt(WORKER, AckStatus.RECEIVED, Samples.TIME));
    assertThat(atWorker.next()).isEqualTo(message);
    assertThat(manager.state(message.messageId(), WORKER.agentId()))
        .contains(MessageState.DELIVERED);
  }

  @Test
  void send_everyType_bothWays_isHandled() throws Exception {
    List<Payload> payloads =
        List.of(
            Samples.assignment("t1"),
            Samples.update("t1", 0.5),
            Samples.registration(WORKER, "1.0.0"),
            Samples.error(),
            Samples.handoff(WORKER, OTHER));
    for (Payload payload : payloads) {
      Message message = worker.compose(MANAGER, payload).correlationId("req_1").build();
      Eventually.get(worker.send(message));
      assertThat(atManager.next().payload()).isEqualTo(payload);
    }
    assertThat(atWorker.isIdle()).isTrue();
  }

  @Test
  void send_manyMessages_areHandledInOrder() throws Exception {
    List<CompletableFuture<Acknowledgement>> sent =
        IntStream.range(0, 200).mapToObj(index -> manager.send(assignment("t" + index))).toList();
    for (int index = 0; index < 200; index++) {
      assertThat(atWorker.next().correlation()).isEqualTo("req_t" + index);
      Eventually.get(sent.get(index));
    }
  }

  @Test
  void send_unknownAgent_failsHere() {
    Message message = manager.compose(OTHER, Samples.error()).build();
    assertDelivery(manager.send(message), ErrorCode.E_ROUTING_001);
  }

  @Test
  void send_wrongType_failsHere() {
    Receiver receiver = Receiver.of(WORKER.agentId().value(), AgentType.AD_HOC);
    Message message = manager.compose(receiver, Samples.error()).build();
    assertDelivery(manager.send(message), ErrorCode.E_ROUTING_002);
  }

  @Test
  void send_foreignSender_failsHere() {
    Message message = assignment("t1").toBuilder().sender(OTHER).build();
    assertThatThrownBy(() -> Eventually.get(manager.send(message)))
        .hasCauseInstanceOf(InvalidMessageException.class);
  }

  @Test
  void compose_tooLong_failsHere() {
    StateSync sync =
        StateSync.builder()
            .entityType(EntityType.TASK)
            .entityId("t1")
            .operation(StateOperation.UPDATE)
            .state(JsonObject.builder().put("text", "x".repeat(1 << 20)).build())
            .syncTimestamp(Samples.TIME)
            .build();
    assertThatThrownBy(() -> manager.compose(WORKER, sync).build())
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("E_VALIDATION_005");
  }

  @Test
  void send_largestMessage_isHandled() throws Exception {
    Message message = ofByteSize(JsonCodec.MAX_BYTE_SIZE);
    Eventually.get(manager.send(message));
    assertThat(atWorker.next()).isEqualTo(message);
  }

  @Test
  void send_oneByteTooLong_isRefusedBeforeAnythingIsWritten() throws Exception {
    Message message = ofByteSize(JsonCodec.MAX_BYTE_SIZE + 1);
    assertThatThrownBy(() -> Eventually.get(manager.send(message)))
        .hasCauseInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("E_VALIDATION_005");
    assertThat(archive().map(Archive::channels).orElse(List.of())).isEmpty();
    Eventually.get(manager.send(assignment("next")));
    assertThat(atWorker.next().correlation()).isEqualTo("req_next");
    // Counted once its channel says so, which the answer may overtake.
    assertThat(manager.statistics().sent()).isLessThanOrEqualTo(1);
  }

  @Test
  void send_broadcastToType_reachesAllOfItAndAggregates() throws Exception {
    RecordingHandler atOther = new RecordingHandler();
    try (AgentBus other = AgentBus.open(OTHER, new Registry(), channels, atOther, options)) {
      managersRegistry.register(OTHER);
      Message message =
          manager.compose(Receiver.ofType(AgentType.IMPLEMENTATION), Samples.error()).build();
      Acknowledgement acknowledgement = Eventually.get(manager.send(message));
      assertThat(acknowledgement.receipts())
          .extracting(Acknowledgement.Receipt::receiver)
          .containsExactlyInAnyOrder(WORKER, OTHER);
      Message copy = atOther.next();
      assertThat(copy.messageId()).isEqualTo(message.messageId());
      assertThat(copy.receiver()).isEqualTo(Receiver.of(OTHER));
      assertThat(copy.envelope().metadata().fields().string("broadcastId"))
          .isEqualTo(message.messageId().value());
      assertThat(atWorker.next().receiver()).isEqualTo(Receiver.of(WORKER));
      assertThat(atManager.isIdle()).isTrue();
      assertThat(other.statistics().received()).isEqualTo(1);
    }
  }

  @Test
  void send_broadcastToNobody_succeedsWithNoReceipt() throws Exception {
    Message message = worker.compose(Receiver.ofType(AgentType.AD_HOC), Samples.error()).build();
    assertThat(Eventually.get(worker.send(message)).receipts()).isEmpty();
  }

  @Test
  void send_refusedByHandler_failsWithItsCodeAndIsNotHandled() throws Exception {
    atManager.refusing =
        _ -> Optional.of(new Refusal(ErrorCode.E_PROTOCOL_005, "another schema digest"));
    Message registration = worker.compose(MANAGER, Samples.registration(WORKER, "1.0.0")).build();
    managersRegistry.unregister(WORKER.agentId());
    DeliveryException e = assertDelivery(worker.send(registration), ErrorCode.E_PROTOCOL_005);
    assertThat(e.nack().orElseThrow().reason()).isEqualTo("another schema digest");
    assertThat(managersRegistry.find(WORKER.agentId())).isEmpty();
    assertThat(atManager.isIdle()).isTrue();
    assertThat(worker.state(registration.messageId(), MANAGER.agentId()))
        .contains(MessageState.FAILED);
  }

  @Test
  void registration_ofUnknownAgent_registersIt() throws Exception {
    managersRegistry.unregister(WORKER.agentId());
    Eventually.get(
        worker.send(worker.compose(MANAGER, Samples.registration(WORKER, "1.0.0")).build()));
    assertThat(managersRegistry.find(WORKER.agentId())).contains(WORKER);
    Eventually.get(manager.send(assignment("t1")));
  }

  @Test
  void registration_ofAnEarlierLife_isRefused() throws Exception {
    Eventually.get(worker.send(worker.compose(MANAGER, registrationOfLife(5)).build()));
    DeliveryException _ =
        assertDelivery(
            worker.send(worker.compose(MANAGER, registrationOfLife(4)).build()),
            ErrorCode.E_PROTOCOL_005);
    Eventually.get(worker.send(worker.compose(MANAGER, registrationOfLife(6)).build()));
  }

  private static StateSync registrationOfLife(long epoch) {
    return StateSync.builder()
        .entityType(EntityType.AGENT)
        .entityId(WORKER.agentId().value())
        .operation(StateOperation.CREATE)
        .state(JsonObject.builder().put("epoch", epoch).build())
        .syncTimestamp(Samples.TIME)
        .build();
  }

  @Test
  void registration_withoutCommonVersion_isRefused() {
    managersRegistry.unregister(WORKER.agentId());
    Message message =
        worker.compose(MANAGER, Samples.registration(WORKER, "2.0.0", "3.1.0")).build();
    assertDelivery(worker.send(message), ErrorCode.E_PROTOCOL_001);
    assertThat(managersRegistry.find(WORKER.agentId())).isEmpty();
  }

  @Test
  void acknowledge_processed_movesToProcessed() throws Exception {
    Message message = assignment("t1");
    Eventually.get(manager.send(message));
    Eventually.get(worker.acknowledge(atWorker.next(), AckStatus.PROCESSED));
    Eventually.get(worker.send(worker.compose(MANAGER, Samples.error()).build()));
    assertThat(manager.state(message.messageId(), WORKER.agentId()))
        .contains(MessageState.PROCESSED);
  }

  @Test
  void handler_throws_isAnsweredWithNackAndTheNextIsHandled() throws Exception {
    atWorker.failing = message -> message.correlation().equals("req_t1");
    Message message = assignment("t1");
    Eventually.get(manager.send(message));
    atWorker.next();
    Eventually.get(manager.send(assignment("t2")));
    assertThat(atWorker.next().correlation()).isEqualTo("req_t2");
    Eventually.get(worker.send(worker.compose(MANAGER, Samples.error()).build()));
    assertThat(manager.state(message.messageId(), WORKER.agentId())).contains(MessageState.FAILED);
  }

  @Test
  void invalidMessage_withReadableSender_isNackedWithEveryViolationAndQuarantined()
      throws Exception {
    String line =
        """
        {"version":"1.0.0","messageId":"msg_20251112_100000_001","timestamp":"yesterday",\
        "sender":{"agentId":"faulty_1","type":"AdHoc"},\
        "receiver":{"agentId":"impl_001","type":"Implementation"},\
        "messageType":"ERROR_REPORT","priority":"URGENT","payload":{"errorType":"TaskFailure"}}\
        """;
    AgentIdentity faulty = AgentIdentity.of("faulty_1", AgentType.AD_HOC);
    RecordingListener answers = new RecordingListener();
    try (Inbox _ = channels.listen(faulty.agentId(), answers)) {
      inject(faulty, line.getBytes(StandardCharsets.UTF_8));
      Nack nack = (Nack) read(answers.nextLine()).payload();
      assertThat(nack.rejectedMessageId().value()).isEqualTo("msg_20251112_100000_001");
      assertThat(nack.errorCode()).contains(ErrorCode.E_VALIDATION_001);
      assertThat(nack.reason())
          .contains("payload.errorMessage", "payload.severity", "priority", "timestamp");
    }
    assertThat(bad().raw()).isEqualTo(line.getBytes(StandardCharsets.UTF_8));
    assertThat(atWorker.isIdle()).isTrue();
    assertThat(worker.statistics().quarantined()).isEqualTo(1);
  }

  @Test
  void garbage_isQuarantinedAndTheNextMessageIsHandled() throws Exception {
    for (String garbage : List.of("{", "null", "[1,2]", "\u0000\u0001", "{\"a\":1}{\"b\":2}")) {
      inject(
          AgentIdentity.of("faulty_1", AgentType.AD_HOC), garbage.getBytes(StandardCharsets.UTF_8));
      assertThat(bad().violations().getFirst().code()).isEqualTo(ErrorCode.E_PROTOCOL_002);
    }
    Eventually.get(manager.send(assignment("t1")));
    assertThat(atWorker.next().correlation()).isEqualTo("req_t1");
  }

  @Test
  void ackOfNothing_isQuarantinedAndNeverAnswered() throws Exception {
    Message message = assignment("t1");
    Message wrong =
        Message.builder()
            .sender(WORKER)
            .receiver(MANAGER)
            .correlationId("another")
            .payload(
                Ack.builder()
                    .acknowledgedMessageId(message.messageId())
                    .status(AckStatus.RECEIVED)
                    .timestamp(Samples.TIME)
                    .build())
            .build();
    AgentIdentity faulty = AgentIdentity.of("faulty_1", AgentType.AD_HOC);
    inject(faulty, Samples.routed(wrong).line());
    assertThat(bad().violations().getFirst().code()).isEqualTo(ErrorCode.E_PROTOCOL_003);
    assertThat(worker.statistics().sent()).isZero();
  }

  @Test
  void messageForAnotherAgent_isRefused() throws Exception {
    AgentIdentity faulty = AgentIdentity.of("faulty_1", AgentType.AD_HOC);
    Message stray =
        Message.builder().sender(faulty).receiver(OTHER).payload(Samples.error()).build();
    RecordingListener answers = new RecordingListener();
    try (Inbox _ = channels.listen(faulty.agentId(), answers)) {
      inject(faulty, Samples.routed(stray).line());
      Nack nack = (Nack) read(answers.nextLine()).payload();
      assertThat(nack.errorCode()).contains(ErrorCode.E_ROUTING_002);
    }
    assertThat(worker.statistics().refused()).isEqualTo(1);
  }

  @Test
  void customBroadcast_thatNobodyKnows_isAcknowledgedAsUnhandled() throws Exception {
    AgentIdentity peer = AgentIdentity.of("peer_1", AgentType.AD_HOC);
    Message message =
        Message.builder()
            .sender(peer)
            .receiver(WORKER)
            .payload(new Custom("CUSTOM_NEWS", JsonObject.empty()))
            .metadata(Metadata.builder().put("broadcastId", "msg_1").build())
            .build();
    RecordingListener answers = new RecordingListener();
    try (Inbox _ = channels.listen(peer.agentId(), answers)) {
      inject(peer, Samples.routed(message).line());
      Ack ack = (Ack) read(answers.nextLine()).payload();
      assertThat(ack.status()).isEqualTo(AckStatus.RECEIVED);
      assertThat(ack.notes()).contains("unhandled");
    }
    assertThat(atWorker.isIdle()).isTrue();
  }

  @Test
  void close_failsWhatWaits() {
    AgentIdentity absent = AgentIdentity.of("absent", AgentType.AD_HOC);
    managersRegistry.register(absent);
    CompletableFuture<Acknowledgement> waiting =
        manager.send(manager.compose(absent, Samples.error()).build());
    manager.close();
    assertDelivery(waiting, ErrorCode.E_ROUTING_003);
    assertDelivery(manager.send(assignment("late")), ErrorCode.E_ROUTING_003);
  }

  @Test
  void close_interruptsABlockedHandler() throws Exception {
    AgentIdentity third = AgentIdentity.of("third", AgentType.AD_HOC);
    managersRegistry.register(third);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    MessageHandler blocking =
        (_, _) -> {
          entered.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    try (AgentBus _ = AgentBus.open(third, new Registry(), channels, blocking, options)) {
      Eventually.get(manager.send(manager.compose(third, Samples.error()).build()));
      assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void abandon_failsWhatIsUnderWayToThatAgentAlone() throws Exception {
    AgentIdentity absent = AgentIdentity.of("absent", AgentType.AD_HOC);
    managersRegistry.register(absent);
    CompletableFuture<Acknowledgement> waiting =
        manager.send(manager.compose(absent, Samples.error()).build());
    manager.abandon(absent.agentId());
    assertDelivery(waiting, ErrorCode.E_ROUTING_003);
    Eventually.get(manager.send(assignment("t1")));
  }

  @Test
  void open_idIsTaken_isRefused() {
    Registry registry = new Registry();
    registry.register(AgentIdentity.of("Manager_001", AgentType.MANAGER));
    assertThatThrownBy(() -> AgentBus.open(MANAGER, registry, channels, atManager))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("taken");
  }

  private Message ofByteSize(int byteSize) {
    Message message = padded(assignment("t1"), "");
    int spare = byteSize - message.toJson().toBytes().length;
    return padded(message, "p".repeat(spare));
  }

  private static Message padded(Message message, String padding) {
    Metadata metadata = message.envelope().metadata().toBuilder().put("padding", padding).build();
    // No builder makes one that is too long.
    return Message.of(message.toJson().toBuilder().put("metadata", metadata.fields()).build());
  }

  private Message assignment(String taskId) {
    return manager
        .compose(WORKER, Samples.assignment(taskId))
        .correlationId("req_" + taskId)
        .priority(Priority.HIGH)
        .build();
  }

  private BadInput bad() throws InterruptedException {
    return Eventually.next(quarantine);
  }

  private static Message read(String line) {
    return Message.of(JsonCodec.decode(line.getBytes(StandardCharsets.UTF_8)).fields());
  }

  private static DeliveryException assertDelivery(
      CompletableFuture<Acknowledgement> future, ErrorCode code) {
    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> Eventually.get(future));
    assertThat(e).isNotNull();
    assertThat(e.getCause()).isInstanceOf(DeliveryException.class);
    DeliveryException cause = (DeliveryException) e.getCause();
    assertThat(cause.code()).isEqualTo(code);
    return cause;
  }
}
