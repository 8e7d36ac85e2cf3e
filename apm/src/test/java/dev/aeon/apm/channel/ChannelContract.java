package dev.aeon.apm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.NoThreadLeft;
import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of channel promises. */
@Timeout(300)
@ExtendWith(NoThreadLeft.class)
public abstract class ChannelContract {
  protected static final AgentId SENDER = Samples.MANAGER.agentId();
  protected static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir protected Path directory;
  protected final RecordingListener listener = new RecordingListener();
  private final RecordingListener elsewhere = new RecordingListener();
  protected Channels channels;

  /** The kind under test; the same channels each time for one {@link #directory}. */
  protected abstract Channels channels() throws Exception;

  /** Puts bytes into the channel as a faulty peer would: as one line. */
  protected abstract void inject(byte[] line) throws Exception;

  @BeforeEach
  void open() throws Exception {
    channels = channels();
  }

  @Test
  void append_manyMessages_arriveWholeAndInOrder() throws Exception {
    List<String> expected = new ArrayList<>();
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      List<CompletableFuture<Void>> appends = new ArrayList<>();
      for (int index = 0; index < 500; index++) {
        RoutedMessage message = routed("t" + index);
        expected.add(text(message));
        appends.add(channel.append(message));
      }
      for (CompletableFuture<Void> append : appends) {
        append.get(60, TimeUnit.SECONDS);
      }
      for (String line : expected) {
        assertThat(listener.nextLine()).isEqualTo(line);
      }
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void append_fromManyThreads_losesAndMixesNothing() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String name = "thread" + thread + "_";
        threads.add(Thread.ofVirtual().start(() -> appendHundred(channel, name)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      List<String> tasks = new ArrayList<>();
      for (int index = 0; index < 400; index++) {
        tasks.add(Message.of(decoded(listener.nextLine())).correlation());
      }
      assertThat(tasks).doesNotHaveDuplicates();
      assertThat(tasks.stream().filter(task -> task.startsWith("req_thread2_")))
          .isSortedAccordingTo(Comparator.comparingInt(ChannelContract::number));
    }
  }

  @Test
  void append_bySeveralSenders_arrivesInEachOnesOrder() throws Exception {
    List<AgentId> senders = List.of(SENDER, Samples.OTHER.agentId(), new AgentId("third"));
    List<Channel> open = new ArrayList<>();
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      senders.forEach(sender -> open.add(channels.open(sender, RECEIVER)));
      for (int index = 0; index < 150; index++) {
        int sender = index % senders.size();
        String taskId = senders.get(sender) + "_" + index;
        var _ = open.get(sender).append(routed(senders.get(sender), RECEIVER, taskId));
      }
      List<String> arrived = new ArrayList<>();
      for (int index = 0; index < 150; index++) {
        arrived.add(Message.of(decoded(listener.nextLine())).correlation());
      }
      for (AgentId sender : senders) {
        assertThat(arrived.stream().filter(each -> each.contains(sender.value())))
            .hasSize(50)
            .isSortedAccordingTo(Comparator.comparingInt(ChannelContract::number));
      }
    } finally {
      open.forEach(Channel::close);
    }
  }

  @Test
  void append_toAnotherAgent_isNotDeliveredHere() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Inbox _ = channels.listen(Samples.OTHER.agentId(), elsewhere);
        Channel toOther = channels.open(SENDER, Samples.OTHER.agentId());
        Channel toUs = channels.open(SENDER, RECEIVER)) {
      var _ = toOther.append(routed(SENDER, Samples.OTHER.agentId(), "theirs"));
      assertThat(elsewhere.nextLine()).contains("req_theirs");
      var _ = toUs.append(routed("ours"));
      assertThat(listener.nextLine()).contains("req_ours");
      assertThat(listener.hasMore() || elsewhere.hasMore()).isFalse();
    }
  }

  @Test
  void append_beforeReceiverListens_arrivesLater() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      RoutedMessage message = routed("early");
      CompletableFuture<Void> append = channel.append(message);
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        append.get(60, TimeUnit.SECONDS);
        assertThat(listener.nextLine()).isEqualTo(text(message));
      }
    }
  }

  @Test
  void append_largestMessage_arrives() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      RoutedMessage message = largest();
      assertThat(message.line()).hasSize(JsonCodec.MAX_BYTE_SIZE);
      channel.append(message).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).isEqualTo(text(message));
    }
  }

  @Test
  void inject_overLongLine_isReportedAndReadingGoesOn() throws Exception {
    byte[] line = "x".repeat(JsonCodec.MAX_BYTE_SIZE + 7).getBytes(StandardCharsets.UTF_8);
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      inject(line);
      inject("after".getBytes(StandardCharsets.UTF_8));
      BadInput input = listener.nextMalformed();
      assertThat(input.byteSize()).isEqualTo(line.length);
      assertThat(input.violations().getFirst().code()).isEqualTo(ErrorCode.E_VALIDATION_005);
      assertThat(input.raw()).startsWith('x').hasSizeLessThanOrEqualTo(4096);
      assertThat(listener.nextLine()).isEqualTo("after");
    }
  }

  @Test
  void inject_bytesThatAreNoText_areDeliveredAsTheyAre() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      inject("{\"half\":".getBytes(StandardCharsets.UTF_8));
      assertThat(listener.nextLine()).isEqualTo("{\"half\":");
    }
  }

  @Test
  void listener_throws_readingGoesOn() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      inject("!fail".getBytes(StandardCharsets.UTF_8));
      inject("next".getBytes(StandardCharsets.UTF_8));
      assertThat(listener.nextLine()).isEqualTo("!fail");
      assertThat(listener.nextLine()).isEqualTo("next");
    }
  }

  @Test
  void remind_messageThatWasNotAppended_saysNo() {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      assertThat(channel.remind(routed("a").message().messageId())).isFalse();
    }
  }

  @Test
  void append_afterClose_failsAndDoesNotThrow() {
    Channel channel = channels.open(SENDER, RECEIVER);
    channel.close();
    channel.close();
    assertThatThrownBy(() -> channel.append(routed("late")).get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ChannelException.class);
  }

  @Test
  void close_inboxTwice_deliversNothingMore() throws Exception {
    Inbox inbox = channels.listen(RECEIVER, listener);
    inbox.close();
    inbox.close();
    assertThat(listener.hasMore()).isFalse();
  }

  protected static RoutedMessage routed(String taskId) {
    return Samples.routed(Samples.message(taskId));
  }

  private static RoutedMessage routed(AgentId sender, AgentId receiver, String taskId) {
    return Samples.routed(
        Samples.message(taskId).toBuilder()
            .sender(new AgentIdentity(sender, AgentType.MANAGER))
            .receiver(new AgentIdentity(receiver, AgentType.IMPLEMENTATION))
            .build());
  }

  protected static String text(RoutedMessage message) {
    return RecordingListener.renumbered(message.line());
  }

  private static RoutedMessage largest() {
    Message message = Samples.message("t");
    int spare = JsonCodec.MAX_BYTE_SIZE - Samples.routed(padded(message, "")).line().length;
    return Samples.routed(padded(message, "p".repeat(spare)));
  }

  private static Message padded(Message message, String padding) {
    return message.toBuilder()
        .metadata(message.envelope().metadata().toBuilder().put("padding", padding).build())
        .build();
  }

  private static JsonObject decoded(String line) {
    return JsonCodec.decode(line.getBytes(StandardCharsets.UTF_8)).fields();
  }

  private static int number(String correlation) {
    return Integer.parseInt(correlation.substring(correlation.lastIndexOf('_') + 1));
  }

  private static void appendHundred(Channel channel, String name) {
    for (int index = 0; index < 100; index++) {
      channel.append(routed(name + index)).join();
    }
  }
}
