package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An open datagram socket. Packets may be lost, duplicated, reordered and corrupted. Confined to
 * its strand; nothing blocks.
 */
public interface Carrier extends AutoCloseable {
  /**
   * How many bytes one packet to {@code peer} may carry: the path's MTU as known now, less what the
   * carrier and IP put before.
   */
  int maxPacketByteSize(PeerAddress peer);

  /**
   * How many bytes of packets of one size, to one peer, leave at the price of little more than one:
   * 0 where each packet has its own.
   */
  int maxRunByteSize();

  /**
   * Makes room for one packet of at most {@code byteSize} in {@link #memory()}, where it is put
   * together. Room that is not queued is given again.
   *
   * @return where it begins
   */
  long reserve(int byteSize);

  /** Of the room reserved last. */
  MemorySegment memory();

  /**
   * Adds the packet in the room reserved last to the batch; one that there was no space for is
   * lost.
   */
  void queue(PeerAddress peer, int byteSize);

  /**
   * Leaves the packet queued last as it is until it is given back, so that the network may read it
   * where it lies; null where the kernel copies it. Comes before the next room is reserved.
   */
  default @Nullable PacketLoan keep() {
    return null;
  }

  /** Sends the batch, in as few system calls as can be. */
  void flush();

  /**
   * Opens another carrier that sends runs of packets at less cost, to the same hosts and from the
   * same address; null where there is none. The caller closes it.
   */
  default @Nullable Companion openCompanion() {
    return null;
  }

  /**
   * A carrier beside another.
   *
   * @param port where it is reached, 1 to 65535
   */
  record Companion(Carrier carrier, int port) {}

  /** Names who is given what arrives; called once, before the first packet. */
  void onPackets(PacketHandler handler);

  /** Drops what is queued and not flushed. Idempotent; the handler is not called any more. */
  @Override
  void close();
}
