package dev.aeon.checks.bench.link;

import com.sun.management.ThreadMXBean;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.Sender;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * One end of a trial: {@code ping|pong|push|pull URL BYTES COUNT}. Before the messages that count
 * others go the same way until code is compiled; one way, a message of a size of its own stands
 * between them. Processor time is that of the Java threads, not of the compiler.
 */
public final class LinkTrial {
  /** The system property that keeps {@code ip://} from using UDP as well. */
  static final String ALONE = "aeon.bench.link.alone";

  private static final int MARK_BYTE_SIZE = 1;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String url;
  private final int byteSize;
  private final int count;
  private final MemorySegment body;

  private LinkTrial(String url, int byteSize, int count) {
    this.url = url;
    this.byteSize = byteSize;
    this.count = count;
    this.body = Arena.global().allocate(byteSize);
  }

  public static void main(String[] arguments) throws IOException {
    LinkTrial trial =
        new LinkTrial(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    switch (arguments[0]) {
      case "ping" -> trial.ping();
      case "pong" -> trial.pong();
      case "push" -> trial.push();
      case "pull" -> trial.pull();
      default -> throw new IllegalArgumentException("role is unknown: role=" + arguments[0]);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String text) {
    System.out.println(text);
  }

  private static void choose(SpSocket socket) {
    if (Boolean.getBoolean(ALONE)) {
      socket.set(SpOptions.DATAGRAM_COMPANION_SIZE, 0L);
    }
  }

  private void listen(SpSocket socket) {
    choose(socket);
    socket.set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    socket.listen(url);
    say("listening");
  }

  private void ping() {
    long[] nanos = new long[count];
    try (ReqSocket socket = ReqSocket.open()) {
      choose(socket);
      socket.dial(url);
      Message message = Message.empty();
      WarmUp warmUp = new WarmUp();
      while (!warmUp.isOver()) {
        long _ = roundTrip(socket, message);
      }
      for (int index = 0; index < count; index++) {
        nanos[index] = roundTrip(socket, message);
      }
    }
    Arrays.sort(nanos);
    say("p50Nanos=" + nanos[count / 2] + " p99Nanos=" + nanos[(int) (count * 99L / 100)]);
  }

  private long roundTrip(ReqSocket socket, Message message) {
    long start = System.nanoTime();
    send(socket, message, byteSize);
    socket.receive(message);
    message.close();
    return System.nanoTime() - start;
  }

  private void pong() {
    try (RepSocket socket = RepSocket.open()) {
      listen(socket);
      Message message = Message.empty();
      while (true) {
        socket.receive(message);
        socket.send(message);
      }
    }
  }

  private void send(Sender socket, Message message, int size) {
    message.refill(size);
    MemorySegment.copy(body, 0, message.body(), 0, size);
    socket.send(message);
  }

  private void push() throws IOException {
    try (PushSocket socket = PushSocket.open()) {
      choose(socket);
      socket.dial(url);
      Message message = Message.empty();
      WarmUp warmUp = new WarmUp();
      while (!warmUp.isOver()) {
        send(socket, message, byteSize);
      }
      send(socket, message, MARK_BYTE_SIZE);
      Usage begun = Usage.now();
      for (int index = 0; index < count; index++) {
        send(socket, message, byteSize);
      }
      say(begun.since(count));
      // Until the other end has everything.
      int _ = System.in.read();
    }
  }

  private void pull() {
    try (PullSocket socket = PullSocket.open()) {
      listen(socket);
      Message message = Message.empty();
      while (receive(socket, message) != MARK_BYTE_SIZE) {
        // Warms up.
      }
      Usage begun = Usage.now();
      long start = System.nanoTime();
      for (int index = 0; index < count; index++) {
        long _ = receive(socket, message);
      }
      long nanos = System.nanoTime() - start;
      say("nanos=" + nanos / count + " " + begun.since(count));
    }
  }

  private static long receive(PullSocket socket, Message message) {
    socket.receive(message);
    long size = message.byteSize();
    message.close();
    return size;
  }

  /** What all threads have taken so far. */
  private record Usage(long cpuNanos, long allocatedByteCount) {
    static Usage now() {
      long cpuNanos = 0;
      for (long id : THREADS.getAllThreadIds()) {
        cpuNanos += Math.max(0, THREADS.getThreadCpuTime(id));
      }
      return new Usage(cpuNanos, THREADS.getTotalThreadAllocatedBytes());
    }

    /** What each of {@code count} messages has taken since. */
    String since(int count) {
      Usage now = now();
      return "cpuNanos=%d allocatedBytes=%.2f"
          .formatted(
              (now.cpuNanos - cpuNanos) / count,
              (double) (now.allocatedByteCount - allocatedByteCount) / count);
    }
  }
}
