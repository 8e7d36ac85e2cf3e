package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The peers of a carrier, so that each has one {@link PeerAddress} and nothing is allocated for a
 * packet of a known one. Whoever forges senders can fill it: full, it begins anew, which costs
 * those in it a look-up of their path. Confined to its strand.
 */
final class RouteTable {
  static final int MAX_COUNT = 4_096;

  private static final int SLOT_COUNT = 2 * MAX_COUNT;
  private static final int INITIAL_SLOT_COUNT = 16;
  private static final int IPV4_BYTE_SIZE = 4;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private @Nullable Route[] slots = new Route[INITIAL_SLOT_COUNT];
  private int count;
  private @Nullable Route last;

  /** The sender of a received element. */
  Route ofSender(DatagramBatch batch, int index, int port) {
    return find(
        batch.peerFamily(index),
        port,
        batch.peerScope(index),
        batch.peerHigh(index),
        batch.peerLow(index),
        null);
  }

  /** Where a peer is reached. */
  Route of(PeerAddress peer) {
    Route recent = last;
    if (recent != null && recent.address().equals(peer)) {
      return recent;
    }
    byte[] octets = peer.address();
    int family = octets.length == IPV4_BYTE_SIZE ? Route.IPV4 : Route.IPV6;
    long high = family == Route.IPV4 ? ipv4(octets) : (long) LONG.get(octets, 0);
    long low = family == Route.IPV4 ? 0 : (long) LONG.get(octets, Long.BYTES);
    return find(family, peer.port(), peer.scope(), high, low, peer);
  }

  /** Four octets, and four of zero, in this machine's order. */
  private static long ipv4(byte[] octets) {
    int word = (int) INT.get(octets, 0);
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        ? Integer.toUnsignedLong(word)
        : (long) word << Integer.SIZE;
  }

  private Route find(
      int family, int port, int scope, long high, long low, @Nullable PeerAddress known) {
    Route recent = last;
    if (recent != null && recent.is(family, port, scope, high, low)) {
      return recent;
    }
    int slot = home(port, high, low);
    for (Route each = slots[slot]; each != null; each = slots[slot]) {
      if (each.is(family, port, scope, high, low)) {
        last = each;
        return each;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    PeerAddress address = known != null ? known : addressOf(family, port, scope, high, low);
    return add(new Route(address, family, high, low));
  }

  private int home(int port, long high, long low) {
    long mixed = (high * 31 + low) * 31 + port;
    mixed *= 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> 32) & (slots.length - 1);
  }

  private static PeerAddress addressOf(int family, int port, int scope, long high, long low) {
    byte[] octets = new byte[2 * Long.BYTES];
    LONG.set(octets, 0, high);
    LONG.set(octets, Long.BYTES, low);
    byte[] exact = family == Route.IPV4 ? Arrays.copyOf(octets, IPV4_BYTE_SIZE) : octets;
    return new PeerAddress(exact, port, scope);
  }

  private Route add(Route route) {
    if (count == MAX_COUNT) {
      slots = new Route[SLOT_COUNT];
      count = 0;
    } else if (2 * (count + 1) > slots.length) {
      grow();
    }
    place(route);
    last = route;
    return route;
  }

  private void grow() {
    @Nullable Route[] before = slots;
    slots = new Route[2 * before.length];
    count = 0;
    for (Route each : before) {
      if (each != null) {
        place(each);
      }
    }
  }

  private void place(Route route) {
    int slot = home(route.address().port(), route.high(), route.low());
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = route;
    count++;
  }

  int count() {
    return count;
  }
}
