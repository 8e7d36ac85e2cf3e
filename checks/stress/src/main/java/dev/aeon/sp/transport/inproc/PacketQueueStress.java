package dev.aeon.sp.transport.inproc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A packet that is copied and one that is passed on, offered by one side while the other polls
 * twice: in order, and written before seen.
 */
@JCStressTest
@Outcome(
    id = {"0, 0", "0, 1", "1, 0", "1, 2"},
    expect = ACCEPTABLE,
    desc = "None, the first late, the first alone, or both in order.")
@Outcome(expect = FORBIDDEN, desc = "Out of order, twice, or before it was written.")
@State
public class PacketQueueStress {
  private final PacketQueue queue = new PacketQueue();

  @Actor
  public void offer() {
    queue.offering().offer(packet((byte) 1, 1));
    queue.offering().offer(packet((byte) 2, 1_000));
  }

  @Actor
  public void poll(II_Result seen) {
    seen.r1 = read(queue.polling().poll());
    seen.r2 = read(queue.polling().poll());
  }

  private static Packet packet(byte value, int byteSize) {
    Packet packet = Packet.allocate(byteSize);
    packet.memory().set(ValueLayout.JAVA_BYTE, packet.start(), value);
    return packet;
  }

  private static int read(@Nullable Packet packet) {
    if (packet == null) {
      return 0;
    }
    int value = packet.memory().get(ValueLayout.JAVA_BYTE, packet.start());
    packet.release();
    return value;
  }
}
