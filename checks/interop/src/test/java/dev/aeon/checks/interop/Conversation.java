package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** What two connected peers say to each other, by pattern, in messages of all sizes. */
final class Conversation {
  static final int[] SIZES = {0, 1, 127, 128, 65_535, 1 << 20, 16 << 20};
  private static final Map<Integer, byte[]> BODIES = new ConcurrentHashMap<>();
  private static final byte[] HELLO = "hello, are you there?".getBytes(UTF_8);
  private static final int HELLO_MILLIS = 50;
  private static final int HELLOS = 1_200;
  private static final int ATTEMPT_MILLIS = 5_000;
  private static final int ATTEMPTS = 12;

  private Conversation() {}

  /** Runs the pattern with {@code first} as its side {@code pattern}. */
  static void hold(Pattern pattern, Peer first, Peer second) {
    switch (pattern) {
      case REQ -> request(first, second);
      case REP -> request(second, first);
      case PUSH -> push(first, second);
      case PULL -> push(second, first);
      case PUB -> publish(first, second);
      case SUB -> publish(second, first);
      case SURVEYOR -> survey(first, second);
      case RESPONDENT -> survey(second, first);
      case PAIR, PAIR1 -> {
        push(first, second);
        push(second, first);
      }
      case BUS -> {
        publish(first, second);
        publish(second, first);
      }
    }
  }

  private static void request(Peer client, Peer server) {
    for (int size : SIZES) {
      client.send(body(size));
      check(server.receive(Peer.TIMEOUT_MILLIS), size);
      server.send(body(size + 1));
      check(client.receive(Peer.TIMEOUT_MILLIS), size + 1);
    }
  }

  private static void push(Peer pusher, Peer puller) {
    for (int size : SIZES) {
      pusher.send(body(size));
      check(puller.receive(Peer.TIMEOUT_MILLIS), size);
    }
  }

  private static void publish(Peer publisher, Peer subscriber) {
    greet(publisher, subscriber);
    for (int size : SIZES) {
      repeat(ATTEMPTS, () -> pass(body(size), publisher, subscriber, ATTEMPT_MILLIS));
    }
  }

  /** An answer to a survey that was held again meanwhile is for nobody. */
  private static void survey(Peer surveyor, Peer respondent) {
    greet(surveyor, respondent);
    for (int size : SIZES) {
      repeat(
          ATTEMPTS,
          () -> {
            pass(body(size), surveyor, respondent, ATTEMPT_MILLIS);
            respondent.send(body(size + 1));
            check(surveyor.receive(ATTEMPT_MILLIS), size + 1);
          });
    }
  }

  private static void greet(Peer sender, Peer receiver) {
    repeat(HELLOS, () -> pass(HELLO, sender, receiver, HELLO_MILLIS));
  }

  private static void pass(byte[] body, Peer sender, Peer receiver, int millis) {
    sender.send(body);
    while (!Arrays.equals(receiver.receive(millis), body)) {
      // An earlier message that was sent twice.
    }
  }

  /** Again what a pattern may drop: before the other is connected, or while it is busy. */
  private static void repeat(int attempts, Runnable exchange) {
    IllegalStateException unheard = new IllegalStateException("nothing of this size was received");
    for (int i = 0; i < attempts; i++) {
      try {
        exchange.run();
        return;
      } catch (RuntimeException notYet) {
        unheard.addSuppressed(notYet);
      }
    }
    throw unheard;
  }

  private static void check(byte[] received, int size) {
    assertThat(received).hasSize(size);
    assertThat(Arrays.mismatch(received, body(size))).as("first wrong byte").isEqualTo(-1);
  }

  private static byte[] body(int size) {
    return BODIES.computeIfAbsent(
        size,
        unknown -> {
          byte[] body = new byte[size];
          new Random(size).nextBytes(body);
          return body;
        });
  }
}
