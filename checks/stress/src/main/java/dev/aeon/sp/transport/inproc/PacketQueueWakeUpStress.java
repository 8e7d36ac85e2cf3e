package dev.aeon.sp.transport.inproc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.aeon.sp.wire.Packet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * One side offers and then looks whether the other waits, while that one says so and then looks for
 * a packet: one of the two sees the other.
 */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = ACCEPTABLE,
    desc = "Told, seen, or both.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "It would sleep beside a packet.")
@State
public class PacketQueueWakeUpStress {
  private final PacketQueue queue = new PacketQueue();

  @Actor
  public void offer(ZZ_Result result) {
    queue.offering().offer(Packet.allocate(1));
    result.r1 = queue.offering().takePollingWaits();
  }

  @Actor
  public void await(ZZ_Result result) {
    queue.polling().setWaits(true);
    result.r2 = queue.polling().poll() != null;
  }
}
