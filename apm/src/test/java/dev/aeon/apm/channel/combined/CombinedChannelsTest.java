package dev.aeon.apm.channel.combined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelContract;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.sp.PushSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files for one sender and memory for the others; one inbox for all. */
class CombinedChannelsTest extends ChannelContract {
  private Channels files;
  private Channels memory;
  private PushSocket faultyPeer;

  @Override
  protected Channels channels() {
    files = new NdjsonChannels(directory.resolve(".apm"), _ -> {});
    memory = SpChannels.ipc(directory);
    return new CombinedChannels(
        (sender, _) -> sender.equals(SENDER) ? files : memory, List.of(files, memory));
  }

  @Override
  protected void inject(byte[] line) {
    if (faultyPeer == null) {
      faultyPeer = PushSocket.open();
      faultyPeer.dial("ipc://" + directory + "/" + RECEIVER + ".sock");
    }
    faultyPeer.send(line);
  }

  @AfterEach
  void closePeer() {
    if (faultyPeer != null) {
      faultyPeer.close();
    }
  }

  @Test
  void append_eachPairByItsKind_arrivesHereByBoth() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel kept = channels.open(SENDER, RECEIVER);
        Channel unkept = channels.open(Samples.OTHER.agentId(), RECEIVER)) {
      kept.append(routed("kept")).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).contains("req_kept");
      unkept.append(routed("unkept")).get(60, TimeUnit.SECONDS);
      assertThat(listener.nextLine()).contains("req_unkept");
    }
    Path root = directory.resolve(".apm/channels");
    assertThat(Files.readString(root.resolve(SENDER + "_to_" + RECEIVER + "/messages.ndjson")))
        .contains("req_kept");
    assertThat(root.resolve(Samples.OTHER.agentId() + "_to_" + RECEIVER)).doesNotExist();
  }

  @Test
  void listen_oneKindCannot_leavesNoneOpen() {
    try (Inbox _ = memory.listen(RECEIVER, listener)) {
      assertThatThrownBy(() -> channels.listen(RECEIVER, listener))
          .isInstanceOf(ChannelException.class);
    }
    files.listen(RECEIVER, listener).close();
  }

  @Test
  void close_byTheListenerWhileAnotherKindWaits_returns() throws Exception {
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    InboxListener closing =
        new InboxListener() {
          @Override
          public void onLine(Delivery delivery) {
            try {
              opened.await();
              inbox.get().close();
              closed.countDown();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void onMalformed(BadInput input) {}
        };
    inbox.set(channels.listen(RECEIVER, closing));
    try (Channel kept = channels.open(SENDER, RECEIVER);
        Channel unkept = channels.open(Samples.OTHER.agentId(), RECEIVER)) {
      kept.append(routed("a")).get(60, TimeUnit.SECONDS);
      unkept.append(routed("b")).get(60, TimeUnit.SECONDS);
      opened.countDown();
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }
    inbox.get().close();
  }
}
