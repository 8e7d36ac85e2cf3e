package dev.aeon.apm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a channel promises whose messages lie on a server: that dies in the middle, and comes again,
 * while both ends stay as they are.
 */
@Timeout(300)
public abstract class RestartedServerContract {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MESSAGES = 60;

  private final RecordingListener listener = new RecordingListener();

  protected abstract Channels channels() throws Exception;

  /** Kills the server, without a word to its clients. */
  protected abstract void kill() throws Exception;

  /** Starts it again with what it has on disk. */
  protected abstract void start() throws Exception;

  @Test
  void server_diesInTheMiddle_everythingStoredIsDeliveredAndMoreIsTaken() throws Exception {
    Channels channels = channels();
    List<String> stored = new ArrayList<>();
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      for (int index = 0; index < MESSAGES; index++) {
        if (index == MESSAGES / 2) {
          kill();
          start();
        }
        stored.add(store(channel, "t" + index));
      }
      assertEachIsDelivered(stored);
    }
  }

  @Test
  void server_isAway_anAppendFailsAndNoneIsLostOnceItIsThere() throws Exception {
    Channels channels = channels();
    List<String> stored = new ArrayList<>();
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      stored.add(store(channel, "before"));
      kill();
      RoutedMessage message = Samples.routed(Samples.message("meanwhile"));
      assertThat(channel.append(message)).failsWithin(PATIENCE);
      start();
      stored.add(store(channel, message));
      stored.add(store(channel, "after"));
      assertEachIsDelivered(stored);
    }
  }

  private static String store(Channel channel, String taskId) {
    return store(channel, Samples.routed(Samples.message(taskId)));
  }

  /** Again until it is stored, as a bus does. */
  private static String store(Channel channel, RoutedMessage message) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(CompletionException.class)
        .until(() -> {
          channel.append(message).join();
          return true;
        });
    return new String(message.line(), StandardCharsets.UTF_8);
  }

  /** At least once. */
  private void assertEachIsDelivered(List<String> stored) throws InterruptedException {
    Set<String> missing = new HashSet<>(stored);
    while (!missing.isEmpty()) {
      Delivery delivery = listener.nextDelivery();
      delivery.settle();
      String line = new String(delivery.line(), StandardCharsets.UTF_8);
      assertThat(stored).contains(line);
      missing.remove(line);
    }
  }
}
