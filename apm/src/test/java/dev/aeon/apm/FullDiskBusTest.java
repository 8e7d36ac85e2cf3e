package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.VirtualClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that cannot remember what it handled says nothing until it can. */
@Timeout(60)
class FullDiskBusTest extends DurableBusFixture {
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
