package dev.aeon.sp.protocol;

import dev.aeon.sp.protocol.Script.TestPipe;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Messages of any bytes to every machine that reads a header out of them; the first chooses it. */
public final class HeaderFuzz {
  private static final int MAX_HOP_COUNT = 8;
  private static final List<Function<Effects, ProtocolMachine>> MACHINES =
      List.of(
          effects -> new Rep0Machine(effects, MAX_HOP_COUNT),
          effects -> new Respondent0Machine(effects, MAX_HOP_COUNT),
          effects -> new Req0Machine(effects, 1, 1_000),
          effects -> new Surveyor0Machine(effects, 1, 1_000, 8, 128),
          effects -> new Pair1Machine(effects, MAX_HOP_COUNT, false),
          effects -> new Pair1Machine(effects, MAX_HOP_COUNT, true),
          effects -> new Pub0Machine(effects, 16),
          effects -> new RawAnswerMachine(effects, ProtocolNumber.REP0, MAX_HOP_COUNT, 16),
          effects -> new RawAskMachine(effects, ProtocolNumber.REQ0, 16));

  private HeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ProtocolMachine machine = MACHINES.get((input[0] & 0xff) % MACHINES.size()).apply(new Quiet());
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    TestPipe pipe = new TestPipe(1);
    machine.attach(pipe, 0);
    if (machine.number() != ProtocolNumber.PUB0) {
      machine.receive(Script.receiving("r"), 0);
    }
    machine.received(pipe, Packet.copyOf(MemorySegment.ofArray(body)), 0);
    machine.detach(pipe, 0);
    machine.close();
  }

  /** Does nothing of what a machine asks for. */
  private static final class Quiet implements Effects {
    @Override
    public void transmit(PipeHandle pipe, Packet packet) {
      packet.release();
    }

    @Override
    public void receiveNext(PipeHandle pipe) {}

    @Override
    public void closePipe(PipeHandle pipe, PipeFault fault) {}

    @Override
    public void complete(Operation operation) {}

    @Override
    public void fail(Operation operation, Failure failure) {}

    @Override
    public void wakeAt(long deadlineNanos) {}

    @Override
    public void dropped() {}
  }
}
