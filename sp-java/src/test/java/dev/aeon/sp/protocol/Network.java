package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Machines joined by links that hold a few messages each way, in a random order of events. Time
 * passes when told to.
 */
final class Network {
  private static final int WIRE_COUNT = 2;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private long nowNanos;

  Network(long seed) {
    this.random = new Random(seed);
  }

  Node add(Function<Effects, ? extends ProtocolMachine> maker) {
    Node node = new Node(maker);
    nodes.add(node);
    return node;
  }

  /** Joins two machines, connected from the start. */
  Link join(Node one, Node other) {
    Link link = new Link(one, other);
    links.add(link);
    link.connect();
    return link;
  }

  /** Bodies of messages that were with links which broke. */
  List<String> lost() {
    return lost;
  }

  long droppedCount() {
    return nodes.stream().mapToLong(node -> node.droppedCount).sum();
  }

  /** Moves one message by one step, anywhere; false if none can move. */
  boolean moveOne() {
    List<Runnable> moves = new ArrayList<>();
    links.forEach(link -> link.addMoves(moves));
    if (!moves.isEmpty()) {
      moves.get(random.nextInt(moves.size())).run();
    }
    return !moves.isEmpty();
  }

  /** Breaks a link, or mends it. */
  void disturb() {
    Link link = links.get(random.nextInt(links.size()));
    if (link.isUp()) {
      link.cut();
    } else {
      link.connect();
    }
  }

  /** Moves all that can move without anyone's help. */
  void moveAll() {
    boolean moved = true;
    while (moved) {
      moved = moveOne();
    }
  }

  void mendAll() {
    links.stream().filter(link -> !link.isUp()).forEach(Link::connect);
  }

  void pass(long nanos) {
    nowNanos += nanos;
    nodes.forEach(Node::expireIfDue);
  }

  long nowNanos() {
    return nowNanos;
  }

  void close() {
    nodes.forEach(node -> node.machine.close());
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A send or a receive, and how it ended. */
  static final class Call extends Operation {
    private boolean done;
    private Failure failure;

    private Call(Packet packet) {
      super(packet);
    }

    boolean isDone() {
      return done;
    }

    /** Null for success. */
    Failure failure() {
      return failure;
    }

    boolean succeeded() {
      return done && failure == null;
    }

    /** The body received. */
    String text() {
      Packet packet = takePacket();
      String text = Network.text(packet.body().toArray(ValueLayout.JAVA_BYTE));
      packet.release();
      return text;
    }
  }

  /** One machine. */
  final class Node implements Effects {
    private final ProtocolMachine machine;
    private final ArrayDeque<Link> closing = new ArrayDeque<>();
    private int lastPipeId;
    private long droppedCount;
    private long wakeNanos = Long.MAX_VALUE;

    private Node(Function<Effects, ? extends ProtocolMachine> maker) {
      this.machine = maker.apply(this);
    }

    <M> M machine(Class<M> type) {
      return type.cast(machine);
    }

    /** A conversation of its own, or the machine's. */
    MachineContext context(boolean own) {
      return own ? machine(ContextMachine.class).openContext() : null;
    }

    Call send(MachineContext context, String text) {
      return send(
          context, Packet.copyOf(MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8))));
    }

    Call send(MachineContext context, Packet packet) {
      Call call = new Call(packet);
      if (context == null) {
        machine.send(call, nowNanos);
      } else {
        context.send(call, nowNanos);
      }
      settle();
      return call;
    }

    Call receive(MachineContext context) {
      Call call = new Call(null);
      if (context == null) {
        machine.receive(call, nowNanos);
      } else {
        context.receive(call, nowNanos);
      }
      settle();
      return call;
    }

    private void expireIfDue() {
      if (wakeNanos - nowNanos <= 0) {
        wakeNanos = Long.MAX_VALUE;
        machine.expire(nowNanos);
      }
    }

    private void settle() {
      while (!closing.isEmpty()) {
        closing.remove().cut();
      }
    }

    @Override
    public void transmit(PipeHandle pipe, Packet packet) {
      ((End) pipe).outgoing =
          packet.memory().asSlice(packet.start(), packet.byteSize()).toArray(ValueLayout.JAVA_BYTE);
      packet.release();
    }

    @Override
    public void receiveNext(PipeHandle pipe) {
      ((End) pipe).reading = true;
    }

    @Override
    public void closePipe(PipeHandle pipe, PipeFault fault) {
      closing.add(((End) pipe).link);
    }

    @Override
    public void complete(Operation operation) {
      ((Call) operation).done = true;
    }

    @Override
    public void fail(Operation operation, Failure failure) {
      ((Call) operation).done = true;
      ((Call) operation).failure = failure;
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
      droppedCount++;
    }
  }

  /** One end of a connection; a link that was mended has new ones. */
  private static final class End implements PipeHandle {
    private final Node node;
    private final Link link;
    private final int id;
    private final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
    private byte[] outgoing;
    private boolean reading;

    End(Node node, Link link) {
      this.node = node;
      this.link = link;
      this.id = ++node.lastPipeId;
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public boolean isExtended() {
      return link.extended;
    }
  }

  /** A connection that can break and be made again. */
  final class Link {
    private final Node one;
    private final Node other;
    private final boolean extended = random.nextBoolean();
    private End oneEnd;
    private End otherEnd;

    private Link(Node one, Node other) {
      this.one = one;
      this.other = other;
    }

    boolean isUp() {
      return oneEnd != null;
    }

    private void connect() {
      oneEnd = new End(one, this);
      otherEnd = new End(other, this);
      one.machine.attach(oneEnd, nowNanos);
      if (isUp()) {
        other.machine.attach(otherEnd, nowNanos);
      }
      one.settle();
      other.settle();
    }

    /** Breaks the connection; what is on its way is lost. */
    void cut() {
      if (isUp()) {
        End gone = oneEnd;
        End otherGone = otherEnd;
        oneEnd = null;
        otherEnd = null;
        noteLost(gone);
        noteLost(otherGone);
        one.machine.detach(gone, nowNanos);
        other.machine.detach(otherGone, nowNanos);
      }
    }

    private void noteLost(End end) {
      end.arriving.forEach(bytes -> lost.add(text(bytes)));
      if (end.outgoing != null) {
        lost.add(text(end.outgoing));
      }
    }

    private void addMoves(List<Runnable> moves) {
      if (isUp()) {
        addMoves(moves, oneEnd, otherEnd);
        addMoves(moves, otherEnd, oneEnd);
      }
    }

    private void addMoves(List<Runnable> moves, End from, End to) {
      if (from.outgoing != null && to.arriving.size() < WIRE_COUNT) {
        moves.add(() -> flush(from, to));
      }
      if (to.reading && !to.arriving.isEmpty()) {
        moves.add(() -> deliver(to));
      }
    }

    private void flush(End from, End to) {
      to.arriving.add(from.outgoing);
      from.outgoing = null;
      from.node.machine.transmitted(from, nowNanos);
      from.node.settle();
    }

    private void deliver(End to) {
      to.reading = false;
      Packet packet = Packet.copyOf(MemorySegment.ofArray(to.arriving.remove()));
      packet.setPipeId(to.id);
      to.node.machine.received(to, packet, nowNanos);
      to.node.settle();
    }
  }

  /** Moves messages between two raw machines, as a device does. */
  static final class Forwarder {
    private final Node from;
    private final Node to;
    private Call receiving;
    private Call sending;

    Forwarder(Node from, Node to) {
      this.from = from;
      this.to = to;
    }

    void run() {
      if (receiving == null) {
        receiving = from.receive(null);
      } else if (receiving.succeeded() && (sending == null || sending.isDone())) {
        sending = to.send(null, receiving.takePacket());
        receiving = null;
      }
    }
  }
}
