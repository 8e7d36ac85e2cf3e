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
  private static final int HELLOS = 200;
  private static final int ATTEMPT_MILLIS = 2_000;
  private static final int ATTEMPTS = 5;

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
    receiveAfterSending(HELLO, publisher, subscriber, HELLOS, HELLO_MILLIS);
    for (int size : SIZES) {
      receiveAfterSending(body(size), publisher, subscriber, ATTEMPTS, ATTEMPT_MILLIS);
    }
  }

  private static void survey(Peer surveyor, Peer respondent) {
    receiveAfterSending(HELLO, surveyor, respondent, HELLOS, HELLO_MILLIS);
    for (int size : SIZES) {
      receiveAfterSending(body(size), surveyor, respondent, ATTEMPTS, ATTEMPT_MILLIS);
      respondent.send(body(size + 1));
      check(surveyor.receive(Peer.TIMEOUT_MILLIS), size + 1);
    }
  }

  /** Sends again what a pattern may drop: before the other is connected, or while it is busy. */
  private static void receiveAfterSending(
      byte[] body, Peer sender, Peer receiver, int attempts, int attemptMillis) {
    IllegalStateException unheard = new IllegalStateException("nothing of this size was received");
    for (int i = 0; i < attempts; i++) {
      sender.send(body);
      try {
        while (!Arrays.equals(receiver.receive(attemptMillis), body)) {
          // An earlier message that was sent twice.
        }
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
