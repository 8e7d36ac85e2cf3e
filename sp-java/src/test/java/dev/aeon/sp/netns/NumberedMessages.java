package dev.aeon.sp.netns;

import dev.aeon.sp.Await;
import dev.aeon.sp.Message;
import dev.aeon.sp.PairSocket;
import dev.aeon.sp.SpOptions;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * One end of a conversation in which every message says which one it is: {@code receive URL COUNT}
 * listens and holds each message against what it has to be; {@code send URL COUNT} dials; {@code
 * halting URL COUNT} dials, prints {@code half} after half of its messages, and goes on when it
 * reads a line. All print {@code complete} when all has arrived in order, once, and unharmed.
 */
public final class NumberedMessages {
  private static final int MAX_SMALL_BYTE_SIZE = 4_000;
  private static final int LARGE_BYTE_SIZE = 200_000;
  private static final int LARGE_INTERVAL = 100;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private NumberedMessages() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[2]);
    try (PairSocket socket = PairSocket.open()) {
      socket.set(SpOptions.RECEIVE_TIMEOUT, LIMIT);
      socket.set(SpOptions.SEND_TIMEOUT, LIMIT);
      switch (arguments[0]) {
        case "send" -> send(socket, arguments[1], count, count);
        case "halting" -> send(socket, arguments[1], count, count / 2);
        case "receive" -> receive(socket, arguments[1], count);
        default -> throw new IllegalArgumentException("unknown role: role=" + arguments[0]);
      }
      say("complete");
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String text) {
    System.out.println(text);
  }

  private static void send(PairSocket socket, String url, int count, int halt) throws IOException {
    socket.dial(url);
    for (int number = 0; number < count; number++) {
      if (number == halt) {
        awaitLine();
      }
      socket.send(body(number));
    }
    check(-1, socket.receive(), new byte[] {1});
    socket.send(new byte[] {2});
    // The other end closes once it knows that its word has arrived.
    check(-2, socket.receive(), new byte[] {3});
  }

  private static void awaitLine() throws IOException {
    say("half");
    if (System.in.read() < 0) {
      throw new EOFException("nobody said to go on");
    }
  }

  private static void receive(PairSocket socket, String url, int count) {
    say(socket.listen(url).url());
    for (int number = 0; number < count; number++) {
      check(number, socket.receive(), body(number));
    }
    socket.send(new byte[] {1});
    check(-1, socket.receive(), new byte[] {2});
    socket.send(new byte[] {3});
    awaitLeaving(socket);
  }

  private static void awaitLeaving(PairSocket socket) {
    Await.until(() -> socket.pipes().isEmpty());
  }

  private static byte[] body(int number) {
    Random random = new Random(number);
    int byteSize =
        number % LARGE_INTERVAL == LARGE_INTERVAL - 1
            ? LARGE_BYTE_SIZE
            : random.nextInt(MAX_SMALL_BYTE_SIZE);
    byte[] body = new byte[byteSize];
    random.nextBytes(body);
    return body;
  }

  private static void check(int number, Message message, byte[] expected) {
    try (message) {
      byte[] body = message.body().toArray(ValueLayout.JAVA_BYTE);
      if (!Arrays.equals(body, expected)) {
        throw new AssertionError(
            "message is another than was due: number=%d byteSize=%d expectedByteSize=%d"
                .formatted(number, body.length, expected.length));
      }
    }
  }
}
