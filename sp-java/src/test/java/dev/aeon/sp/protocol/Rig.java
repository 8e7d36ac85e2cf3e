package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A machine, and what surrounds it: pipes, operations and a clock that keep to the contract of
 * {@link ProtocolMachine}, and see to it that the machine keeps to that of {@link Effects}. Notes
 * what the machine asks for, and who owns which packet.
 */
final class Rig implements Effects {
  /** A pipe, as the rig knows it. */
  static final class Pipe implements PipeHandle {
    private final int id;
    private boolean attached;
    private boolean extended;
    private boolean reading;
    private boolean busy;
    private boolean ended;
    private boolean closing;
    private byte[] lastSent = new byte[0];

    Pipe(int id) {
      this.id = id;
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public boolean isExtended() {
      return extended;
    }

    boolean isAttached() {
      return attached;
    }

    boolean isBusy() {
      return attached && busy;
    }

    boolean mayReceive() {
      return attached && reading && !ended;
    }

    boolean mayEnd() {
      return attached && !ended;
    }

    /** Header and body of what was last given to it. */
    byte[] lastSent() {
      return lastSent;
    }
  }

  private static final class NamedOperation extends Operation {
    private String name;
    private final boolean sends;

    NamedOperation(String name, Packet packet) {
      super(packet);
      this.name = name;
      this.sends = packet != null;
    }
  }

  private final ProtocolMachine machine;
  private final boolean flushesAtOnce;
  private final Map<Integer, Pipe> pipes = new LinkedHashMap<>();
  private final Map<String, NamedOperation> pending = new LinkedHashMap<>();
  private final Map<String, MachineContext> homes = new HashMap<>();
  private final List<Packet> packets = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private MachineContext context;
  private boolean extendsPipes;
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;
  private long arrivedCount;
  private long deliveredCount;

  /**
   * @param flushesAtOnce whether pipes take each message at once, in place of when told
   */
  Rig(Function<Effects, ? extends ProtocolMachine> maker, boolean flushesAtOnce) {
    this.machine = maker.apply(this);
    this.flushesAtOnce = flushesAtOnce;
  }

  <M> M machine(Class<M> type) {
    return type.cast(machine);
  }

  Pipe pipe(int id) {
    return pipes.computeIfAbsent(id, Pipe::new);
  }

  /** Pipes that connect from now on know what goes beyond SP. */
  void extendPipes() {
    extendsPipes = true;
  }

  boolean isPending(String operation) {
    return pending.containsKey(operation);
  }

  List<String> pendingNames() {
    return List.copyOf(pending.keySet());
  }

  /** Messages that arrived so far and were neither dropped nor refused. */
  long arrivedCount() {
    return arrivedCount;
  }

  /** Messages that receives got so far. */
  long deliveredCount() {
    return deliveredCount;
  }

  /** What the machine asked for since the last call. */
  List<String> said() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken;
  }

  /** A packet that is watched for leaks. */
  Packet packet(byte... bytes) {
    Packet packet = Packet.copyOf(MemorySegment.ofArray(bytes));
    packets.add(packet.retain());
    return packet;
  }

  // Events

  /** A new pipe, though it may have the number of one that has gone. */
  void connect(int id) {
    Pipe pipe = new Pipe(id);
    pipe.attached = true;
    pipe.extended = extendsPipes;
    pipe.lastSent = pipe(id).lastSent;
    pipes.put(id, pipe);
    machine.attach(pipe, nowNanos);
    settle();
  }

  void disconnect(int id) {
    pipe(id).attached = false;
    machine.detach(pipe(id), nowNanos);
    settle();
  }

  void arrive(int id, byte... bytes) {
    pipe(id).reading = false;
    Packet packet = packet(bytes);
    packet.setPipeId(id);
    int saidBefore = said.size();
    machine.received(pipe(id), packet, nowNanos);
    if (said.stream().skip(saidBefore).noneMatch(Rig::isRefusal)) {
      arrivedCount++;
    }
    settle();
  }

  private static boolean isRefusal(String effect) {
    return effect.startsWith("drop") || effect.startsWith("close");
  }

  void flush(int id) {
    pipe(id).busy = false;
    machine.transmitted(pipe(id), nowNanos);
    settle();
  }

  void end(int id) {
    pipe(id).ended = true;
    machine.inputEnded(pipe(id));
    settle();
  }

  void send(String name, Packet packet) {
    boolean ready = machine.canSend() && packet.pipeId() == Packet.NO_PIPE;
    machine.send(begin(name, packet), nowNanos);
    check(!ready || !isPending(name), "said that a send would not wait");
    settle();
  }

  void send(MachineContext context, String name, Packet packet) {
    homes.put(name, context);
    context.send(begin(name, packet), nowNanos);
    settle();
  }

  void receive(String name) {
    boolean ready = machine.canReceive();
    long countBefore = deliveredCount;
    machine.receive(begin(name, null), nowNanos);
    check(!ready || !isPending(name), "said that a receive would not wait");
    check(ready || deliveredCount == countBefore, "did not say that there is a message");
    settle();
  }

  void receive(MachineContext context, String name) {
    homes.put(name, context);
    context.receive(begin(name, null), nowNanos);
    settle();
  }

  /** One of the same name that is pending is called old from now on. */
  private NamedOperation begin(String name, Packet packet) {
    NamedOperation before = pending.remove(name);
    if (before != null) {
      before.name = "old " + name;
      check(pending.put(before.name, before) == null, "operation replaced twice: " + name);
    }
    NamedOperation operation = new NamedOperation(name, packet);
    pending.put(name, operation);
    return operation;
  }

  /** Gives an operation up; the machine has to know it. */
  void withdraw(String name) {
    NamedOperation operation = pending.get(name);
    MachineContext home = homes.get(name);
    boolean known = home == null ? machine.withdraw(operation) : home.withdraw(operation);
    check(known, "machine does not know what it holds: " + name);
    finish(operation);
    settle();
  }

  void pass(long nanos) {
    nowNanos += nanos;
    if (wakeNanos - nowNanos <= 0) {
      wakeNanos = Long.MAX_VALUE;
      machine.expire(nowNanos);
    }
    settle();
  }

  /** A conversation beside the machine's own, opened when first asked for. */
  MachineContext context() {
    if (context == null) {
      context = machine(ContextMachine.class).openContext();
    }
    return context;
  }

  boolean hasContext() {
    return context != null;
  }

  void closeContext() {
    close(context);
    context = null;
  }

  /** Closes a conversation; who waited in it has to be told. */
  void close(MachineContext closed) {
    List<String> waiting =
        pending.keySet().stream().filter(name -> closed.equals(homes.get(name))).toList();
    closed.close();
    check(waiting.stream().noneMatch(pending::containsKey), "context closed, but not for all");
    settle();
  }

  /** Does what the core does once a machine has returned. */
  private void settle() {
    for (Pipe pipe : List.copyOf(pipes.values())) {
      if (pipe.attached && pipe.closing) {
        disconnect(pipe.id);
      } else if (pipe.isBusy() && flushesAtOnce) {
        flush(pipe.id);
      }
    }
  }

  /** Closes the machine and sees that nothing is left of it: no operation, no packet. */
  void close() {
    said.clear();
    List<String> waiting = pendingNames();
    machine.close();
    check(pending.isEmpty(), "closed, and still waiting: " + pending.keySet());
    said.removeIf(each -> each.startsWith("close"));
    List<String> expected = waiting.stream().map(name -> name + " closed").sorted().toList();
    check(said.stream().sorted().toList().equals(expected), "closed, and said " + said);
    packets.forEach(packet -> check(!packet.isShared(), "closed, and holds a packet"));
    packets.forEach(Packet::release);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  // Effects

  @Override
  public void transmit(PipeHandle handle, Packet packet) {
    Pipe pipe = (Pipe) handle;
    byte[] bytes = bytes(packet, packet.start(), packet.byteSize());
    packet.release();
    if (pipe.attached) {
      check(!pipe.busy, "transmits on a busy pipe");
      pipe.busy = true;
      pipe.lastSent = bytes;
      said.add("transmit" + numbered(pipe));
    }
  }

  @Override
  public void receiveNext(PipeHandle handle) {
    Pipe pipe = (Pipe) handle;
    if (pipe.attached) {
      check(!pipe.reading, "asks for two messages at once");
      pipe.reading = true;
      said.add("read" + numbered(pipe));
    }
  }

  @Override
  public void closePipe(PipeHandle handle, PipeFault fault) {
    Pipe pipe = (Pipe) handle;
    if (pipe.attached) {
      pipe.closing = true;
      said.add("close" + numbered(pipe) + " " + words(fault));
    }
  }

  @Override
  public void complete(Operation operation) {
    NamedOperation named = (NamedOperation) operation;
    check(named.sends != named.hasPacket(), "send with, or receive without, a packet");
    said.add(named.name + " done");
    if (!named.sends) {
      deliveredCount++;
    }
    finish(named);
  }

  @Override
  public void fail(Operation operation, Failure failure) {
    NamedOperation named = (NamedOperation) operation;
    check(named.sends == named.hasPacket(), "failed send without its packet");
    said.add(named.name + " " + words(failure));
    finish(named);
  }

  private void finish(NamedOperation operation) {
    check(pending.remove(operation.name) == operation, "completed twice: " + operation.name);
    homes.remove(operation.name);
    if (operation.hasPacket()) {
      operation.takePacket().release();
    }
  }

  @Override
  public void wakeAt(long deadlineNanos) {
    wakeNanos = Math.min(wakeNanos, deadlineNanos);
  }

  @Override
  public void dropped() {
    said.add("drop");
  }

  private static String numbered(Pipe pipe) {
    return pipe.id == 1 ? "" : " " + pipe.id;
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static byte[] bytes(Packet packet, long byteOffset, long byteSize) {
    return packet.memory().asSlice(byteOffset, byteSize).toArray(ValueLayout.JAVA_BYTE);
  }
}
