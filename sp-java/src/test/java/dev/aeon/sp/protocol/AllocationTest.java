package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** In steady state, a message through a machine costs no allocation. */
class AllocationTest {
  private static final int WARM_UP_COUNT = 30_000;
  private static final int ROUND_COUNT = 20_000;
  private static final MemorySegment BODY = MemorySegment.ofArray(new byte[100]);
  private static final Script.TestPipe PIPE = new Script.TestPipe(1);

  /** An operation that is used again and again. */
  private static final class Reused extends Operation {
    Reused() {
      super(null);
    }
  }

  /** Hands what one machine transmits to another. */
  private static final class Wire implements Effects {
    private ProtocolMachine far;
    private Packet carried;

    @Override
    public void transmit(PipeHandle pipe, Packet packet) {
      carried = packet.copyAsReceived();
      packet.release();
    }

    @Override
    public void receiveNext(PipeHandle pipe) {}

    @Override
    public void closePipe(PipeHandle pipe, PipeFault fault) {
      throw new AssertionError(fault);
    }

    @Override
    public void complete(Operation operation) {}

    @Override
    public void fail(Operation operation, Failure failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void wakeAt(long deadlineNanos) {}

    @Override
    public void dropped() {
      throw new AssertionError("dropped");
    }

    void carry(ProtocolMachine near) {
      Packet packet = carried;
      carried = null;
      near.transmitted(PIPE, 0);
      far.received(PIPE, packet, 0);
    }
  }

  private final Wire there = new Wire();
  private final Wire back = new Wire();
  private final Operation sending = new Reused();
  private final Operation receiving = new Reused();

  private void join(ProtocolMachine near, ProtocolMachine far) {
    there.far = far;
    back.far = near;
    near.attach(PIPE, 0);
    far.attach(PIPE, 0);
  }

  /** One message from the one machine to the other. */
  private void pass(ProtocolMachine from, Wire wire, ProtocolMachine to) {
    sending.putPacket(Packet.copyOf(BODY));
    from.send(sending, 0);
    to.receive(receiving, 0);
    wire.carry(from);
    receiving.takePacket().release();
  }

  private static void assertAllocatesNothing(Runnable round) {
    for (int count = 0; count < WARM_UP_COUNT; count++) {
      round.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int count = 0; count < ROUND_COUNT; count++) {
      round.run();
    }
    // Less than a byte a round: asking for the figure may cost something itself.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ROUND_COUNT);
  }

  private void assertOneWayAllocatesNothing(ProtocolMachine from, ProtocolMachine to) {
    join(from, to);
    assertAllocatesNothing(() -> pass(from, there, to));
  }

  private void assertRoundTripAllocatesNothing(ProtocolMachine asking, ProtocolMachine answering) {
    join(asking, answering);
    assertAllocatesNothing(() -> {
      pass(asking, there, answering);
      pass(answering, back, asking);
    });
  }

  @Test
  void pipeline_message_allocatesNothing() {
    assertOneWayAllocatesNothing(new Push0Machine(there), new Pull0Machine(back));
  }

  @Test
  void pair_message_allocatesNothing() {
    assertOneWayAllocatesNothing(new Pair1Machine(there, 8, false), new Pair1PolyMachine(back, 8));
  }

  @Test
  void pubSub_message_allocatesNothing() {
    Sub0Machine sub = new Sub0Machine(back, 8);
    sub.own().subscribe(new byte[0]);
    assertOneWayAllocatesNothing(new Pub0Machine(there, 8), sub);
  }

  @Test
  void bus_message_allocatesNothing() {
    assertOneWayAllocatesNothing(
        new Bus0Machine(there, false, 8, 8), new Bus0Machine(back, false, 8, 8));
  }

  @Test
  void request_andReply_allocateNothing() {
    assertRoundTripAllocatesNothing(new Req0Machine(there, 7, 60), new Rep0Machine(back, 8));
  }

  @Test
  void survey_andResponse_allocateNothing() {
    assertRoundTripAllocatesNothing(
        new Surveyor0Machine(there, 7, 60, 8, 8), new Respondent0Machine(back, 8));
  }
}
