package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipeEventsTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  @TempDir private Path folder;

  private static String freshUrl() {
    return "inproc://events-" + NAMES.incrementAndGet();
  }

  /** Keeps what it is told. */
  private static final class Recorder implements PipeListener {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final boolean admitting;

    Recorder(boolean admitting) {
      this.admitting = admitting;
    }

    @Override
    public boolean admits(Pipe pipe) {
      told.add("asked " + pipe.id());
      return admitting;
    }

    @Override
    public void added(Pipe pipe) {
      told.add("added " + pipe.id());
    }

    @Override
    public void removed(Pipe pipe, String reason) {
      told.add("removed " + pipe.id() + " " + reason);
    }

    @Override
    public void highWater(Pipe pipe) {
      told.add("high " + pipe.id());
    }

    @Override
    public void lowWater(Pipe pipe) {
      told.add("low " + pipe.id());
    }
  }

  @Test
  void pipe_comesAndGoes_listenersAreToldInOrder() {
    PushSocket push = PushSocket.open();
    try (PullSocket pull = PullSocket.open()) {
      Recorder recorder = new Recorder(true);
      var _ = pull.onPipe(recorder);
      String url = pull.listen(freshUrl()).url();
      var _ = push.dial(url);
      Await.openPipes(pull, 1);
      int id = pull.pipes().getFirst().id();
      push.close();
      Await.until(() -> recorder.told.size() == 3);
      assertThat(recorder.told)
          .containsExactly("asked " + id, "added " + id, "removed " + id + " PEER_CLOSED");
    }
  }

  @Test
  void pipe_refused_carriesNothingAndIsCounted() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      var _ = pull.onPipe(new Recorder(false));
      push.set(SpOptions.RECONNECT_MIN, Duration.ofHours(1));
      push.set(SpOptions.RECONNECT_MAX, Duration.ofHours(1));
      push.set(SpOptions.SEND_TIMEOUT, Duration.ofMillis(100));
      var _ = push.dial(pull.listen(freshUrl()).url());
      Await.closed(pull, "REFUSED");
      assertThat(pull.statistics().pipesOpened()).isZero();
      assertThatThrownBy(() -> pull.receive(Duration.ZERO)).isInstanceOf(SpTimeoutException.class);
    }
  }

  @Test
  void listener_thatThrows_refusesThePipeAndLeavesTheSocketWhole() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      PipeListener broken =
          new PipeListener() {
            @Override
            public boolean admits(Pipe pipe) {
              throw new IllegalStateException("broken on purpose");
            }
          };
      Registration registration = pull.onPipe(broken);
      var _ = push.dial(pull.listen(freshUrl()).url());
      Await.closed(pull, "REFUSED");
      registration.close();
      Await.closed(push, "PEER_CLOSED");
      push.send(new byte[] {1});
      pull.receive().close();
    }
  }

  @Test
  void pipe_ofAMessage_tellsWhoSentIt() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      String url = "ipc://" + folder.resolve("peer.sock");
      var _ = push.dial(pull.listen(url).url());
      push.send(new byte[] {1});
      try (Message message = pull.receive()) {
        Pipe pipe = pull.pipe(message.pipeId()).orElseThrow();
        assertThat(pipe.process().orElseThrow().processId())
            .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(pipe.remoteAddress()).isEqualTo(url);
        assertThat(pipe.isDialed()).isFalse();
        assertThat(pipe.socketId()).isEqualTo(pull.id());
        assertThat(pipe.statistics().messagesReceived()).isEqualTo(1);
      }
    }
  }

  @Test
  void pipe_closed_isDialedAgain() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      var _ = push.dial(pull.listen(freshUrl()).url());
      Await.openPipes(push, 1);
      push.pipes().getFirst().close();
      Await.until(() -> push.statistics().pipesOpened() == 2);
      push.send(new byte[] {1});
      pull.receive().close();
    }
  }

  @Test
  void queue_overAndUnderItsMarks_isTold() throws IOException {
    int messageCount = 40;
    byte[] large = new byte[1 << 20];
    try (PubSocket pub = PubSocket.open()) {
      pub.set(SpOptions.SEND_QUEUE, 64);
      pub.set(SpOptions.HIGH_WATER, 4);
      pub.set(SpOptions.LOW_WATER, 0);
      Recorder recorder = new Recorder(true);
      var _ = pub.onPipe(recorder);
      try (RawPeer subscriber = RawPeer.connect(pub.listen("tcp://127.0.0.1:0").url())) {
        subscriber.hex("0053500000210000");
        Await.openPipes(pub, 1);
        for (int count = 0; count < messageCount; count++) {
          pub.send(large);
        }
        Await.until(() -> recorder.told.stream().anyMatch(each -> each.startsWith("high")));
        int frameByteSize = Long.BYTES + large.length;
        assertThat(subscriber.read(Long.BYTES + messageCount * frameByteSize)).endsWith(large);
        Await.until(() -> recorder.told.stream().anyMatch(each -> each.startsWith("low")));
        assertThat(
                recorder.told.stream().map(each -> each.substring(0, each.indexOf(' '))).distinct())
            .containsSubsequence("asked", "added", "high", "low");
        assertThat(pub.pipes().getFirst().statistics().timesBlocked()).isPositive();
      }
    }
  }

  @Test
  void statistics_ofSocketEndpointAndPipe_matchWhatWasSent() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      Listener listener = pull.listen(freshUrl());
      Dialer dialer = push.dial(listener.url());
      for (int count = 0; count < 7; count++) {
        push.send(new byte[10]);
        pull.receive().close();
      }
      StatisticNode tree = pull.statisticTree();
      assertThat(tree.name()).isEqualTo("socket" + pull.id());
      assertThat(tree.find("rx_msgs").orElseThrow().number()).isEqualTo(7);
      StatisticNode scope = tree.find("listener" + listener.id()).orElseThrow();
      assertThat(scope.find("url").orElseThrow().value()).isEqualTo(listener.url());
      StatisticNode pipe = scope.find("pipe" + pull.pipes().getFirst().id()).orElseThrow();
      assertThat(pipe.find("rx_bytes").orElseThrow().number()).isEqualTo(70);
      assertThat(tree.toString()).contains("  rx_msgs: 7\n");
      assertThat(
              push.statisticTree()
                  .find("dialer" + dialer.id())
                  .orElseThrow()
                  .find("pipes")
                  .orElseThrow()
                  .number())
          .isEqualTo(1);
    }
  }
}
