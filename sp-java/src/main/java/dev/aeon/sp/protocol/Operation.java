package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A send or a receive that the application waits for. It carries the packet: of a send from the
 * start until the machine takes it, of a receive from its completion on.
 */
public abstract class Operation {
  private @Nullable Packet packet;

  protected Operation(@Nullable Packet packet) {
    this.packet = packet;
  }

  /** The packet to send, still with its operation. */
  public Packet packet() {
    return Objects.requireNonNull(packet, "operation carries no packet");
  }

  /** The packet, which this operation then no longer carries. */
  public Packet takePacket() {
    Packet taken = packet();
    packet = null;
    return taken;
  }

  /** Gives this operation the packet received. */
  public void putPacket(Packet received) {
    packet = received;
  }

  public boolean hasPacket() {
    return packet != null;
  }

  /** Begins anew, with another packet or none. */
  protected final void resetPacket(@Nullable Packet next) {
    packet = next;
  }
}
