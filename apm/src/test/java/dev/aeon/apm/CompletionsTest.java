package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.VirtualClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows a handled message comes in an order that no crash can turn round. */
@Timeout(300)
class CompletionsTest {
  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private final CountDownLatch isStoring = new CountDownLatch(1);
  private final CountDownLatch mayStore = new CountDownLatch(1);

  /** Notes what it is asked to do; its first commit waits until it is let go. */
  private class Recording implements ProcessedMessages {
    @Override
    public boolean contains(DeduplicationKey key) {
      return false;
    }

    @Override
    public void add(DeduplicationKey key, Message message) {
      steps.add("key " + message.correlation());
    }

    @Override
    public boolean isGrouped() {
      return true;
    }

    @Override
    public void commit() {
      steps.add("commit");
      isStoring.countDown();
      try {
        mayStore.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }

  /** Fails the first commits that it is asked for. */
  private class Failing extends Recording {
    private int failures;

    Failing(int failures) {
      this.failures = failures;
      mayStore.countDown();
    }

    @Override
    public void commit() {
      if (failures-- > 0) {
        steps.add("failed");
        throw new IllegalStateException("disk full");
      }
      super.commit();
    }
  }

  private void awaitFailure() {
    Eventually.until(() -> clock.timerCount() > 0);
  }

  @Test
  void handled_whileAGroupIsStored_isTheNextGroup() throws Exception {
    Completions completions = completions(new Recording());
    completions.start();
    handled(completions, "t1");
    isStoring.await();
    handled(completions, "t2");
    handled(completions, "t3");
    mayStore.countDown();
    completions.close();

    assertThat(steps)
        .containsExactly(
            "key req_t1",
            "commit",
            "acknowledge req_t1",
            "settle req_t1",
            "key req_t2",
            "key req_t3",
            "commit",
            "acknowledge req_t2",
            "settle req_t2",
            "acknowledge req_t3",
            "settle req_t3");
  }

  @Test
  void handled_keysCannotBeStored_isAcknowledgedOnceTheyAre() throws Exception {
    Failing storage = new Failing(2);
    Completions completions = completions(storage);
    completions.start();
    handled(completions, "t1");
    awaitFailure();
    handled(completions, "t2");
    assertThat(steps).containsExactly("key req_t1", "failed");

    steps.clear();
    clock.advance(Completions.RETRY_PAUSE);
    awaitFailure();
    assertThat(steps).containsExactly("key req_t1", "key req_t2", "failed");

    steps.clear();
    clock.advance(Completions.RETRY_PAUSE);
    completions.close();
    assertThat(steps)
        .containsExactly(
            "key req_t1",
            "key req_t2",
            "commit",
            "acknowledge req_t1",
            "settle req_t1",
            "acknowledge req_t2",
            "settle req_t2");
  }

  @Test
  void close_keysCannotBeStored_isTriedOnceMoreAndNeverAcknowledged() {
    Completions completions = completions(new Failing(Integer.MAX_VALUE));
    completions.start();
    handled(completions, "t1");
    awaitFailure();
    completions.close();

    assertThat(steps).containsExactly("key req_t1", "failed", "key req_t1", "failed");
  }

  @Test
  void handled_oneByOneAndTheKeyIsRefused_isAcknowledgedOnceItIsTaken() {
    Completions completions =
        completions(
            new Failing(1) {
              @Override
              public boolean isGrouped() {
                return false;
              }
            });
    completions.start();
    handled(completions, "t1");
    assertThat(steps).containsExactly("key req_t1", "failed");

    steps.clear();
    clock.advance(Completions.RETRY_PAUSE);
    assertThat(steps)
        .containsExactly("key req_t1", "commit", "acknowledge req_t1", "settle req_t1");
    completions.close();
  }

  @Test
  void handled_keysAreNotStored_isCompletedAtOnce() {
    Completions completions = completions(ProcessedMessages.inMemory());
    completions.start();
    handled(completions, "t1");

    assertThat(steps).containsExactly("acknowledge req_t1", "settle req_t1");
    completions.close();
  }

  @Test
  void handled_afterClosing_isAsIfItHadNotBeen() {
    Completions completions = completions(new Recording());
    completions.start();
    completions.close();
    handled(completions, "t1");

    assertThat(steps).isEmpty();
  }

  private Completions completions(ProcessedMessages processed) {
    return new Completions(
        "test",
        processed,
        Optional.empty(),
        clock.timers(),
        message -> steps.add("acknowledge " + message.correlation()));
  }

  private void handled(Completions completions, String taskId) {
    Message message = Samples.message(taskId);
    Runnable settlement = () -> steps.add("settle " + message.correlation());
    completions.handled(message, new Delivery(new Source("test", 0), new byte[0], settlement));
  }
}
