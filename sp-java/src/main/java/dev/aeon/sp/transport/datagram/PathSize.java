package dev.aeon.sp.transport.datagram;

/**
 * How large a packet the path takes: surely what IPv6 guarantees, and more where a probe of that
 * size has come through (after RFC 8899). Confined to its session.
 */
final class PathSize {
  /** An IPv6 packet of 1,280 bytes less the headers of IP and UDP. */
  static final int FLOOR_BYTE_SIZE = 1_232;

  /** What the usual links take, less headers: jumbo frames, Ethernet, and tunnels over it. */
  private static final int[] USUAL_BYTE_SIZES = {8_932, 1_452, 1_372};

  private static final int ATTEMPTS = 3;
  private static final int NONE = 0;

  private int provenByteSize = NONE;
  private int triedByteSize;
  private int attempts;
  private int refusedByteSize = Integer.MAX_VALUE;

  private PathSize() {}

  PathSize(int carrierByteSize) {
    provenByteSize = Math.min(FLOOR_BYTE_SIZE, carrierByteSize);
  }

  /** Of a path that takes nothing, as far as is known. */
  static PathSize unproven() {
    return new PathSize();
  }

  /** The largest packet to send. */
  int byteSize(int carrierByteSize) {
    return Math.min(provenByteSize, carrierByteSize);
  }

  /** The size to try next, or 0 where there is nothing to find out. */
  int nextProbe(int carrierByteSize) {
    if (provenByteSize == NONE) {
      int least = Math.min(FLOOR_BYTE_SIZE, carrierByteSize);
      return isWorthATry(least) ? begin(least) : NONE;
    }
    if (isWorthATry(carrierByteSize)) {
      return begin(carrierByteSize);
    }
    for (int usual : USUAL_BYTE_SIZES) {
      if (usual < carrierByteSize && isWorthATry(usual)) {
        return begin(usual);
      }
    }
    return NONE;
  }

  private boolean isWorthATry(int byteSize) {
    return byteSize > provenByteSize && byteSize < refusedByteSize;
  }

  private int begin(int byteSize) {
    attempts = byteSize == triedByteSize ? attempts : 0;
    triedByteSize = byteSize;
    return byteSize;
  }

  void probeArrived() {
    provenByteSize = Math.max(provenByteSize, triedByteSize);
  }

  /** Whether probes were lost so often that no more go. */
  boolean isHopeless() {
    return provenByteSize == NONE && refusedByteSize != Integer.MAX_VALUE;
  }

  void probeLost() {
    if (++attempts >= ATTEMPTS) {
      refusedByteSize = Math.min(refusedByteSize, triedByteSize);
    }
  }

  /** Nothing comes through any more: perhaps the path has become narrower. */
  void distrust() {
    if (provenByteSize > FLOOR_BYTE_SIZE) {
      refusedByteSize = provenByteSize;
      provenByteSize = FLOOR_BYTE_SIZE;
    }
  }
}
