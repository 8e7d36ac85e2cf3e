package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In steady state, a message costs its sender and its receiver no allocation. */
@Timeout(120)
class MessageAllocationTest {
  private static final int TIMES = 5;
  private static final int ROUND_COUNT = 1_000;

  /** No object takes less. */
  private static final int LEAST_OBJECT_BYTE_SIZE = 16;

  @TempDir private Path folder;

  private final Message message = Message.empty();
  private long passedByteCount;

  private String url(String transport) {
    return switch (transport) {
      case "inproc" -> "inproc://allocation";
      case "tcp" -> "tcp://127.0.0.1:0";
      default -> transport + "://" + folder.resolve("s");
    };
  }

  private static void connect(SpSocket from, SpSocket to, String url) {
    if (url.startsWith("ipc:")) {
      from.set(SpOptions.SHARED_MEMORY_SIZE, 0L);
    }
    from.dial(to.listen(url).url());
  }

  /** One message written in place, sent, received and read in place. */
  private void pass(Sender from, Receiver to, int byteSize) {
    message.refill(byteSize);
    message.body().fill((byte) byteSize);
    from.send(message);
    to.receive(message);
    passedByteCount += message.body().byteSize();
    message.close();
  }

  /** The least of several times: what is linked or timed now and then is no message's. */
  private static void assertAllocatesNothing(Runnable round) {
    long least = Long.MAX_VALUE;
    for (int time = 0; time < TIMES; time++) {
      least = Math.min(least, allocatedIn(round));
    }
    assertThat(least).isLessThan((long) ROUND_COUNT * LEAST_OBJECT_BYTE_SIZE);
  }

  private static long allocatedIn(Runnable round) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int count = 0; count < ROUND_COUNT; count++) {
      round.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private <A extends Sender & Receiver, B extends Sender & Receiver> void assertTwoAllocateNothing(
      A asking, B answering, int byteSize) {
    assertAllocatesNothing(() -> {
      pass(asking, answering, byteSize);
      pass(answering, asking, byteSize);
    });
    assertThat(passedByteCount).isEqualTo(TIMES * ROUND_COUNT * 2L * byteSize);
  }

  @ParameterizedTest
  @CsvSource({"inproc,64", "ipc,64", "tcp,64", "shm,64", "ipc,65536", "tcp,65536", "shm,65536"})
  void requestAndReply_allocateNothing(String transport, int byteSize) {
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      connect(req, rep, url(transport));
      assertTwoAllocateNothing(req, rep, byteSize);
    }
  }

  @ParameterizedTest
  @CsvSource({"inproc,64", "ipc,64", "tcp,64", "shm,64", "ipc,65536", "tcp,65536", "shm,65536"})
  void messagesBothWays_allocateNothing(String transport, int byteSize) {
    try (PairSocket one = PairSocket.open();
        PairSocket other = PairSocket.open()) {
      connect(one, other, url(transport));
      assertTwoAllocateNothing(one, other, byteSize);
    }
  }
}
