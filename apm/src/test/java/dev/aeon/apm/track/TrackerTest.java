package dev.aeon.apm.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message is followed to its end, by a clock of the test's own. */
class TrackerTest {
  private static final class ChannelDown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private static final long MAX_BYTE_SIZE = 64L << 20;

  private final List<RoutedMessage> sent = new ArrayList<>();
  private final Deque<CompletableFuture<Void>> appends = new ArrayDeque<>();
  private final List<String> news = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Set<DeliveryKey> pending = new HashSet<>();
  private final AtomicInteger recorded = new AtomicInteger();
  private boolean mustAnswer = true;
  private Presence presence = Presence.KNOWN;
  private boolean channelDown;
  private boolean isFull;
  private boolean isUnread;
  private final List<RoutedMessage> reminded = new ArrayList<>();
  private final Tracker tracker =
      new Tracker(
          new TestCarrier(),
          new TrackerOptions(
              clock,
              clock.timers(),
              Jitter.NONE,
              RetryPolicy::of,
              _ -> mustAnswer,
              _ -> presence,
              MAX_BYTE_SIZE,
              new Pending()),
          new Recorder());

  private final class Recorder implements TrackerListener {
    @Override
    public void onState(DeliveryKey key, MessageState from, MessageState to) {
      news.add(from + ">" + to);
    }

    @Override
    public void onRetry(DeliveryKey key, int retry) {
      news.add("retry" + retry);
    }

    @Override
    public void onParked(DeliveryKey key) {
      news.add("parked");
    }

    @Override
    public void onFailure(Failure failure) {
      if (isFull) {
        throw new IllegalStateException("no room");
      }
      failures.add(failure);
    }

    @Override
    public void onUnconfirmed(DeliveryKey key) {
      news.add("unconfirmed");
    }

    @Override
    public void onCorrelationExpired(Message message, AgentIdentity receiver) {
      news.add("late");
    }
  }

  private final class Pending implements PendingStore {
    @Override
    public void add(RoutedMessage message) {
      pending.add(TrackedMessage.keyOf(message));
    }

    @Override
    public void end(DeliveryKey key, String correlation, MessageState state) {
      pending.remove(key);
    }
  }

  private final class TestCarrier implements Carrier {
    @Override
    public CompletableFuture<Void> append(RoutedMessage message) {
      return TrackerTest.this.append(message);
    }

    @Override
    public boolean remind(RoutedMessage message) {
      reminded.add(message);
      return isUnread;
    }
  }

  private CompletableFuture<Void> append(RoutedMessage message) {
    sent.add(message);
    return channelDown
        ? CompletableFuture.failedFuture(new ChannelDown())
        : appends.isEmpty() ? CompletableFuture.completedFuture(null) : appends.poll();
  }

  @Test
  void send_acknowledged_isDelivered() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    assertThat(receipt).isNotDone();
    assertThat(
            tracker.acknowledged(
                answer(message, ack(message, AckStatus.RECEIVED)),
                ack(message, AckStatus.RECEIVED)))
        .isEqualTo(Answer.EXPECTED);
    assertThat(receipt.join())
        .isEqualTo(new Receipt(Samples.WORKER, AckStatus.RECEIVED, Samples.TIME));
    assertThat(news).containsExactly("PENDING>IN_TRANSIT", "IN_TRANSIT>DELIVERED");
    assertThat(tracker.underWay()).isZero();
  }

  @Test
  void send_neverAnswered_isSentFourTimesAndFailsAfter127Seconds() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.advance(Duration.ofSeconds(127).minusNanos(1));
    assertThat(receipt).isNotDone();
    assertThat(sent)
        .extracting(each -> each.message().envelope().metadata().retryCount())
        .containsExactly(0, 1, 2, 3);
    assertThat(sent)
        .extracting(each -> each.message().messageId())
        .containsOnly(message.messageId());
    clock.advance(Duration.ofNanos(1));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().reason()).isEqualTo("timeout");
    assertThat(failures.getFirst().attempts())
        .extracting(each -> Duration.between(Samples.TIME, each).toSeconds())
        .containsExactly(0L, 31L, 63L, 97L);
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void send_waitsUnreadInItsChannel_isRemindedOfAndNotAppendedAgain() {
    isUnread = true;
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.advance(Duration.ofSeconds(64));
    assertThat(sent).hasSize(1);
    assertThat(reminded)
        .extracting(each -> each.message().envelope().metadata().retryCount())
        .containsExactly(1, 2);
    isUnread = false;
    clock.advance(Duration.ofSeconds(63));
    assertThat(sent).hasSize(2);
    assertThat(sent.getLast().message().envelope().metadata().retryCount()).isEqualTo(3);
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
  }

  @Test
  void send_receiverIsUnknown_isParkedUntilItIsKnown() {
    presence = Presence.UNKNOWN;
    Message first = message("t1");
    Message second = message("t2");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(first));
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(second));
    clock.advance(Duration.ofMinutes(30));
    assertThat(sent).isEmpty();
    assertThat(tracker.parked()).isEqualTo(2);
    assertThat(news).containsExactly("parked", "parked");

    presence = Presence.KNOWN;
    clock.advance(Duration.ofSeconds(1));
    assertThat(sent).extracting(RoutedMessage::message).containsExactly(first, second);
    assertThat(tracker.parked()).isZero();
    acknowledge(first, AckStatus.RECEIVED);
    assertThat(receipt).isCompleted();
  }

  @Test
  void send_receiverBecomesKnown_goesAfterWhatWasParked() {
    presence = Presence.UNKNOWN;
    Message parked = message("t1");
    Message later = message("t2");
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(parked));
    presence = Presence.KNOWN;
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(later));
    assertThat(sent).extracting(RoutedMessage::message).containsExactly(parked, later);
    clock.advance(Duration.ofSeconds(2));
    assertThat(sent).hasSize(2);
  }

  @Test
  void send_receiverNeverComes_failsWithItsTimeToLive() {
    presence = Presence.UNKNOWN;
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.advance(Duration.ofHours(1).plusSeconds(2));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(failures.getFirst().reason()).isEqualTo("ttl_expired");
    assertThat(tracker.parked()).isZero();
    clock.advance(Duration.ofSeconds(2));
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void send_receiverComesAsAnotherType_isRefused() {
    presence = Presence.UNKNOWN;
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    presence = Presence.OF_ANOTHER_TYPE;
    clock.advance(Duration.ofSeconds(1));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_ROUTING_002);
    assertThat(sent).isEmpty();
  }

  @Test
  void send_wallClockJumpsBackByAYear_isRetriedAndTimesOutAllTheSame() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.jump(Duration.ofDays(-400));
    clock.advance(Duration.ofSeconds(127));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(sent).hasSize(4);
  }

  @Test
  void send_wallClockJumpsBeyondTheTimeToLive_failsAtTheNextLookAndNotBefore() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.jump(Duration.ofDays(400));
    clock.advance(Duration.ofSeconds(29));
    assertThat(receipt).isNotDone();
    clock.advance(Duration.ofSeconds(1));
    assertThat(failures.getFirst().reason()).isEqualTo("ttl_expired");
    assertThat(sent).hasSize(1);
  }

  @Test
  void send_wallClockJumpsThereAndBack_isDeliveredAllTheSame() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.jump(Duration.ofDays(400));
    clock.advance(Duration.ofSeconds(20));
    clock.jump(Duration.ofDays(-400));
    clock.advance(Duration.ofSeconds(20));
    acknowledge(message, AckStatus.RECEIVED);
    assertThat(receipt).isCompleted();
    assertThat(sent).hasSize(2);
  }

  @Test
  void send_breakerIsOpenWhileTheWallClockJumps_isTriedAfterThirtySeconds() {
    channelDown = true;
    for (int index = 0; index < 5; index++) {
      CompletableFuture<Receipt> _ = tracker.send(Samples.routed(message("t" + index)));
    }
    int triedBefore = sent.size();
    channelDown = false;
    clock.jump(Duration.ofMinutes(-50));
    clock.advance(Duration.ofSeconds(29));
    assertThat(sent).hasSize(triedBefore);
    clock.advance(Duration.ofSeconds(3));
    assertThat(sent).hasSizeGreaterThan(triedBefore);
  }

  @Test
  void send_answeredWhileARetryWaits_isNotSentAgain() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.advance(Duration.ofMillis(30_500));
    acknowledge(message, AckStatus.QUEUED);
    clock.advance(Duration.ofMinutes(5));
    assertThat(receipt).isCompleted();
    assertThat(sent).hasSize(1);
  }

  @Test
  void send_answerOvertakesTheChannel_isDelivered() {
    appends.add(new CompletableFuture<>());
    CompletableFuture<Void> append = appends.peek();
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    acknowledge(message, AckStatus.RECEIVED);
    append.complete(null);
    clock.advance(Duration.ofMinutes(3));
    assertThat(receipt).isCompleted();
    assertThat(news).containsExactly("PENDING>DELIVERED");
    assertThat(sent).hasSize(1);
  }

  @Test
  void send_channelFails_isTriedThreeTimesMoreAndFails() {
    channelDown = true;
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.advance(Duration.ofSeconds(7));
    assertThat(sent).hasSize(4);
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_ROUTING_003);
    assertThat(failures.getFirst().reason()).isEqualTo("channel_unavailable");
    assertThat(sent.getLast().message().envelope().metadata().retryCount()).isZero();
  }

  @Test
  void send_channelRecovers_isSent() {
    channelDown = true;
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.advance(Duration.ofSeconds(2));
    channelDown = false;
    clock.advance(Duration.ofSeconds(2));
    acknowledge(message, AckStatus.RECEIVED);
    assertThat(receipt).isCompleted();
  }

  @Test
  void send_channelFailsForMany_waitsForTheBreakerAndLosesNone() {
    channelDown = true;
    List<Message> messages = new ArrayList<>();
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int index = 0; index < 10; index++) {
      messages.add(message("t" + index));
      receipts.add(tracker.send(Samples.routed(messages.getLast())));
    }
    assertThat(tracker.isOpenCircuit(Samples.WORKER.agentId())).isTrue();
    int triedBefore = sent.size();
    clock.advance(Duration.ofSeconds(29));
    assertThat(sent).hasSize(triedBefore);
    channelDown = false;
    clock.advance(Duration.ofSeconds(5));
    messages.forEach(message -> acknowledge(message, AckStatus.RECEIVED));
    assertThat(receipts).allSatisfy(receipt -> assertThat(receipt).isCompleted());
    assertThat(tracker.isOpenCircuit(Samples.WORKER.agentId())).isFalse();
    assertThat(failures).isEmpty();
  }

  @Test
  void send_timeToLiveEnds_failsThenAndNotLater() {
    Message message = withTtl(message("t1"), Duration.ofSeconds(20));
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.advance(Duration.ofSeconds(20));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(failures.getFirst().reason()).isEqualTo("ttl_expired");
    assertThat(sent).hasSize(1);
  }

  @Test
  void send_channelNeverReports_expiresWithItsTimeToLive() {
    appends.add(new CompletableFuture<>());
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.advance(Duration.ofHours(1));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(news).containsExactly("PENDING>FAILED");
  }

  @Test
  void send_wallClockJumpsAhead_isSentNoMore() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.jump(Duration.ofDays(1));
    clock.advance(Duration.ofSeconds(30));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(sent).hasSize(1);
  }

  @Test
  void send_wallClockJumpsBack_timesOutAllTheSame() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    clock.jump(Duration.ofDays(-1));
    clock.advance(Duration.ofSeconds(127));
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_PROTOCOL_004);
    assertThat(sent).hasSize(4);
  }

  @Test
  void send_silenceIsLegal_endsUnconfirmedWithoutAFailure() {
    mustAnswer = false;
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    clock.advance(Duration.ofSeconds(30));
    assertThat(failureOf(receipt)).hasMessageContaining("unconfirmed");
    assertThat(news).contains("unconfirmed");
    assertThat(failures).isEmpty();
    assertThat(state(message)).isEqualTo(MessageState.IN_TRANSIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"E_ROUTING_003", "E_PROTOCOL_004", "E_SYSTEM_001", "E_SYSTEM_004", "E_TASK_004"})
  void rejected_transientCode_isSentAgainAfterAPause(ErrorCode code) {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    reject(message, code, true);
    assertThat(state(message)).isEqualTo(MessageState.PENDING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(sent).hasSize(2);
    assertThat(state(message)).isEqualTo(MessageState.IN_TRANSIT);
    acknowledge(message, AckStatus.PROCESSED);
    assertThat(receipt.join().status()).isEqualTo(AckStatus.PROCESSED);
    assertThat(state(message)).isEqualTo(MessageState.PROCESSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"E_ROUTING_003", "E_PROTOCOL_004", "E_SYSTEM_001", "E_SYSTEM_004", "E_TASK_004"})
  void rejected_anyOtherCode_isNotSentAgain(ErrorCode code) {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    reject(message, code, true);
    clock.advance(Duration.ofDays(1));
    assertThat(sent).hasSize(1);
    assertThat(failureOf(receipt).code()).isEqualTo(code);
    assertThat(state(message)).isEqualTo(MessageState.FAILED);
  }

  @Test
  void rejected_transientCodeForTheFourthTime_fails() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    for (int round = 0; round < 4; round++) {
      reject(message, ErrorCode.E_SYSTEM_001, true);
      clock.advance(Duration.ofSeconds(8));
    }
    assertThat(sent).hasSize(4);
    assertThat(failureOf(receipt).code()).isEqualTo(ErrorCode.E_SYSTEM_001);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"E_VALIDATION_001", "E_PROTOCOL_002", "E_PROTOCOL_003"})
  void rejected_faultyMessage_needsAFixAndIsNotSentAgain(ErrorCode code) {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    reject(message, code, true);
    clock.advance(Duration.ofMinutes(3));
    assertThat(sent).hasSize(1);
    assertThat(failureOf(receipt).nack()).isPresent();
    assertThat(failures.getFirst().reason()).isEqualTo("needs_fix");
  }

  @Test
  void rejected_afterDelivery_failsAfterAll() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    acknowledge(message, AckStatus.RECEIVED);
    reject(message, ErrorCode.E_TASK_003, false);
    assertThat(receipt).isCompleted();
    assertThat(state(message)).isEqualTo(MessageState.FAILED);
    assertThat(failures).extracting(Failure::reason).containsExactly("refused");
    assertThat(failures.getFirst().history())
        .extracting(Failure.Step::state)
        .containsExactly(
            MessageState.PENDING,
            MessageState.IN_TRANSIT,
            MessageState.DELIVERED,
            MessageState.FAILED);
  }

  @Test
  void answers_withAnotherCorrelationOrToNothing_areNotOurs() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    Ack ack = ack(message, AckStatus.RECEIVED);
    Message foreign = answer(message, ack).toBuilder().correlationId("another").build();
    assertThat(tracker.acknowledged(foreign, ack)).isEqualTo(Answer.UNEXPECTED);
    Message unknown = message("t2");
    assertThat(
            tracker.acknowledged(
                answer(unknown, ack(unknown, AckStatus.RECEIVED)),
                ack(unknown, AckStatus.RECEIVED)))
        .isEqualTo(Answer.UNEXPECTED);
    Message elsewhere = answer(message, ack).toBuilder().sender(Samples.OTHER).build();
    assertThat(tracker.acknowledged(elsewhere, ack)).isEqualTo(Answer.UNEXPECTED);
    assertThat(receipt).isNotDone();
  }

  @Test
  void rejected_failureCannotBeKept_isRecordedOnceItIsAndToldOnce() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    isFull = true;
    reject(message, ErrorCode.E_TASK_003, false);
    assertThat(failureOf(receipt).getSuppressed()).hasSize(1);
    clock.advance(Duration.ofSeconds(5));
    assertThat(recorded).hasValue(0);
    assertThat(tracker.unkept()).isOne();
    isFull = false;
    clock.advance(Duration.ofSeconds(1));
    assertThat(recorded).hasValue(1);
    assertThat(tracker.unkept()).isZero();
    assertThat(failures).hasSize(1);
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void acknowledged_longAfterItWasForgotten_isLateAndNotUnexpected() {
    Message message = message("t1");
    Ack ack = ack(message, AckStatus.PROCESSED);
    for (int index = 0; index <= Delivered.MAX_ENTRIES; index++) {
      DeliveryKey key = new DeliveryKey(new MessageId("msg_" + index), Samples.WORKER.agentId());
      assertThat(tracker.acknowledged(answer(message, ack), ack)).isEqualTo(Answer.UNEXPECTED);
      tracker.recall(
          new PendingStore.Ended(key, "c", MessageState.DELIVERED, true, Optional.empty()));
    }
    assertThat(tracker.acknowledged(answer(message, ack), ack)).isEqualTo(Answer.LATE);
    Message elsewhere = answer(message, ack).toBuilder().sender(Samples.OTHER).build();
    assertThat(tracker.acknowledged(elsewhere, ack)).isEqualTo(Answer.UNEXPECTED);
  }

  @Test
  void recalled_requestIsResponded_isProcessed() {
    Message message = message("t1");
    DeliveryKey key = new DeliveryKey(message.messageId(), Samples.WORKER.agentId());
    tracker.recall(
        new PendingStore.Ended(
            key, message.correlation(), MessageState.DELIVERED, true, Optional.empty()));
    tracker.responded(update(message, TaskStatus.COMPLETED));
    assertThat(state(message)).isEqualTo(MessageState.PROCESSED);
  }

  @Test
  void resume_answeredBeforeIt_isNotSentAgain() {
    Message message = message("t1");
    DeliveryKey key = new DeliveryKey(message.messageId(), Samples.WORKER.agentId());
    tracker.recall(
        new PendingStore.Ended(
            key, message.correlation(), MessageState.IN_TRANSIT, true, Optional.empty()));
    acknowledge(message, AckStatus.PROCESSED);
    assertThat(tracker.resume(Samples.routed(message)))
        .isCompletedWithValue(new Receipt(Samples.WORKER, AckStatus.PROCESSED, Samples.TIME));
    assertThat(sent).isEmpty();
    assertThat(tracker.underWay()).isZero();
    assertThat(state(message)).isEqualTo(MessageState.PROCESSED);
  }

  @Test
  void resume_notAnswered_isSentAndNotStoredOnceMore() {
    CompletableFuture<Receipt> receipt = tracker.resume(Samples.routed(message("t1")));
    assertThat(receipt).isNotDone();
    assertThat(sent).hasSize(1);
    assertThat(pending).isEmpty();
  }

  @Test
  void responded_completedUpdate_closesTheAssignment() {
    Message message = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message));
    acknowledge(message, AckStatus.RECEIVED);
    tracker.responded(update(message, TaskStatus.IN_PROGRESS));
    assertThat(state(message)).isEqualTo(MessageState.DELIVERED);
    tracker.responded(update(message, TaskStatus.COMPLETED));
    assertThat(state(message)).isEqualTo(MessageState.PROCESSED);
    assertThat(receipt).isCompleted();
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void responded_failedUpdate_doesNotFailTheMessage() {
    Message message = message("t1");
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(message));
    tracker.responded(update(message, TaskStatus.FAILED));
    assertThat(state(message)).isEqualTo(MessageState.PROCESSED);
  }

  @Test
  void delivered_neverWorkedOn_isReportedLateAndStaysDelivered() {
    Message message = withTtl(message("t1"), Duration.ofMinutes(2));
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(message));
    acknowledge(message, AckStatus.RECEIVED);
    clock.advance(Duration.ofMinutes(2));
    assertThat(news).endsWith("late");
    assertThat(state(message)).isEqualTo(MessageState.DELIVERED);
  }

  @Test
  void delivered_neverWorkedOnInTwiceTheEstimate_isReportedLateThen() {
    JsonObject context = JsonObject.builder().put("estimatedDuration", 36 * 3600).build();
    TaskAssignment task =
        new TaskAssignment(
            Samples.assignment("t1").fields().toBuilder().put("context", context).build());
    Message message = message("t1").toBuilder().payload(task).build();
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(message));
    acknowledge(message, AckStatus.RECEIVED);
    clock.advance(Duration.ofDays(3).minusSeconds(1));
    assertThat(news).doesNotContain("late");
    clock.advance(Duration.ofSeconds(1));
    assertThat(news).endsWith("late");
  }

  @Test
  void send_twice_followsOneAndTheSame() {
    Message message = message("t1");
    assertThat(tracker.send(Samples.routed(message)))
        .isSameAs(tracker.send(Samples.routed(message)));
    assertThat(sent).hasSize(1);
  }

  @Test
  void close_failsWhatWaitsAndSetsNoTimer() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    tracker.close();
    assertThat(failureOf(receipt)).hasMessageContaining("closed");
    assertThat(failureOf(tracker.send(Samples.routed(message("t2")))))
        .hasMessageContaining("closed");
    assertThat(clock.timerCount()).isZero();
    assertThat(failures).isEmpty();
  }

  @Test
  void abandon_failsWhatGoesToThatReceiver() {
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(message("t1")));
    tracker.abandon(Samples.OTHER.agentId());
    assertThat(receipt).isNotDone();
    tracker.abandon(Samples.WORKER.agentId());
    assertThat(failureOf(receipt)).hasMessageContaining("abandoned");
    assertThat(failures).isEmpty();
  }

  @Test
  void ended_tensOfThousands_keepsTheStateOfTheNewest() {
    Message first = message("first");
    CompletableFuture<Receipt> _ = tracker.send(Samples.routed(first));
    acknowledge(first, AckStatus.RECEIVED);
    for (int index = 0; index < Delivered.MAX_ENTRIES; index++) {
      DeliveryKey key = new DeliveryKey(new MessageId("msg_" + index), Samples.WORKER.agentId());
      tracker.recall(
          new PendingStore.Ended(key, "c", MessageState.PROCESSED, false, Optional.empty()));
    }
    assertThat(tracker.state(first.messageId(), Samples.WORKER.agentId())).isEmpty();
    assertThat(tracker.underWay()).isZero();
  }

  @Test
  void send_tooMuchIsUnderWay_isRefusedUntilSomeIsDelivered() {
    Message first = message("t1");
    CompletableFuture<Receipt> receipt = tracker.send(Samples.routed(first));
    long each = Samples.routed(first).line().length + 1024L;
    for (int count = 1; count < MAX_BYTE_SIZE / each; count++) {
      CompletableFuture<Receipt> _ = tracker.send(Samples.routed(message("t1")));
    }
    int most = tracker.underWay();
    assertThat(failureOf(tracker.send(Samples.routed(message("t1")))).code())
        .isEqualTo(ErrorCode.E_SYSTEM_003);
    assertThat(tracker.send(Samples.routed(first))).isSameAs(receipt);
    assertThat(tracker.underWay()).isEqualTo(most);
    acknowledge(first, AckStatus.RECEIVED);
    assertThat(tracker.send(Samples.routed(message("t1")))).isNotDone();
  }

  @Test
  void send_appended_keepsItsLineAloneAndSaysTheSame() {
    RoutedMessage routed = Samples.routed(message("t1"));
    Message before = routed.message();
    CompletableFuture<Receipt> _ = tracker.send(routed);
    assertThat(routed.message()).isNotSameAs(before).isEqualTo(before);
    assertThat(routed.retried(2).message().envelope().metadata().retryCount()).isEqualTo(2);
  }

  private static Message message(String taskId) {
    return Samples.message(taskId).toBuilder().timestamp(Samples.TIME).build();
  }

  private static Message withTtl(Message message, Duration ttl) {
    return message.toBuilder().metadata(Metadata.builder().ttl(ttl).build()).build();
  }

  private void acknowledge(Message message, AckStatus status) {
    Ack ack = ack(message, status);
    assertThat(tracker.acknowledged(answer(message, ack), ack)).isEqualTo(Answer.EXPECTED);
  }

  private void reject(Message message, ErrorCode code, boolean canRetry) {
    Nack nack =
        Nack.builder()
            .rejectedMessageId(message.messageId())
            .reason("no")
            .errorCode(code)
            .canRetry(canRetry)
            .timestamp(Samples.TIME)
            .build();
    assertThat(tracker.rejected(answer(message, nack), nack, recorded::incrementAndGet))
        .isEqualTo(Answer.EXPECTED);
  }

  private static Ack ack(Message message, AckStatus status) {
    return Ack.builder()
        .acknowledgedMessageId(message.messageId())
        .status(status)
        .timestamp(Samples.TIME)
        .build();
  }

  private static Message update(Message assignment, TaskStatus status) {
    return answer(
        assignment,
        TaskUpdate.builder()
            .taskId("t1")
            .status(status)
            .progress(status == TaskStatus.COMPLETED ? 1 : 0.5)
            .build());
  }

  private static Message answer(Message message, Payload payload) {
    return Message.builder()
        .sender(Samples.WORKER)
        .receiver(Samples.MANAGER)
        .correlationId(message.correlation())
        .payload(payload)
        .build();
  }

  private MessageState state(Message message) {
    return tracker.state(message.messageId(), Samples.WORKER.agentId()).orElseThrow();
  }

  private static DeliveryException failureOf(CompletableFuture<Receipt> receipt) {
    assertThat(receipt).isCompletedExceptionally();
    Throwable failure = receipt.handle((_, e) -> e).join();
    return (DeliveryException)
        (failure instanceof CompletionException ? failure.getCause() : failure);
  }
}
