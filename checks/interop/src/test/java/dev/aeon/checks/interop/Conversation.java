package dev.aeon.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** What two connected peers say to each other, by pattern, in messages of all sizes. */
final class Conversation {
  private static final int[] SIZES = {0, 1, 64, 64 << 10, 1 << 20};
  private static final byte[] HELLO =
      "hello, are you there?".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final int HELLO_MILLIS = 50;
  private static final int HELLOS = 200;

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
    }
  }

  private static void request(Peer client, Peer server) {
    for (int size : SIZES) {
      byte[] body = body(size);
      client.send(body);
      assertThat(server.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
      byte[] reply = body(size + 1);
      server.send(reply);
      assertThat(client.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(reply);
    }
  }

  private static void push(Peer pusher, Peer puller) {
    for (int size : SIZES) {
      byte[] body = body(size);
      pusher.send(body);
      assertThat(puller.receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body);
    }
  }

  private static void publish(Peer publisher, Peer subscriber) {
    sayHello(publisher, subscriber);
    for (int size : SIZES) {
      byte[] body = body(size);
      publisher.send(body);
      assertThat(receiveBut(HELLO, subscriber)).isEqualTo(body);
    }
  }

  /** Publishes until the subscriber is connected: what was published before is for nobody. */
  private static void sayHello(Peer publisher, Peer subscriber) {
    for (int i = 0; i < HELLOS; i++) {
      publisher.send(HELLO);
      try {
        assertThat(subscriber.receive(HELLO_MILLIS)).isEqualTo(HELLO);
        return;
      } catch (RuntimeException notYet) {
        assertThat(i).as("hellos that nobody heard: %s", notYet).isLessThan(HELLOS - 1);
      }
    }
  }

  private static byte[] receiveBut(byte[] unwanted, Peer subscriber) {
    byte[] received = subscriber.receive(Peer.TIMEOUT_MILLIS);
    while (Arrays.equals(received, unwanted)) {
      received = subscriber.receive(Peer.TIMEOUT_MILLIS);
    }
    return received;
  }

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    new Random(size).nextBytes(body);
    return body;
  }
}
