package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body that comes in fragments, however small. Memory grows with what has arrived, by
 * pieces of at most 1 MiB that fragments share; a body of one whole piece is not copied again.
 */
final class FragmentAssembly {
  private static final long MIN_PIECE_BYTE_SIZE = 64 << 10;
  private static final long MAX_PIECE_BYTE_SIZE = 1 << 20;

  private final List<Packet> full = new ArrayList<>(0);
  private @Nullable Packet piece;
  private long pieceCount;
  private long arrived;
  private long fragmentLeft;
  private boolean isLast;

  /** Bytes of all fragments so far, and of those that have begun. */
  long announcedByteSize() {
    return arrived + fragmentLeft;
  }

  /** Begins the next fragment. */
  void begin(long byteSize, boolean last) {
    fragmentLeft = byteSize;
    isLast = last;
  }

  boolean isFragmentComplete() {
    return fragmentLeft == 0;
  }

  boolean isComplete() {
    return isLast && fragmentLeft == 0;
  }

  /** How many bytes fit in the target now: at least one until the fragment is complete. */
  long targetRoom() {
    if (fragmentLeft == 0) {
      return 0;
    }
    if (piece == null) {
      piece = Packet.allocate(nextPieceByteSize());
      pieceCount = 0;
    }
    return Math.min(fragmentLeft, piece.byteSize() - pieceCount);
  }

  private long nextPieceByteSize() {
    long usual = Math.clamp(arrived, MIN_PIECE_BYTE_SIZE, MAX_PIECE_BYTE_SIZE);
    return isLast ? Math.min(fragmentLeft, MAX_PIECE_BYTE_SIZE) : usual;
  }

  MemorySegment target() {
    return requirePiece().memory();
  }

  long targetByteOffset() {
    return requirePiece().start() + pieceCount;
  }

  private Packet requirePiece() {
    if (piece == null) {
      throw new IllegalStateException("fragment has no room: arrived=" + arrived);
    }
    return piece;
  }

  /** Notes that {@code byteCount} bytes were written to the target. */
  void advance(long byteCount) {
    Packet current = requirePiece();
    arrived += byteCount;
    pieceCount += byteCount;
    fragmentLeft -= byteCount;
    if (pieceCount == current.byteSize()) {
      full.add(current);
      piece = null;
    }
  }

  /** The body as a packet; complete assemblies only. */
  Packet finish() {
    if (piece == null && full.size() == 1) {
      return full.removeFirst();
    }
    Packet joined = Packet.allocate(arrived);
    long offset = joined.start();
    for (Packet each : full) {
      MemorySegment.copy(each.memory(), each.start(), joined.memory(), offset, each.byteSize());
      offset += each.byteSize();
    }
    if (piece != null) {
      MemorySegment.copy(piece.memory(), piece.start(), joined.memory(), offset, pieceCount);
    }
    discard();
    return joined;
  }

  void discard() {
    full.forEach(Packet::release);
    full.clear();
    if (piece != null) {
      piece.release();
      piece = null;
    }
  }
}
