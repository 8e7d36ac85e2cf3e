package dev.aeon.apm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a channel promises beyond {@link ChannelContract} that keeps messages until settled. */
public abstract class KeptChannelContract extends ChannelContract {
  /** How many messages are delivered at most of which none is settled. */
  protected abstract int maxUnsettled();

  /**
   * Lets an inbox end as its process's end would, telling nobody; {@link #channels} then are those
   * of another process.
   */
  protected abstract void die(Inbox inbox) throws Exception;

  /** What {@link #channels} keep, for those who look. */
  protected abstract Archive archive() throws Exception;

  @Test
  void append_whileNobodyIsThere_waitsForTheReceiver() throws Exception {
    List<String> expected = append("a", "b", "c");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      for (String line : expected) {
        assertThat(listener.nextLine()).isEqualTo(line);
      }
    }
  }

  @Test
  void settle_someInAnyOrder_onlyTheOthersComeAgain() throws Exception {
    List<String> expected = append("a", "b", "c", "d", "e");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      List<Delivery> deliveries = new ArrayList<>();
      for (int index = 0; index < 5; index++) {
        deliveries.add(listener.nextDelivery());
      }
      deliveries.get(3).settle();
      deliveries.get(0).settle();
      deliveries.get(0).settle();
      deliveries.get(4).settle();
    }
    RecordingListener again = new RecordingListener();
    try (Inbox _ = channels.listen(RECEIVER, again)) {
      assertThat(again.nextLine()).isEqualTo(expected.get(1));
      assertThat(again.nextLine()).isEqualTo(expected.get(2));
      String next = append("f").getFirst();
      assertThat(again.nextLine()).isEqualTo(next);
      assertThat(again.hasMore()).isFalse();
    }
  }

  /** As a dead letter is that is sent once more. */
  @Test
  void append_sameMessageWithANewTime_arrivesOnceMore() throws Exception {
    RoutedMessage message = routed("a");
    RoutedMessage again =
        Samples.routed(
            message.message().toBuilder().timestamp(Samples.TIME.plusSeconds(60)).build());
    try (Channel channel = channels.open(SENDER, RECEIVER);
        Inbox _ = channels.listen(RECEIVER, listener)) {
      channel.append(message).get(60, TimeUnit.SECONDS);
      listener.nextDelivery().settle();
      channel.append(again).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).isEqualTo(text(again));
    }
  }

  /** Ids are each sender's own. */
  @Test
  void append_sameIdByAnotherSender_arrivesToo() throws Exception {
    RoutedMessage message = routed("a");
    RoutedMessage other =
        Samples.routed(message.message().toBuilder().sender(Samples.OTHER).build());
    try (Channel channel = channels.open(SENDER, RECEIVER);
        Channel others = channels.open(Samples.OTHER.agentId(), RECEIVER);
        Inbox _ = channels.listen(RECEIVER, listener)) {
      channel.append(message).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).isEqualTo(text(message));
      others.append(other).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).isEqualTo(text(other));
    }
  }

  @Test
  void settle_afterClose_doesNothing() throws Exception {
    append("a");
    Delivery delivery;
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      delivery = listener.nextDelivery();
    }
    delivery.settle();
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextDelivery().line()).isEqualTo(delivery.line());
    }
  }

  @Test
  void settle_everything_nothingComesAgain() throws Exception {
    append("a", "b", "c");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      for (int index = 0; index < 3; index++) {
        listener.nextDelivery().settle();
      }
    }
    String next = append("d").getFirst();
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).isEqualTo(next);
    }
  }

  @Test
  void listen_afterAReaderThatDied_bringsItsMessagesBeforeNewerOnes() throws Exception {
    List<String> expected = append("a", "b", "c");
    Inbox dying = channels.listen(RECEIVER, listener);
    for (String line : expected) {
      assertThat(listener.nextLine()).isEqualTo(line);
    }
    die(dying);
    expected.addAll(append("d"));
    RecordingListener next = new RecordingListener();
    try (Inbox _ = channels.listen(RECEIVER, next)) {
      for (String line : expected) {
        assertThat(next.nextLine()).isEqualTo(line);
      }
    }
  }

  @Test
  void settle_nothing_deliveryWaitsAndGoesOnOnceSomeIsSettled() throws Exception {
    int limit = maxUnsettled();
    String[] taskIds = new String[limit + 10];
    Arrays.setAll(taskIds, index -> "t" + index);
    List<String> expected = append(taskIds);
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      List<Delivery> deliveries = new ArrayList<>();
      for (int index = 0; index < limit; index++) {
        deliveries.add(listener.nextDelivery());
      }
      assertThat(listener.hasMore()).isFalse();
      deliveries.subList(0, 10).forEach(Delivery::settle);
      for (String line : expected.subList(limit, expected.size())) {
        assertThat(listener.nextLine()).isEqualTo(line);
      }
    }
  }

  @Test
  void remind_messageWaits_saysSoUntilItIsSettledAndBringsNoCopy() throws Exception {
    RoutedMessage message = routed("a");
    MessageId id = message.message().messageId();
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(message).get(60, TimeUnit.SECONDS);
      assertThat(channel.remind(id)).as("nobody was ever there").isTrue();
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        Delivery delivery = listener.nextDelivery();
        assertThat(channel.remind(id)).as("delivered alone").isTrue();
        delivery.settle();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !channel.remind(id));
        RoutedMessage next = routed("b");
        channel.append(next).get(60, TimeUnit.SECONDS);
        assertThat(listener.nextLine()).as("no copy before it").isEqualTo(text(next));
      }
    }
  }

  @Test
  void remind_byTheNextLifeOfTheSender_saysSoUntilItIsSettledToo() throws Exception {
    RoutedMessage first = routed("a");
    RoutedMessage second = routed("b");
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(first).get(60, TimeUnit.SECONDS);
      channel.append(second).get(60, TimeUnit.SECONDS);
    }
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      listener.nextDelivery().settle();
      try (Channel channel = channels.open(SENDER, RECEIVER)) {
        assertThat(channel.remind(second.message().messageId())).isTrue();
        listener.nextDelivery().settle();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() ->
                !channel.remind(first.message().messageId())
                    && !channel.remind(second.message().messageId()));
      }
    }
  }

  @Test
  void remind_receiverIsAway_saysSoOfWhatCameMeanwhile() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        channel.append(routed("before")).get(60, TimeUnit.SECONDS);
        listener.nextDelivery().settle();
      }
      RoutedMessage meanwhile = routed("meanwhile");
      channel.append(meanwhile).get(60, TimeUnit.SECONDS);
      assertThat(channel.remind(meanwhile.message().messageId())).isTrue();
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        assertThat(listener.nextLine()).isEqualTo(text(meanwhile));
        assertThat(listener.hasMore()).isFalse();
      }
    }
  }

  @Test
  void listen_secondInboxOfOneAgent_isRefusedAndTheFirstGoesOn() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThatThrownBy(() -> channels().listen(RECEIVER, new RecordingListener()))
          .isInstanceOfSatisfying(
              ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_004));
      String line = append("a").getFirst();
      assertThat(listener.nextLine()).isEqualTo(line);
    }
    channels.listen(RECEIVER, listener).close();
  }

  @Test
  void scan_beforeAndAfterTheReceiver_seesEverythingAndTakesNothing() throws Exception {
    List<String> expected = append("a", "b", "c");
    assertThat(scanned(Integer.MAX_VALUE)).isEqualTo(expected);
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      for (String line : expected) {
        Delivery delivery = listener.nextDelivery();
        assertThat(RecordingListener.renumbered(delivery.line())).isEqualTo(line);
        delivery.settle();
      }
      assertThat(scanned(Integer.MAX_VALUE)).as("while a receiver is there").isEqualTo(expected);
      assertThat(listener.hasMore()).as("come again").isFalse();
    }
  }

  @Test
  void scan_overMany_seesAllInTheirOrder() throws Exception {
    String[] taskIds = new String[600];
    Arrays.setAll(taskIds, index -> "t" + index);
    List<String> expected = append(taskIds);
    assertThat(scanned(Integer.MAX_VALUE)).isEqualTo(expected);
  }

  @Test
  void scanLast_passesOverWhatIsBefore() throws Exception {
    List<String> expected = append("a", "b", "c", "d");
    assertThat(scanned(2)).isEqualTo(expected.subList(2, 4));
    assertThat(scanned(0)).isEmpty();
  }

  @Test
  void scan_unwantedChannel_isPassedOver() throws Exception {
    append("a");
    RecordingListener seen = new RecordingListener();
    try (Scan scan = archive().scan(name -> name.sender().equals(RECEIVER), seen)) {
      scan.advance();
    }
    assertThat(seen.hasMore()).isFalse();
  }

  @Test
  void scan_followed_seesWhatComes() throws Exception {
    append("before");
    RecordingListener seen = new RecordingListener();
    try (Scan scan = archive().scanLast(0, _ -> true, seen)) {
      scan.advance();
      String line = append("after").getFirst();
      while (!seen.hasMore()) {
        scan.advance();
        scan.await();
      }
      assertThat(seen.nextLine()).isEqualTo(line);
      assertThat(scan.advance()).isFalse();
    }
  }

  @Test
  void archive_names_theChannelsAndHowFarTheirReadersAre() throws Exception {
    append("a", "b", "c");
    Archive archive = archive();
    ChannelName name = new ChannelName(SENDER, RECEIVER);
    assertThat(archive.channels()).containsExactly(name);
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      listener.nextDelivery().settle();
      listener.nextDelivery().settle();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(behind(archive, name)).isEqualTo(1));
  }

  private static long behind(Archive archive, ChannelName name) throws InterruptedException {
    ChannelStatus.Reader reader = archive.status(name).readers().getFirst();
    RecordingListener seen = new RecordingListener();
    try (Scan scan = archive.scan(_ -> true, seen)) {
      scan.advance();
    }
    long after = -reader.settledAbove();
    while (seen.hasMore()) {
      after += seen.nextDelivery().source().position() >= reader.position() ? 1 : 0;
    }
    return after;
  }

  private List<String> scanned(int lineCount) throws Exception {
    RecordingListener seen = new RecordingListener();
    try (Scan scan = archive().scanLast(lineCount, _ -> true, seen)) {
      scan.advance();
    }
    List<String> lines = new ArrayList<>();
    while (seen.hasMore()) {
      lines.add(seen.nextLine());
    }
    return lines;
  }

  protected List<String> append(String... taskIds) throws Exception {
    List<String> lines = new ArrayList<>();
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      for (String taskId : taskIds) {
        RoutedMessage message = routed(taskId);
        lines.add(text(message));
        appends.add(channel.append(message));
      }
      for (CompletableFuture<Void> append : appends) {
        append.get(60, TimeUnit.SECONDS);
      }
    }
    return lines;
  }

  /** What servers do that know what they have. */
  protected final void assertSameMessageAgainIsStoredOnce() throws Exception {
    RoutedMessage message = routed("a");
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(message).get(60, TimeUnit.SECONDS);
      channel.append(message).get(60, TimeUnit.SECONDS);
    }
    String next = append("b").getFirst();
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).isEqualTo(text(message));
      assertThat(listener.nextLine()).isEqualTo(next);
    }
  }
}
