package dev.aeon.sp.transport.datagram;

/** How addresses are told to the application. */
public interface PeerNames {
  /** This end's address, as a URL. */
  String local();

  /** A peer's address, as a URL. */
  String of(PeerAddress peer);
}
