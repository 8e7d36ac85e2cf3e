package dev.aeon.apm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
      channel.append(message).get(20, TimeUnit.SECONDS);
      assertThat(channel.remind(id)).as("nobody was ever there").isTrue();
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        Delivery delivery = listener.nextDelivery();
        assertThat(channel.remind(id)).as("delivered alone").isTrue();
        delivery.settle();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !channel.remind(id));
        RoutedMessage next = routed("b");
        channel.append(next).get(20, TimeUnit.SECONDS);
        assertThat(listener.nextLine()).as("no copy before it").isEqualTo(text(next));
      }
    }
  }

  @Test
  void remind_receiverIsAway_saysSoOfWhatCameMeanwhile() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        channel.append(routed("before")).get(20, TimeUnit.SECONDS);
        listener.nextDelivery().settle();
      }
      RoutedMessage meanwhile = routed("meanwhile");
      channel.append(meanwhile).get(20, TimeUnit.SECONDS);
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
        append.get(20, TimeUnit.SECONDS);
      }
    }
    return lines;
  }
}
