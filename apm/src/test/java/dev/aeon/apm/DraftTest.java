package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the draft says of whole flows, as the decisions on it read it. */
@Timeout(300)
class DraftTest extends DurableBusFixture {
  @Test
  void errorReport_isNeverAnswered_isADeadLetterAndNotReported() throws Exception {
    try (AgentBus worker = open(WORKER, atWorker, options())) {
      CompletableFuture<Acknowledgement> sent =
          worker.send(worker.compose(MANAGER, Samples.error()).build());
      clock.advance(Duration.ofHours(1));
      assertFails(sent, ErrorCode.E_PROTOCOL_004);
      assertThat(worker.deadLetters().list())
          .extracting(letter -> letter.message().payload())
          .containsExactly(Samples.error());
      worker.abandon(MANAGER.agentId());
      try (AgentBus _ = open(MANAGER, atManager, options())) {
        Eventually.get(
            worker.send(
                worker.compose(MANAGER, Samples.update("t1", 0.5)).correlationId("r").build()));
        assertThat(atManager.next().payload()).isEqualTo(Samples.update("t1", 0.5));
        assertThat(atManager.isIdle()).isTrue();
      }
    }
  }

  @Test
  void send_unknownAgent_failsHereAndManagersAreTold() throws Exception {
    try (AgentBus _ = open(MANAGER, atManager, options());
        AgentBus worker = open(WORKER, atWorker, options())) {
      Message lost =
          worker.compose(OTHER, Samples.handoff(WORKER, OTHER)).correlationId("r").build();
      assertFails(worker.send(lost), ErrorCode.E_ROUTING_001);
      Message told = atManager.next();
      assertThat(told.sender()).isEqualTo(WORKER);
      assertThat(told.correlation()).isEqualTo("r");
      ErrorReport report = (ErrorReport) told.payload();
      assertThat(report.fields().string("errorCode")).isEqualTo("E_ROUTING_001");
      assertThat(report.context().orElseThrow().string("messageId"))
          .isEqualTo(lost.messageId().value());
    }
  }

  @Test
  void send_unknownAgentByAManager_tellsItselfByItsOwnChannel() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options())) {
      Message lost = manager.compose(OTHER, Samples.assignment("t1")).correlationId("r").build();
      assertFails(manager.send(lost), ErrorCode.E_ROUTING_001);
      assertThat(atManager.next().receiver()).isEqualTo(Receiver.of(MANAGER));
    }
  }

  @Test
  void broadcast_toEverybody_reachesAllButItsSender() throws Exception {
    Registry registry = new Registry();
    try (AgentBus manager = AgentBus.open(MANAGER, registry, channels, atManager, options());
        AgentBus _ = AgentBus.open(WORKER, registry, channels, atWorker, options())) {
      Message message = manager.compose(Receiver.everyone(), Samples.error()).build();
      assertThat(Eventually.get(manager.send(message)).receipts())
          .extracting(Acknowledgement.Receipt::receiver)
          .containsExactly(WORKER);
      assertThat(atWorker.next().payload()).isEqualTo(Samples.error());
      assertThat(atManager.isIdle()).isTrue();
    }
  }

  @Test
  void broadcast_refusedByOne_failsInPartAndThatCopyAloneIsADeadLetter() throws Exception {
    Registry registry = new Registry();
    List.of(MANAGER, WORKER, OTHER).forEach(registry::register);
    RecordingHandler atOther = new RecordingHandler();
    atOther.refusing =
        message ->
            Optional.of(new Refusal(ErrorCode.E_VALIDATION_009, "not now: " + message.messageId()));
    try (AgentBus manager = AgentBus.open(MANAGER, registry, channels, atManager, options());
        AgentBus _ = open(WORKER, atWorker, options());
        AgentBus _ = AgentBus.open(OTHER, registry, channels, atOther, options())) {
      Receiver all = Receiver.ofType(AgentType.IMPLEMENTATION);
      CompletableFuture<Acknowledgement> sent =
          manager.send(manager.compose(all, Samples.error()).build());
      assertFails(sent, ErrorCode.E_ROUTING_004);
      assertThat(((DeliveryException) sent.exceptionNow()).tally()).contains(new Tally(2, 1, 1, 0));
      assertThat(atWorker.next().payload()).isEqualTo(Samples.error());
      assertThat(manager.deadLetters().list())
          .extracting(DeadLetter::receiver)
          .containsExactly(OTHER);
    }
  }

  @Test
  void answers_overFiles_lieInTheFileOfTheWayBackUnderFullNames() throws Exception {
    Channels files = new NdjsonChannels(directory, _ -> {});
    Registry registry = new Registry();
    try (AgentBus manager = AgentBus.open(MANAGER, registry, files, atManager, options());
        AgentBus _ = AgentBus.open(WORKER, registry, files, atWorker, options())) {
      Message message = assignment(manager, "t1");
      Eventually.get(manager.send(message));
      Ack ack =
          (Ack)
              only(directory.resolve("channels/impl_001_to_manager_001/messages.ndjson")).payload();
      assertThat(ack.acknowledgedMessageId()).isEqualTo(message.messageId());
      assertThat(
              only(directory.resolve("channels/manager_001_to_impl_001/messages.ndjson"))
                  .messageId())
          .isEqualTo(message.messageId());
    }
  }

  @Test
  void register_byAMessage_isAWholeEnvelopeToAllManagers() throws Exception {
    Registry managers = new Registry();
    try (AgentBus manager = AgentBus.open(MANAGER, managers, channels, atManager, options());
        AgentBus worker = open(WORKER, atWorker, options())) {
      Eventually.get(worker.register(List.of("TASK_ASSIGNMENT")));
      Message registration = atManager.next();
      JsonObject original = registration.envelope().metadata().fields().object("originalReceiver");
      assertThat(original.string("agentId")).isEqualTo("*");
      assertThat(original.string("type")).isEqualTo("Manager");
      assertThat(((StateSync) registration.payload()).state().strings("capabilities"))
          .containsExactly("TASK_ASSIGNMENT", "ack:all");
      assertThat(managers.find(WORKER.agentId())).contains(WORKER);
      Eventually.get(manager.send(assignment(manager, "t1")));
    }
  }

  @Test
  void version_anyMinor_isRead() throws Exception {
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus _ = open(WORKER, atWorker, options())) {
      ProtocolVersion newer = ProtocolVersion.parse("1.99.7").orElseThrow();
      Message message = assignment(manager, "t1").toBuilder().version(newer).build();
      Eventually.get(manager.send(message));
      assertThat(atWorker.next()).isEqualTo(message);
    }
  }

  @Test
  void version_ofAnotherMajor_isRefusedForGood() throws Exception {
    Channels files = new NdjsonChannels(directory, _ -> {});
    Registry registry = new Registry();
    registry.register(WORKER);
    try (AgentBus manager = AgentBus.open(MANAGER, registry, files, atManager, options())) {
      Message message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      awaitState(manager, message, MessageState.IN_TRANSIT);
      Path file = directory.resolve("channels/manager_001_to_impl_001/messages.ndjson");
      Files.writeString(
          file, Files.readString(file).replace("\"version\":\"1.0.0\"", "\"version\":\"2.0.0\""));
      try (AgentBus _ = AgentBus.open(WORKER, registry, files, atWorker, options())) {
        assertFails(sent, ErrorCode.E_PROTOCOL_001);
        assertThat(manager.deadLetters().list())
            .extracting(DeadLetter::reason)
            .containsExactly("refused");
        assertThat(atWorker.isIdle()).isTrue();
      }
    }
  }

  private static Message only(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    return Message.of(JsonCodec.decode(lines.getFirst().getBytes(StandardCharsets.UTF_8)).fields());
  }
}
