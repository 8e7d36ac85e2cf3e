package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShmTransportTest extends TransportContract {
  private final Transport transport = IpcTransport.shm();
  private final AtomicInteger numbers = new AtomicInteger();
  @TempDir private Path folder;

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return folder.resolve("s" + numbers.incrementAndGet()).toString();
  }

  /** More wake-ups than a socket holds, while who would take them out has no time to. */
  @Test
  void receiverThatReadsBeforeItIsWoken_isStillWokenWhenItSleeps() {
    connect();
    TestHost receiver = listeningHost();
    TestHost sender = dialingHost();
    receiver.run(() -> {
      receiver.receiveNext();
      for (int number = 0; number < 1_000; number++) {
        passOne(sender, receiver, "m" + number);
        receiver.receiveNext();
      }
      passOne(sender, receiver, "last but one");
      sender.transmit("waits");
    });
    awaitWorker();
    receiver.run(() -> {
      receiver.receiveNext();
      receiver.receiveNext();
    });
    assertThat(receiver.next()).isEqualTo("received waits");
    sender.transmit("last");
    assertThat(receiver.next()).isEqualTo("received last");
  }

  private static void passOne(TestHost sender, TestHost receiver, String body) {
    sender.transmit(body);
    receiver.receiveNext();
    assertThat(receiver.next()).isEqualTo("received " + body);
    assertThat(sender.next()).isEqualTo("transmitted");
  }
}
