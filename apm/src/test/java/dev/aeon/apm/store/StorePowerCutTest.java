package dev.aeon.apm.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.internal.files.DiskStep;
import dev.aeon.apm.internal.files.PowerCuts;
import dev.aeon.apm.internal.files.RecordingStorage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever power fails, an agent's store holds what it said it would: keys of handled messages,
 * dead letters, parked messages, states and tasks.
 */
@Timeout(300)
class StorePowerCutTest {
  private static final AgentId AGENT = Samples.MANAGER.agentId();
  private static final int ROUNDS = 12;

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private final List<DeadLetter> letters = new ArrayList<>();
  private RecordingStorage storage;

  @Test
  void power_isCutAfterAnyStep_nothingThatWasPromisedIsLost() throws IOException {
    storage = new RecordingStorage(Files.createDirectory(directory.resolve("recorded")));
    for (int life = 0; life < 2; life++) {
      live(life);
      clock.jump(Duration.ofMinutes(40));
    }
    int losses =
        PowerCuts.check(
            storage.steps(), Files.createDirectory(directory.resolve("cut")), this::read);
    assertThat(losses).as("cuts that took what was not promised yet").isPositive();
  }

  private void live(int life) {
    Path root = directory.resolve("recorded");
    try (AgentStore store = AgentStore.open(storage, root, AGENT, clock);
        Records records = Records.open(storage, root, AGENT, "tasks", "taskId")) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = life + "_" + round;
        handle(store, name, round % 3 == 2);
        fail(store, name, round % 4 == 3);
        park(store, name);
        tell(store, round);
        put(records, "t" + round % 3, name);
        clock.jump(Duration.ofMinutes(7));
      }
    }
  }

  private void handle(AgentStore store, String name, boolean isLastOfGroup) {
    Message message = message(name);
    intend("processed " + message.messageId(), true);
    store.processed().add(DeduplicationKey.of(message), message);
    if (isLastOfGroup) {
      store.processed().commit();
      promise("processed " + message.messageId());
    }
  }

  private void fail(AgentStore store, String name, boolean isTakenOut) {
    Failure failure =
        new Failure(
            message(name),
            Samples.WORKER,
            "timeout",
            ErrorCode.E_PROTOCOL_004,
            "x".repeat(700),
            List.of(Samples.TIME),
            List.of(new Failure.Step(MessageState.FAILED, Samples.TIME)));
    DeadLetter letter = store.deadLetters().add(failure);
    intend("letter " + letter.entryId(), true);
    promise("letter " + letter.entryId());
    letters.add(letter);
    if (isTakenOut) {
      String entryId = letters.removeFirst().entryId();
      intend("letter " + entryId, PowerCuts.NOTHING);
      store.deadLetters().remove(entryId);
      promise("letter " + entryId);
    }
  }

  private void park(AgentStore store, String name) {
    RoutedMessage message = Samples.routed(message(name));
    String what = "pending " + message.message().messageId();
    intend(what, true);
    store.pending().add(message);
    store.pending().force();
    promise(what);
    if (name.endsWith("5")) {
      intend(what, PowerCuts.NOTHING);
      store
          .pending()
          .end(
              new DeliveryKey(message.message().messageId(), Samples.WORKER.agentId()),
              message.message().correlation(),
              MessageState.DELIVERED);
    }
  }

  private void tell(AgentStore store, int round) {
    String entity = "e" + round % 2;
    Object text = clock.instant().toString();
    intend("state " + entity, text);
    store
        .states()
        .apply(
            StateSync.builder()
                .entityType(EntityType.TASK)
                .entityId(entity)
                .operation(StateOperation.UPDATE)
                .state(JsonObject.builder().put("status", text.toString()).build())
                .syncTimestamp(clock.instant())
                .build());
    if (round % 2 == 1) {
      store.states().commit();
      promise("state " + entity);
    }
  }

  private void put(Records records, String taskId, String text) {
    intend("task " + taskId, text);
    records.put(JsonObject.builder().put("taskId", taskId).put("text", text).build());
    promise("task " + taskId);
  }

  private Map<String, Object> read(Path root, Set<String> things) throws IOException {
    RecordingStorage unforced = new RecordingStorage(root);
    Map<String, Object> found = new HashMap<>();
    try (AgentStore store = AgentStore.open(unforced, root, AGENT, clock);
        Records records = Records.open(unforced, root, AGENT, "tasks", "taskId")) {
      store.deadLetters().list().forEach(letter -> found.put("letter " + letter.entryId(), true));
      store
          .pending()
          .found()
          .forEach(pending -> found.put("pending " + pending.message().messageId(), true));
      records
          .list()
          .forEach(record -> found.put("task " + record.string("taskId"), record.string("text")));
      things.forEach(what -> look(store, what, found));
    }
    return found;
  }

  private static void look(AgentStore store, String what, Map<String, Object> found) {
    String[] words = what.split(" ", 2);
    if (words[0].equals("state")) {
      store
          .states()
          .find(EntityType.TASK, words[1])
          .ifPresent(state -> found.put(what, state.string("status")));
    } else if (words[0].equals("processed")
        && store.processed().contains(new DeduplicationKey(AGENT, 0, new MessageId(words[1])))) {
      found.put(what, true);
    }
  }

  private static Message message(String name) {
    return Samples.message(name).toBuilder().messageId(new MessageId("msg_" + name)).build();
  }

  private void intend(String what, Object value) {
    storage.note(new DiskStep.Intent(what, value));
  }

  private void promise(String what) {
    storage.note(new DiskStep.Promise(what));
  }
}
