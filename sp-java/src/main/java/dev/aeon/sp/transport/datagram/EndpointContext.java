package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.PipeHost;
import java.security.SecureRandom;

/** What the sessions of an endpoint share. */
record EndpointContext(
    PipeHost host,
    Carrier carrier,
    PacketWriter writer,
    CompanionAccess companions,
    DatagramSettings settings,
    DatagramCounters counters,
    Guards guards,
    PeerNames names,
    SecureRandom random) {
  long nowNanos() {
    return host.reactor().nanoTime();
  }

  /** A session that nobody can guess. */
  long newSession() {
    long session = random.nextLong();
    return session == PacketLayout.NO_SESSION ? newSession() : session;
  }
}
