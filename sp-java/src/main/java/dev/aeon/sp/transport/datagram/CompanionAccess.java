package dev.aeon.sp.transport.datagram;

import org.jspecify.annotations.Nullable;

/** An endpoint's companion carrier, opened when a session first wants it. Of its strand. */
final class CompanionAccess {
  private final Carrier main;
  private final PacketHandler handler;
  private final int protocol;
  private boolean wasTried;
  private @Nullable Opened opened;

  private record Opened(Carrier carrier, PacketWriter writer, int port) {}

  /**
   * @param handler of what comes by the companion
   */
  CompanionAccess(Carrier main, PacketHandler handler, int protocol) {
    this.main = main;
    this.handler = handler;
    this.protocol = protocol;
  }

  /** Where the companion is reached, opened if need be; 0 where there is none. */
  int port() {
    if (!wasTried) {
      wasTried = true;
      Carrier.Companion companion = main.openCompanion();
      if (companion != null) {
        companion.carrier().onPackets(handler);
        PacketWriter writer = new PacketWriter(companion.carrier(), protocol);
        opened = new Opened(companion.carrier(), writer, companion.port());
      }
    }
    return opened == null ? CompanionUse.NO_PORT : opened.port();
  }

  /** The way to a peer's companion; null where there is none from here. */
  @Nullable Way wayTo(PeerAddress peer, int port, int overheadByteSize) {
    if (port() == CompanionUse.NO_PORT || opened == null) {
      return null;
    }
    PeerAddress there = new PeerAddress(peer.address(), port, peer.scope());
    return Way.companion(opened.carrier(), opened.writer(), there, overheadByteSize);
  }

  void flush() {
    if (opened != null) {
      opened.carrier().flush();
    }
  }

  void close() {
    wasTried = true;
    if (opened != null) {
      opened.carrier().close();
      opened = null;
    }
  }
}
