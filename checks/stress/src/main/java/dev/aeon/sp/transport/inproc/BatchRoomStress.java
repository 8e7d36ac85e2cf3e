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
 * One side says that it waits for room for a batch and then looks for it, while the other empties
 * the queue: it is told, or sees room itself.
 */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = ACCEPTABLE,
    desc = "Told, seen, or both.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "It would sleep beside an empty queue.")
@State
public class BatchRoomStress {
  private final PacketQueue queue = new PacketQueue();

  public BatchRoomStress() {
    Batch batch = new Batch();
    while (queue.offering().hasRoomForBatch()) {
      var _ = batch.add(Packet.allocate(1));
      queue.offering().offerBatch(batch.take());
    }
  }

  @Actor
  public void await(ZZ_Result result) {
    queue.offering().setWaits(true);
    result.r1 = queue.offering().hasRoomForBatch();
  }

  @Actor
  public void empty(ZZ_Result result) {
    boolean told = false;
    for (Packet packet = queue.polling().poll(); packet != null; packet = queue.polling().poll()) {
      packet.release();
      told |= queue.polling().takeOfferingWaits();
    }
    result.r2 = told || queue.polling().takeOfferingWaitsAtEnd();
  }
}
