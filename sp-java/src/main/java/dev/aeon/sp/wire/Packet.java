package dev.aeon.sp.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One message in native memory, with room in front so that headers and framing are written beside
 * the body and the whole goes out in one piece.
 *
 * <pre>
 *   0           start        bodyStart                end        capacity
 *   +-----------+------------+------------------------+-----------+
 *   | headroom  | SP header  | body                   | unused    |
 *   +-----------+------------+------------------------+-----------+
 * </pre>
 *
 * Counted references: {@link #retain} adds an owner, {@link #release} takes one away, and the last
 * release gives the memory back to the pool, or to its lender. Every other method is confined to
 * the owner; a packet with several owners is not written to, save for framing, which is the same
 * for each of them. The memory itself is reclaimed by the garbage collector if an owner forgets to
 * release.
 */
public final class Packet {
  /** Room for sixteen header words and the longest framing, rounded up to keep bodies aligned. */
  public static final int HEADROOM = 80;

  /** What {@link #pipeId} is where no pipe is meant. */
  public static final int NO_PIPE = 0;

  static final int NO_SIZE_CLASS = -1;

  public static final long MAX_BODY_BYTE_SIZE = Long.MAX_VALUE / 2;

  private static final int WORD_BYTE_SIZE = Integer.BYTES;
  private static final long ALIGNMENT = 16;
  private static final VarHandle OWNERS;

  static {
    try {
      OWNERS = MethodHandles.lookup().findVarHandle(Packet.class, "owners", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final MemorySegment memory;
  private final @Nullable PacketLender lender;
  private final int sizeClass;
  private long start;
  private long bodyStart;
  private long end;
  private int pipeId;

  /**
   * The last two views that {@link #body} made. A packet at rest is used again for messages of the
   * same size, by one who asks with and without a header: so a message costs no view, whatever the
   * just-in-time compiler makes of it. Views are immutable, so owners may race for these.
   */
  private @Nullable MemorySegment lastView;

  private @Nullable MemorySegment viewBefore;

  @SuppressWarnings("unused") // by OWNERS
  private volatile int owners;

  /** A packet that is not kept at rest. */
  Packet(long capacity) {
    this(capacity, NO_SIZE_CLASS);
  }

  /**
   * @param sizeClass where it rests
   */
  Packet(long capacity, int sizeClass) {
    this.memory = Arena.ofAuto().allocate(capacity, ALIGNMENT);
    this.lender = null;
    this.sizeClass = sizeClass;
  }

  private Packet(MemorySegment memory, PacketLender lender) {
    this.memory = memory;
    this.lender = lender;
    this.sizeClass = NO_SIZE_CLASS;
  }

  /** The pool's name for all packets of this capacity, or {@link #NO_SIZE_CLASS}. */
  int sizeClass() {
    return sizeClass;
  }

  /**
   * A packet over memory that is lent, with no owner before {@link #lend}.
   *
   * @param memory headroom, then room for the body
   * @param lender told after each last release
   */
  public static Packet over(MemorySegment memory, PacketLender lender) {
    return new Packet(memory, lender);
  }

  /** Gives a packet over lent memory its first owner, and the body that is there. */
  public void lend(long bodyByteSize) {
    reset(bodyByteSize);
  }

  /** Whether anybody owns this packet. */
  public boolean isOwned() {
    return (int) OWNERS.getAcquire(this) > 0;
  }

  /** A packet with one owner and an unwritten body of {@code bodyByteSize} bytes. */
  public static Packet allocate(long bodyByteSize) {
    Packet packet = PacketPool.take(HEADROOM + bodyByteSize);
    packet.reset(bodyByteSize);
    return packet;
  }

  /** As {@link #allocate(long)}, with room to grow before and behind the body. */
  public static Packet allocate(long bodyByteSize, long headRoom, long tailRoom) {
    Packet packet = PacketPool.take(HEADROOM + headRoom + bodyByteSize + tailRoom);
    packet.reset(bodyByteSize);
    packet.start += headRoom;
    packet.bodyStart += headRoom;
    packet.end += headRoom;
    return packet;
  }

  /** A packet with one owner and a copy of {@code body}. */
  public static Packet copyOf(MemorySegment body) {
    Packet packet = allocate(body.byteSize());
    MemorySegment.copy(body, 0, packet.memory, HEADROOM, body.byteSize());
    return packet;
  }

  private void reset(long bodyByteSize) {
    start = HEADROOM;
    bodyStart = HEADROOM;
    end = HEADROOM + bodyByteSize;
    pipeId = NO_PIPE;
    OWNERS.setRelease(this, 1);
  }

  /** A packet with one owner and a copy of this one's header and body, all of it as body. */
  public Packet copyAsReceived() {
    Packet packet = allocate(byteSize());
    MemorySegment.copy(memory, start, packet.memory, HEADROOM, byteSize());
    return packet;
  }

  /** Makes the header part of the body, as if the packet had just come off the wire. */
  public void becomeReceived() {
    bodyStart = start;
  }

  public MemorySegment memory() {
    return memory;
  }

  /** Where header and body begin in {@link #memory()}. */
  public long start() {
    return start;
  }

  /** Where the body ends in {@link #memory()}. */
  public long end() {
    return end;
  }

  /** Size of header and body. */
  public long byteSize() {
    return end - start;
  }

  public long bodyByteSize() {
    return end - bodyStart;
  }

  /** A view of the body. */
  public MemorySegment body() {
    MemorySegment last = lastView;
    if (last != null && isBody(last)) {
      return last;
    }
    MemorySegment before = viewBefore;
    if (before != null && isBody(before)) {
      return before;
    }
    MemorySegment view = memory.asSlice(bodyStart, end - bodyStart);
    viewBefore = last;
    lastView = view;
    return view;
  }

  private boolean isBody(MemorySegment view) {
    return view.byteSize() == end - bodyStart && view.address() == memory.address() + bodyStart;
  }

  /** Whether the body begins with {@code prefix}. */
  public boolean bodyStartsWith(byte[] prefix) {
    if (prefix.length > bodyByteSize()) {
      return false;
    }
    for (int index = 0; index < prefix.length; index++) {
      if (memory.get(ValueLayout.JAVA_BYTE, bodyStart + index) != prefix[index]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the body still holds a whole header word. */
  public boolean hasWord() {
    return end - bodyStart >= WORD_BYTE_SIZE;
  }

  /** Moves one word from the body's front to the header's end and returns it. */
  public int moveWordToHeader() {
    if (!hasWord()) {
      throw new IllegalStateException("body holds no header word: byteSize=" + bodyByteSize());
    }
    int word = memory.get(ByteOrders.INT_BE, bodyStart);
    bodyStart += WORD_BYTE_SIZE;
    return word;
  }

  public int headerWordCount() {
    return (int) (bodyStart - start) / WORD_BYTE_SIZE;
  }

  /** The header word at {@code index}. */
  public int headerWord(int index) {
    return memory.get(ByteOrders.INT_BE, start + (long) index * WORD_BYTE_SIZE);
  }

  /** Puts {@code word} in front of the header. */
  public void prependWord(int word) {
    if (start - WORD_BYTE_SIZE < Framing.IPC.prefixByteSize()) {
      throw new IllegalStateException("header exceeds its room: start=" + start);
    }
    start -= WORD_BYTE_SIZE;
    memory.set(ByteOrders.INT_BE, start, word);
  }

  /** Takes {@code byteCount} bytes off the front of the body. */
  public void trimBody(long byteCount) {
    moveHeader(byteCount);
    bodyStart += byteCount;
  }

  /** Takes {@code byteCount} bytes off the end of the body. */
  public void chopBody(long byteCount) {
    end -= byteCount;
  }

  /** How far the body can grow to the front without taking the room of headers. */
  public long headRoom() {
    return Math.max(start - HEADROOM, 0);
  }

  /** How far the body can grow to the back. */
  public long tailRoom() {
    return memory.byteSize() - end;
  }

  /** Grows the body by {@code byteCount} unwritten bytes in front; within {@link #headRoom}. */
  public void growFront(long byteCount) {
    moveHeader(-byteCount);
    bodyStart -= byteCount;
  }

  /** Grows the body by {@code byteCount} unwritten bytes behind; within {@link #tailRoom}. */
  public void growBack(long byteCount) {
    end += byteCount;
  }

  private void moveHeader(long distance) {
    long headerByteSize = bodyStart - start;
    if (headerByteSize > 0) {
      MemorySegment.copy(memory, start, memory, start + distance, headerByteSize);
    }
    start += distance;
  }

  /** A packet with one owner, this one's header and body, and room to grow around the body. */
  public Packet copy(long headRoom, long tailRoom) {
    Packet packet = allocate(bodyByteSize(), headRoom, tailRoom);
    MemorySegment.copy(memory, bodyStart, packet.memory, packet.bodyStart, bodyByteSize());
    for (int index = headerWordCount() - 1; index >= 0; index--) {
      packet.prependWord(headerWord(index));
    }
    packet.pipeId = pipeId;
    return packet;
  }

  /** Takes the header's first word off and returns it. */
  public int dropFirstHeaderWord() {
    if (headerWordCount() == 0) {
      throw new IllegalStateException("packet has no header");
    }
    int word = headerWord(0);
    start += WORD_BYTE_SIZE;
    return word;
  }

  /** The pipe that the packet came by or is to go by, or {@link #NO_PIPE}. Never on the wire. */
  public int pipeId() {
    return pipeId;
  }

  public void setPipeId(int id) {
    pipeId = id;
  }

  /** Forgets the header. */
  public void clearHeader() {
    start = bodyStart;
  }

  /** Whether the packet has more than one owner. */
  public boolean isShared() {
    return (int) OWNERS.getAcquire(this) > 1;
  }

  public Packet retain() {
    OWNERS.getAndAdd(this, 1);
    return this;
  }

  public void release() {
    // Nobody but the one owner there is could add another.
    if ((int) OWNERS.getAcquire(this) == 1) {
      OWNERS.setRelease(this, 0);
      comeToRest();
      return;
    }
    int before = (int) OWNERS.getAndAdd(this, -1);
    if (before == 1) {
      comeToRest();
    } else if (before < 1) {
      throw new IllegalStateException("packet released more often than retained: owners=" + before);
    }
  }

  private void comeToRest() {
    if (lender == null) {
      PacketPool.give(this);
    } else {
      lender.takeBack();
    }
  }
}
