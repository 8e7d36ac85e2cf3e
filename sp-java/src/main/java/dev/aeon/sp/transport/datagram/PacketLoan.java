package dev.aeon.sp.transport.datagram;

/** The memory of a packet that the network may read until the packet has arrived. */
public interface PacketLoan {
  /** The packet has arrived, or nobody waits for that any more. Called once, on the strand. */
  void giveBack();
}
