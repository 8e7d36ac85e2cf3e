package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Records what a machine asks for, as text; packets are copied and released. */
final class Script implements Effects {
  record TestPipe(int id) implements PipeHandle {
    @Override
    public String toString() {
      return "p" + id;
    }
  }

  static final class TestOperation extends Operation {
    private final String name;

    TestOperation(String name, Packet packet) {
      super(packet);
      this.name = name;
    }
  }

  static final TestPipe P1 = new TestPipe(1);
  static final TestPipe P2 = new TestPipe(2);

  private final List<String> said = new ArrayList<>();
  private final Map<PipeHandle, byte[]> wire = new HashMap<>();
  private final Queue<Packet> there = new ArrayDeque<>();
  private final Queue<Packet> awaited = new ArrayDeque<>();
  private boolean takesAtOnce;

  /** What was asked for since the last call, without the receives. */
  List<String> said() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken.stream().filter(each -> !each.startsWith("next")).toList();
  }

  List<String> saidAll() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken;
  }

  /** All bytes, headers too, of the packet last sent on a pipe. */
  byte[] lastOn(PipeHandle pipe) {
    return wire.get(pipe);
  }

  static TestOperation sending(String name) {
    return new TestOperation(name, packet(name));
  }

  static TestOperation receiving(String name) {
    return new TestOperation(name, null);
  }

  static Packet packet(String body) {
    return packet(body.getBytes(StandardCharsets.UTF_8));
  }

  static Packet packet(byte[] bytes) {
    return Packet.copyOf(MemorySegment.ofArray(bytes));
  }

  static String body(Packet packet) {
    return new String(packet.body().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public void transmit(PipeHandle pipe, Packet packet) {
    said.add("transmit " + pipe + " " + body(packet));
    wire.put(
        pipe,
        packet.memory().asSlice(packet.start(), packet.byteSize()).toArray(ValueLayout.JAVA_BYTE));
    packet.release();
  }

  /** From now on pipes take each message at once. */
  void takeAtOnce() {
    takesAtOnce = true;
  }

  /** Has a message come that is read as soon as a pipe is asked at all. */
  void arrived(String body) {
    there.add(packet(body));
  }

  /** Has a message come that a pipe was asked for, and that nobody was told of. */
  void awaited(byte[] bytes) {
    awaited.add(packet(bytes));
  }

  @Override
  public boolean transmitAtOnce(PipeHandle pipe, Packet packet) {
    if (takesAtOnce) {
      said.add("at once " + pipe + " " + body(packet));
      packet.release();
    }
    return takesAtOnce;
  }

  @Override
  public @Nullable Packet readAtOnce(PipeHandle pipe) {
    return there.poll();
  }

  @Override
  public @Nullable Packet takeAwaited(PipeHandle pipe) {
    Packet packet = awaited.poll();
    if (packet != null) {
      said.add("taken " + pipe);
    }
    return packet;
  }

  @Override
  public void receiveNext(PipeHandle pipe) {
    said.add("next " + pipe);
  }

  @Override
  public void closePipe(PipeHandle pipe, PipeFault fault) {
    said.add("close " + pipe + " " + fault);
  }

  @Override
  public void complete(Operation operation) {
    String name = ((TestOperation) operation).name;
    said.add(operation.hasPacket() ? name + "=" + body(operation.packet()) : name + " done");
  }

  @Override
  public void fail(Operation operation, Failure failure) {
    said.add(((TestOperation) operation).name + " " + failure);
  }

  @Override
  public void wakeAt(long deadlineNanos) {
    said.add("wake " + deadlineNanos);
  }

  @Override
  public void dropped() {
    said.add("dropped");
  }
}
