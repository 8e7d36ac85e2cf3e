package dev.aeon.sp.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects one body after the other. A length that a peer names costs nothing before its bytes
 * arrive: memory grows by pieces of at most 1 MiB, and bodies larger than one piece are put
 * together when complete.
 */
public final class BodyAssembly {
  private static final long PIECE_BYTE_SIZE = PacketPool.MAX_BYTE_SIZE;

  private final List<MemorySegment> full = new ArrayList<>(0);
  private long byteSize;
  private @Nullable Packet packet;
  private MemorySegment piece = MemorySegment.NULL;
  private long pieceOffset;
  private long pieceEnd;
  private long arrived;

  public BodyAssembly(long byteSize) {
    restart(byteSize);
  }

  /** Begins another body; only after {@link #finish} or {@link #discard}. */
  void restart(long nextByteSize) {
    byteSize = nextByteSize;
    arrived = 0;
    if (byteSize <= PIECE_BYTE_SIZE) {
      Packet whole = Packet.allocate(byteSize);
      packet = whole;
      piece = whole.memory();
      pieceOffset = whole.start();
      pieceEnd = pieceOffset + byteSize;
    } else {
      piece = newPiece(PIECE_BYTE_SIZE);
      pieceOffset = 0;
      pieceEnd = PIECE_BYTE_SIZE;
    }
  }

  private static MemorySegment newPiece(long byteSize) {
    return Arena.ofAuto().allocate(byteSize, 1);
  }

  public boolean isComplete() {
    return arrived == byteSize;
  }

  /** Where the next bytes of the body go, at {@link #targetByteOffset()}. */
  public MemorySegment target() {
    return piece;
  }

  public long targetByteOffset() {
    return pieceOffset;
  }

  /** How many bytes fit in the target now: at least one until complete. */
  public long targetRoom() {
    return pieceEnd - pieceOffset;
  }

  /** Takes what it can from {@code in}. */
  void take(ReceiveBuffer in) {
    while (in.remaining() > 0 && !isComplete()) {
      long count = Math.min(in.remaining(), targetRoom());
      MemorySegment.copy(in.memory(), in.position(), piece, pieceOffset, count);
      in.consumed(count);
      advance(count);
    }
  }

  /** Notes that {@code byteCount} bytes were written to the target. */
  public void advance(long byteCount) {
    arrived += byteCount;
    pieceOffset += byteCount;
    if (pieceOffset == pieceEnd && !isComplete()) {
      full.add(piece);
      pieceEnd = Math.min(PIECE_BYTE_SIZE, byteSize - arrived);
      piece = newPiece(pieceEnd);
      pieceOffset = 0;
    }
  }

  /** The body as a packet; complete assemblies only. */
  public Packet finish() {
    Packet finished = packet != null ? packet : join();
    forget();
    return finished;
  }

  private Packet join() {
    Packet joined = Packet.allocate(byteSize);
    long offset = joined.start();
    for (MemorySegment each : full) {
      MemorySegment.copy(each, 0, joined.memory(), offset, each.byteSize());
      offset += each.byteSize();
    }
    MemorySegment.copy(piece, 0, joined.memory(), offset, pieceEnd);
    return joined;
  }

  public void discard() {
    if (packet != null) {
      packet.release();
    }
    forget();
  }

  /** What lies at rest keeps no memory. */
  private void forget() {
    packet = null;
    piece = MemorySegment.NULL;
    full.clear();
  }
}
