package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are written where their receiver will read them. */
@Timeout(60)
class PlacedMessageTest {
  private static final int LARGE = 64 << 10;

  @TempDir private Path folder;
  private int urlCount;

  private String url() {
    return "shm://" + folder.resolve("s" + urlCount++);
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void write(Message message, byte[] bytes) {
    MemorySegment.copy(bytes, 0, message.body(), ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  /** The memory of a large message for {@code sender}, which is then closed. */
  private static long addressOfNext(Sender sender, Message message) {
    sender.refill(message, LARGE);
    long address = message.body().address();
    message.close();
    return address;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 << 10, LARGE, 1 << 20, 16 << 20})
  void whatIsWritten_arrives(int size) {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen(url()).url());
      Await.openPipes(push, 1);
      Message message = Message.empty();
      for (int round = 0; round < 20; round++) {
        push.refill(message, size);
        write(message, bytes(round, size));
        push.send(message);
        try (Message received = pull.receive()) {
          assertThat(received.toByteArray()).isEqualTo(bytes(round, size));
        }
      }
    }
  }

  @Test
  void largeBody_liesInSharedMemoryBeforeItIsSent() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen(url()).url());
      Await.openPipes(push, 1);
      Message message = Message.empty();
      assertThat(Mappings.isShared(addressOfNext(push, message))).isTrue();
      push.refill(message, 100);
      assertThat(Mappings.isShared(message.body().address())).isFalse();
    }
  }

  @Test
  void messagesClosedUnsent_leaveTheirMemoryToTheNext() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen(url()).url());
      Await.openPipes(push, 1);
      Message message = Message.empty();
      Set<Long> addresses = new HashSet<>();
      for (int round = 0; round < 10_000; round++) {
        addresses.add(addressOfNext(push, message));
      }
      assertThat(addresses).hasSize(1);
    }
  }

  @Test
  void moreMessagesThanTheMemoryHolds_lieElsewhereAndArriveAllTheSame() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      pull.set(SpOptions.RECEIVE_QUEUE, 1_000);
      push.dial(pull.listen(url()).url());
      Await.openPipes(push, 1);
      Message[] messages = new Message[500];
      for (int index = 0; index < messages.length; index++) {
        messages[index] = Message.empty();
        push.refill(messages[index], LARGE);
        write(messages[index], bytes(index, LARGE));
      }
      for (int index = 0; index < messages.length; index++) {
        push.send(messages[index]);
        try (Message received = pull.receive()) {
          assertThat(received.toByteArray()).isEqualTo(bytes(index, LARGE));
        }
      }
    }
  }

  @Test
  void message_outlivesThePipeItWasMadeFor_andGoesByAnother() {
    try (PushSocket push = PushSocket.open();
        PullSocket second = PullSocket.open()) {
      Message message = Message.empty();
      try (PullSocket first = PullSocket.open()) {
        push.dial(first.listen(url()).url());
        Await.openPipes(push, 1);
        push.refill(message, LARGE);
      }
      Await.openPipes(push, 0);
      write(message, bytes(1, LARGE));
      push.dial(second.listen("tcp://127.0.0.1:0").url());
      push.send(message);
      try (Message received = second.receive()) {
        assertThat(received.toByteArray()).isEqualTo(bytes(1, LARGE));
      }
    }
  }

  @Test
  void memory_isUnmappedOnceTheLastMessageIsClosed() {
    long before = Mappings.regionCount();
    Message message = Message.empty();
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen(url()).url());
      Await.openPipes(push, 1);
      push.refill(message, LARGE);
    }
    assertThat(Mappings.regionCount()).isEqualTo(before + 1);
    message.close();
    assertThat(Mappings.regionCount()).isEqualTo(before);
  }

  @Test
  void requests_whichAreKept_andTheirReplies_arriveWhole() {
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      req.dial(rep.listen(url()).url());
      Await.openPipes(req, 1);
      Message message = Message.empty();
      for (int round = 0; round < 20; round++) {
        req.refill(message, LARGE);
        write(message, bytes(round, LARGE));
        req.send(message);
        Message answer = Message.empty();
        rep.refill(answer, LARGE);
        try (Message request = rep.receive()) {
          MemorySegment.copy(request.body(), 0, answer.body(), 0, LARGE);
        }
        rep.send(answer);
        try (Message reply = req.receive()) {
          assertThat(reply.toByteArray()).isEqualTo(bytes(round, LARGE));
        }
      }
    }
  }

  @Test
  void bodyThatGrewOrShrank_arrivesAsItIs() {
    try (Pair1Socket one = Pair1Socket.open();
        Pair1Socket other = Pair1Socket.open()) {
      one.dial(other.listen(url()).url());
      Await.openPipes(one, 1);
      Message message = Message.empty();
      one.refill(message, LARGE);
      write(message, bytes(1, LARGE));
      message.trim(10);
      message.append(new byte[] {1, 2, 3});
      byte[] expected = message.toByteArray();
      one.send(message);
      try (Message received = other.receive()) {
        assertThat(received.toByteArray()).isEqualTo(expected);
      }
    }
  }

  @Test
  void withTwoPipes_theMessageGoesByEither() {
    try (PushSocket push = PushSocket.open();
        PullSocket first = PullSocket.open();
        PullSocket second = PullSocket.open()) {
      push.dial(first.listen(url()).url());
      push.dial(second.listen(url()).url());
      Await.openPipes(push, 2);
      Message message = Message.empty();
      for (int round = 0; round < 2; round++) {
        push.refill(message, LARGE);
        write(message, bytes(7, LARGE));
        push.send(message);
      }
      try (Message one = first.receive();
          Message other = second.receive()) {
        assertThat(one.toByteArray()).isEqualTo(bytes(7, LARGE));
        assertThat(other.toByteArray()).isEqualTo(bytes(7, LARGE));
      }
    }
  }

  @Test
  void messageStillOwned_isNotGivenAnother() {
    try (PushSocket push = PushSocket.open();
        Message message = Message.allocate(1)) {
      assertThatThrownBy(() -> push.refill(message, LARGE))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> push.refill(Message.empty(), -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
