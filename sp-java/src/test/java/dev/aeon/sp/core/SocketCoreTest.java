package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Await;
import dev.aeon.sp.protocol.Pub0Machine;
import dev.aeon.sp.wire.Packet;
import org.junit.jupiter.api.Test;

class SocketCoreTest {
  private static final int MANY = 20;

  private static void send(SocketCore core) {
    var _ = core.send(Packet.allocate(1), null, new SpinBudget());
  }

  /** Another thread has the socket's lock when the send begins, and for long. */
  private static void sendHeldUp(SocketCore core) throws InterruptedException {
    Thread sender = Thread.ofPlatform().unstarted(() -> send(core));
    core.lock();
    try {
      sender.start();
      Await.until(() -> sender.getState() == Thread.State.WAITING);
    } finally {
      core.unlock();
    }
    sender.join();
  }

  @Test
  void send_othersHaveTheLock_leavesNoGapInTheBurst() throws InterruptedException {
    try (SocketCore core = new SocketCore(effects -> new Pub0Machine(effects, 1))) {
      for (int count = 0; count < MANY; count++) {
        sendHeldUp(core);
      }
      assertThat(core.locked(() -> core.burst().isOn())).isTrue();
    }
  }
}
