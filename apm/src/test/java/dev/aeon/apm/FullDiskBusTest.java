package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that cannot remember what it handled says nothing until it can. */
@Timeout(300)
class FullDiskBusTest extends DurableBusFixture {
  private volatile boolean isFull = true;

  /** Takes keys, and stores none while the disk is full. */
  private static final class Store implements ProcessedMessages {
    final Set<DeduplicationKey> keys = ConcurrentHashMap.newKeySet();
    volatile boolean isFull = true;

    @Override
    public boolean contains(DeduplicationKey key) {
      return keys.contains(key);
    }

    @Override
    public void add(DeduplicationKey key, Message message) {
      keys.add(key);
    }

    @Override
    public boolean isGrouped() {
      return true;
    }

    @Override
    public void commit() {
      if (isFull) {
        throw new IllegalStateException("disk full");
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void receive_badLineCannotBeQuarantined_isKeptOnceThereIsRoom() throws Exception {
    Queue<BadInput> kept = new ConcurrentLinkedQueue<>();
    Channels files = new NdjsonChannels(directory, _ -> {});
    appendGarbage(files);
    BusOptions options = options().withQuarantine(input -> keep(kept, input));
    try (AgentBus worker = AgentBus.open(WORKER, new Registry(), files, atWorker, options)) {
      Eventually.until(() -> clock.timerCount() > 0);
      clock.advance(QuarantineKeeper.PAUSE);
      assertThat(kept).isEmpty();
      assertThat(worker.statistics().quarantined()).isOne();

      isFull = false;
      clock.advance(QuarantineKeeper.PAUSE);
      assertThat(kept).extracting(BadInput::byteSize).containsExactly(4L);
      assertThat(worker.statistics().quarantined()).isOne();
    }
    try (AgentBus worker = AgentBus.open(WORKER, registryWithManager(), files, atWorker, options);
        AgentBus manager =
            AgentBus.open(MANAGER, registryWithManager(), files, atManager, options())) {
      Eventually.get(manager.send(assignment(manager, "t1")));
      assertThat(worker.statistics().quarantined()).as("it was settled").isZero();
    }
  }

  @Test
  void receive_badLineCannotBeQuarantinedAndTheReceiverEnds_comesAgain() throws Exception {
    Queue<BadInput> kept = new ConcurrentLinkedQueue<>();
    Channels files = new NdjsonChannels(directory, _ -> {});
    appendGarbage(files);
    BusOptions options = options().withQuarantine(input -> keep(kept, input));
    try (AgentBus _ = AgentBus.open(WORKER, new Registry(), files, atWorker, options)) {
      Eventually.until(() -> clock.timerCount() > 0);
    }
    isFull = false;
    try (AgentBus _ = AgentBus.open(WORKER, new Registry(), files, atWorker, options)) {
      Eventually.until(() -> !kept.isEmpty());
      assertThat(kept).extracting(BadInput::byteSize).containsExactly(4L);
    }
  }

  private void appendGarbage(Channels files) throws IOException {
    files.open(MANAGER.agentId(), WORKER.agentId()).close();
    Files.writeString(
        directory.resolve("channels/manager_001_to_impl_001/messages.ndjson"), "{bad\n");
  }

  private void keep(Queue<BadInput> kept, BadInput input) {
    if (isFull) {
      throw new ChannelException(ErrorCode.E_SYSTEM_002, "as the test says");
    }
    kept.add(input);
  }

  private static Registry registryWithManager() {
    Registry registry = new Registry();
    registry.register(MANAGER);
    registry.register(WORKER);
    return registry;
  }

  @Test
  void receive_cannotBeRemembered_isHandledOnceAndAcknowledgedOnceItIs() throws Exception {
    Store store = new Store();
    VirtualClock pauses = new VirtualClock(Samples.TIME);
    BusOptions options =
        options()
            .withTimers(_ -> pauses.timers())
            .withProcessed(store)
            .withAckTime(AckTime.AFTER_HANDLING);
    try (AgentBus manager = open(MANAGER, atManager, options());
        AgentBus worker = open(WORKER, atWorker, options)) {
      Message message = assignment(manager, "t1");
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      assertThat(atWorker.next()).isEqualTo(message);
      awaitState(manager, message, MessageState.IN_TRANSIT);
      clock.advance(Duration.ofSeconds(35)); // the sender's time-out, and the pause after it
      Eventually.until(() -> worker.statistics().duplicates() > 0);
      assertThat(sent).isNotDone();

      store.isFull = false;
      Eventually.until(() -> {
        pauses.advance(Completions.RETRY_PAUSE);
        return sent.isDone();
      });
      assertThat(Eventually.get(sent).receipts().getFirst().status())
          .isEqualTo(AckStatus.PROCESSED);
      assertThat(atWorker.isIdle()).isTrue();
    }
  }
}
