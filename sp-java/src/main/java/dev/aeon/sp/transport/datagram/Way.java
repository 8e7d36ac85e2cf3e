package dev.aeon.sp.transport.datagram;

/** One way to a session's peer: a carrier, the address there and what the path takes. */
final class Way {
  /** Of packets that were sent by the carrier of the endpoint itself. */
  static final int MAIN = 0;

  /** Of packets that were sent by its companion. */
  static final int COMPANION = 1;

  static final int COUNT = 2;

  private final int number;
  private final Carrier carrier;
  private final PacketWriter writer;
  private final PeerAddress peer;
  private final int overheadByteSize;
  private PathSize pathSize;

  private Way(
      int number,
      Carrier carrier,
      PacketWriter writer,
      PeerAddress peer,
      int overheadByteSize,
      PathSize pathSize) {
    this.number = number;
    this.carrier = carrier;
    this.writer = writer;
    this.peer = peer;
    this.overheadByteSize = overheadByteSize;
    this.pathSize = pathSize;
  }

  /** The way by which the session was opened. */
  static Way main(Carrier carrier, PacketWriter writer, PeerAddress peer, int overheadByteSize) {
    PathSize pathSize = new PathSize(carrier.maxPacketByteSize(peer));
    return new Way(MAIN, carrier, writer, peer, overheadByteSize, pathSize);
  }

  /** A way that takes nothing but probes until one has arrived. */
  static Way companion(
      Carrier carrier, PacketWriter writer, PeerAddress peer, int overheadByteSize) {
    return new Way(COMPANION, carrier, writer, peer, overheadByteSize, PathSize.unproven());
  }

  int number() {
    return number;
  }

  PacketWriter writer() {
    return writer;
  }

  PeerAddress peer() {
    return peer;
  }

  PathSize pathSize() {
    return pathSize;
  }

  /** Whether a packet has come through. */
  boolean isProven() {
    return pathSize.byteSize(carrierByteSize()) > 0;
  }

  /** Trusts in nothing any more. */
  void forget() {
    pathSize = PathSize.unproven();
  }

  int carrierByteSize() {
    return carrier.maxPacketByteSize(peer);
  }

  int maxRunByteSize() {
    return carrier.maxRunByteSize();
  }

  /** The largest packet, less what its guard adds. */
  int packetByteSize() {
    return pathSize.byteSize(carrierByteSize()) - overheadByteSize;
  }
}
