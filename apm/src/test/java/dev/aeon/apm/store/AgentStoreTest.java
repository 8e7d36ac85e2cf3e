package dev.aeon.apm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.files.RecordingStorage;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.PendingStore;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent keeps beyond its process is there again afterwards. */
class AgentStoreTest {
  private static final AgentId AGENT = Samples.MANAGER.agentId();

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Samples.TIME);

  @Test
  void processed_reopened_isStillKnown() {
    Message message = Samples.message("t1");
    try (AgentStore store = open()) {
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isFalse();
      store.processed().add(DeduplicationKey.of(message), message);
    }
    try (AgentStore store = open()) {
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isTrue();
      assertThat(store.processed().contains(inAnotherLife(message))).isFalse();
    }
  }

  private static DeduplicationKey inAnotherLife(Message message) {
    Metadata metadata = Metadata.builder().epoch(2).build();
    return DeduplicationKey.of(message.toBuilder().metadata(metadata).build());
  }

  @Test
  void processed_windowIsOver_isForgottenOnDiskToo() throws IOException {
    Message message = Samples.message("old");
    Message longLived =
        Samples.message("long").toBuilder()
            .metadata(Metadata.builder().ttl(Duration.ofDays(3)).build())
            .build();
    try (AgentStore store = open()) {
      store.processed().add(DeduplicationKey.of(message), message);
      clock.jump(Duration.ofHours(2));
      store.processed().add(DeduplicationKey.of(longLived), longLived);
      clock.jump(Duration.ofHours(22));
      Message later = Samples.message("later");
      store.processed().add(DeduplicationKey.of(later), later);
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isTrue();
      clock.jump(Duration.ofHours(3));
      store.processed().add(DeduplicationKey.of(later), later);
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isFalse();
      assertThat(store.processed().contains(DeduplicationKey.of(longLived))).isTrue();
    }
    try (Stream<Path> files = Files.list(directory.resolve("state/manager_001/processed"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void processed_tornOrForeignLines_areLeftOut() throws IOException {
    Message message = Samples.message("t1");
    try (AgentStore store = open()) {
      store.processed().add(DeduplicationKey.of(message), message);
    }
    Path log;
    try (Stream<Path> files = Files.list(directory.resolve("state/manager_001/processed"))) {
      log = files.findFirst().orElseThrow();
    }
    Files.writeString(
        log, "nonsense\n../x 1 msg_1 5\nmanager_001 0 msg_ha", StandardOpenOption.APPEND);
    try (AgentStore store = open()) {
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isTrue();
      assertThat(
              store.processed().contains(new DeduplicationKey(AGENT, 0, new MessageId("msg_ha"))))
          .isFalse();
    }
  }

  @Test
  void processed_addedByAnInterruptedThread_isKeptAndTheInterruptToo() {
    Message message = Samples.message("t1");
    try (AgentStore store = open()) {
      Thread.currentThread().interrupt();
      store.processed().add(DeduplicationKey.of(message), message);
      store.deadLetters().add(failure("t1"));
      store.deadLetters().export(directory.resolve("export.json"));
      assertThat(Thread.interrupted()).isTrue();
    }
    try (AgentStore store = open()) {
      assertThat(store.processed().contains(DeduplicationKey.of(message))).isTrue();
      assertThat(store.deadLetters().list()).hasSize(1);
    }
  }

  @Test
  void pending_reopened_isWhatDidNotEnd() {
    RoutedMessage first = Samples.routed(Samples.message("t1"));
    RoutedMessage second = Samples.routed(Samples.message("t2"));
    try (AgentStore store = open()) {
      store.pending().add(first);
      store.pending().add(second);
      end(store, first);
    }
    try (AgentStore store = open()) {
      assertThat(store.pending().found())
          .containsExactly(new PendingStore.Pending(second.message(), Samples.WORKER));
      assertThat(store.pending().ended())
          .containsExactly(
              new PendingStore.Ended(
                  keyOf(first),
                  "req_t1",
                  MessageState.DELIVERED,
                  true,
                  first.message().responseDeadline()));
    }
  }

  @Test
  void pending_manyEnded_dropsOldFilesAndKeepsTheRest() throws IOException {
    Path file = directory.resolve("pending.ndjson");
    long fullByteSize = 20_000;
    RoutedMessage kept = Samples.routed(Samples.message("kept"));
    RoutedMessage last = kept;
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, fullByteSize, 1000)) {
      journal.add(kept);
      for (int index = 0; index < 500; index++) {
        last = Samples.routed(Samples.message("t" + index));
        journal.add(last);
        journal.end(keyOf(last), "req", MessageState.PROCESSED);
        journal.end(keyOf(last), "req", MessageState.PROCESSED);
      }
      last = Samples.routed(Samples.message("last"));
      journal.add(last);
      journal.end(keyOf(last), "req", MessageState.DELIVERED);
      assertThat(journal.find(keyOf(last)).orElseThrow().message()).isEqualTo(last.message());
      assertThat(journal.find(keyOf(kept))).as("under way").isEmpty();
    }
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, fullByteSize, 1000)) {
      assertThat(journal.found())
          .extracting(each -> each.message().messageId())
          .containsExactly(kept.message().messageId());
      assertThat(journal.ended()).hasSize(501);
      assertThat(journal.forgotten()).isEmpty();
      assertThat(journal.find(keyOf(last)).orElseThrow().message()).isEqualTo(last.message());
      journal.end(keyOf(last), "req", MessageState.FAILED);
    }
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, fullByteSize, 1000)) {
      assertThat(journal.ended().getLast().state()).isEqualTo(MessageState.FAILED);
      assertThat(journal.find(keyOf(last))).isEmpty();
    }
    assertThat(Files.size(file)).isLessThan(10 * fullByteSize);
  }

  @Test
  void pending_deliveredAndFileDropped_isNotFoundAndNotLiedAbout() {
    Path file = directory.resolve("pending.ndjson");
    RoutedMessage first = Samples.routed(Samples.message("first"));
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, 2_000, 1000)) {
      journal.add(first);
      journal.end(keyOf(first), "req", MessageState.DELIVERED);
      for (int index = 0; index < 20; index++) {
        assertThat(journal.find(keyOf(first)).map(PendingStore.Pending::message))
            .satisfiesAnyOf(
                found -> assertThat(found).isEmpty(),
                found -> assertThat(found).contains(first.message()));
        RoutedMessage next = Samples.routed(Samples.message("t" + index));
        journal.add(next);
        journal.end(keyOf(next), "req", MessageState.DELIVERED);
        assertThat(journal.find(keyOf(next)).map(PendingStore.Pending::message))
            .contains(next.message());
      }
      assertThat(journal.find(keyOf(first))).isEmpty();
      assertThat(journal.ended()).hasSize(21);
    }
  }

  @Test
  void pending_sentOnceMoreAfterItsEnd_isUnderWayAfterFilesWereDropped() {
    Path file = directory.resolve("pending.ndjson");
    RoutedMessage redriven = Samples.routed(Samples.message("redriven"));
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, 2_000, 1000)) {
      journal.add(redriven);
      journal.end(keyOf(redriven), "req", MessageState.FAILED);
      journal.add(redriven);
      for (int index = 0; index < 20; index++) {
        RoutedMessage next = Samples.routed(Samples.message("t" + index));
        journal.add(next);
        journal.end(keyOf(next), "req", MessageState.PROCESSED);
      }
    }
    try (PendingJournal journal = new PendingJournal(Storage.REAL, file, 2_000, 1000)) {
      assertThat(journal.found())
          .extracting(PendingStore.Pending::message)
          .containsExactly(redriven.message());
    }
  }

  @Test
  void pending_moreEndedThanAreRemembered_saysOfWhom() {
    try (PendingJournal journal =
        new PendingJournal(Storage.REAL, directory.resolve("pending.ndjson"), 2_000, 10)) {
      RoutedMessage message = Samples.routed(Samples.message("t1"));
      for (int index = 0; index <= 30; index++) {
        MessageId id = new MessageId("msg_" + index);
        journal.add(Samples.routed(message.message().toBuilder().messageId(id).build()));
        journal.end(new DeliveryKey(id, Samples.WORKER.agentId()), "req", MessageState.PROCESSED);
      }
      assertThat(journal.ended()).hasSize(10);
      assertThat(journal.forgotten()).containsExactly(Samples.WORKER.agentId());
    }
    try (PendingJournal journal =
        new PendingJournal(Storage.REAL, directory.resolve("pending.ndjson"), 2_000, 10)) {
      assertThat(journal.ended()).hasSize(10);
      assertThat(journal.forgotten()).containsExactly(Samples.WORKER.agentId());
    }
  }

  @Test
  void deadLetters_sameMessageAgain_isOneEntryAndTheNewest() {
    Message message = Samples.message("t1");
    Message again = message.toBuilder().timestamp(Samples.TIME.plusSeconds(60)).build();
    try (AgentStore store = open()) {
      DeadLetter first = store.deadLetters().add(failure(message));
      assertThat(store.deadLetters().add(failure(message))).isEqualTo(first);
      DeadLetter second = store.deadLetters().add(failure(again));
      assertThat(second.entryId()).isEqualTo(first.entryId());
    }
    try (AgentStore store = open()) {
      assertThat(store.deadLetters().list())
          .singleElement()
          .satisfies(letter -> assertThat(letter.message()).isEqualTo(again));
    }
  }

  @Test
  void pending_tornAtEveryByte_neverFailsAndLosesNoWholeLine() throws IOException {
    try (AgentStore store = open()) {
      store.pending().add(Samples.routed(Samples.message("t1")));
      store.pending().add(Samples.routed(Samples.message("t2")));
    }
    Path file = directory.resolve("state/manager_001/pending.ndjson");
    byte[] whole = Files.readAllBytes(file);
    int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int byteCount = 0; byteCount <= whole.length; byteCount++) {
      Files.write(file, Arrays.copyOf(whole, byteCount));
      // Storage that notes forces and does none: a thousand would take a loaded disk minutes.
      try (AgentStore store =
          AgentStore.open(new RecordingStorage(directory), directory, AGENT, clock)) {
        int expected = byteCount < firstLine ? 0 : byteCount < whole.length ? 1 : 2;
        assertThat(store.pending().found()).hasSize(expected);
      }
    }
  }

  @Test
  void deadLetters_reopened_areThereUntilTakenOut() {
    DeadLetter first;
    try (AgentStore store = open()) {
      first = store.deadLetters().add(failure("t1"));
      store.deadLetters().add(failure("t2"));
    }
    try (AgentStore store = open()) {
      DeadLetterQueue queue = store.deadLetters();
      assertThat(queue.list()).hasSize(2).contains(first);
      assertThat(queue.find(first.entryId())).contains(first);
      assertThat(first.errorCode()).isEqualTo(ErrorCode.E_PROTOCOL_004);
      assertThat(first.receiver()).isEqualTo(Samples.WORKER);
      assertThat(first.attempts()).containsExactly(Samples.TIME);
      assertThat(queue.remove(first.entryId())).isTrue();
      assertThat(queue.remove(first.entryId())).isFalse();
    }
    try (AgentStore store = open()) {
      assertThat(store.deadLetters().list()).hasSize(1);
      assertThat(store.deadLetters().purge(letter -> letter.reason().equals("timeout"))).isOne();
      assertThat(store.deadLetters().list()).isEmpty();
    }
  }

  @Test
  void deadLetters_export_isOneDocument() throws IOException {
    try (AgentStore store = open()) {
      DeadLetter letter = store.deadLetters().add(failure("t1"));
      Path file = directory.resolve("export.json");
      store.deadLetters().export(file);
      JsonObject document = JsonObject.parseBuilt(Files.readAllBytes(file));
      assertThat(document.integer("count")).isOne();
      assertThat(document.objects("entries")).containsExactly(letter.fields());
    }
  }

  @Test
  void states_reopened_areTheNewestOfEach() {
    StateSync newer = state("running", 2);
    try (AgentStore store = open()) {
      assertThat(store.states().apply(newer)).isTrue();
      assertThat(store.states().apply(state("old", 1))).isFalse();
      assertThat(store.states().apply(newer)).isFalse();
    }
    try (AgentStore store = open()) {
      assertThat(store.states().find(EntityType.TASK, "t1")).contains(newer.state());
      for (int second = 3; second < 2_000; second++) {
        store.states().apply(state("s" + second, second));
      }
      assertThat(directory.resolve("state/manager_001/entities.ndjson"))
          .content()
          .satisfies(text -> assertThat(text.lines().count()).isLessThan(1_100));
      assertThat(store.states().size()).isOne();
    }
  }

  @Test
  void states_deleted_isGoneAndStaysSo() {
    StateSync deletion =
        new StateSync(state("x", 5).fields().toBuilder().put("operation", "delete").build());
    try (AgentStore store = open()) {
      store.states().apply(deletion);
    }
    try (AgentStore store = open()) {
      assertThat(store.states().apply(state("late", 4))).isFalse();
      assertThat(store.states().find(EntityType.TASK, "t1")).isEmpty();
      assertThat(store.states().size()).isZero();
    }
  }

  private static StateSync state(String text, int second) {
    return StateSync.builder()
        .entityType(EntityType.TASK)
        .entityId("t1")
        .operation(StateOperation.UPDATE)
        .state(JsonObject.builder().put("status", text).build())
        .syncTimestamp(Samples.TIME.plusSeconds(second))
        .build();
  }

  @Test
  void stores_messageOfTheDeepestKind_isKeptWhole() {
    JsonObject payload = JsonObject.empty();
    for (int depth = 2; depth < JsonCodec.MAX_DEPTH; depth++) {
      payload = JsonObject.builder().put("a", payload).build();
    }
    Message message =
        Samples.message("t").toBuilder().payload(new Custom("CUSTOM_DEEP", payload)).build();
    RoutedMessage routed = Samples.routed(message);
    try (AgentStore store = open()) {
      store.pending().add(routed);
      store.deadLetters().add(failure(message));
    }
    try (AgentStore store = open()) {
      assertThat(store.pending().found().getFirst().message()).isEqualTo(message);
      assertThat(store.deadLetters().list().getFirst().message()).isEqualTo(message);
    }
  }

  @Test
  void open_symbolicLinkInTheWay_isRefused() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createSymbolicLink(directory.resolve("state"), elsewhere);
    assertThatThrownBy(this::open).isInstanceOf(StoreException.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  private AgentStore open() {
    return AgentStore.open(directory, AGENT, clock);
  }

  private static void end(AgentStore store, RoutedMessage message) {
    store.pending().end(keyOf(message), message.message().correlation(), MessageState.DELIVERED);
  }

  private static DeliveryKey keyOf(RoutedMessage message) {
    return new DeliveryKey(message.message().messageId(), message.target().agentId());
  }

  private static Failure failure(String taskId) {
    return failure(Samples.message(taskId));
  }

  private static Failure failure(Message message) {
    return new Failure(
        message,
        Samples.WORKER,
        "timeout",
        ErrorCode.E_PROTOCOL_004,
        "no answer",
        List.of(Samples.TIME),
        List.of(new Failure.Step(MessageState.FAILED, Samples.TIME)));
  }
}
