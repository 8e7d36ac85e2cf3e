package dev.aeon.sp.wire;

/** Whose memory one packet lies in. */
@FunctionalInterface
public interface PacketLender {
  /** The packet's last owner is gone. By whichever thread released it. */
  void takeBack();
}
