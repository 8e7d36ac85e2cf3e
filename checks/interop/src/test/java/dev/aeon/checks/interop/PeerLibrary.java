package dev.aeon.checks.interop;

/** Where the other end comes from. */
enum PeerLibrary {
  NNG("libnng") {
    @Override
    boolean knows(Pattern pattern, Addresses transport) {
      return true;
    }

    @Override
    Peer open(Pattern pattern) {
      return NngPeer.open(pattern);
    }

    @Override
    ForeignDevice device(Pattern pattern) {
      return ForeignDevice.ofNng(pattern);
    }
  },
  NANOMSG("libnanomsg") {
    @Override
    boolean knows(Pattern pattern, Addresses transport) {
      return pattern.isKnownToNanomsg() && transport.isKnownToNanomsg();
    }

    @Override
    Peer open(Pattern pattern) {
      return NanomsgPeer.open(pattern);
    }

    @Override
    ForeignDevice device(Pattern pattern) {
      return ForeignDevice.ofNanomsg(pattern);
    }
  };

  final String title;

  PeerLibrary(String title) {
    this.title = title;
  }

  abstract boolean knows(Pattern pattern, Addresses transport);

  abstract Peer open(Pattern pattern);

  /** A device between a raw socket of {@code pattern} and one of its counterpart, unconnected. */
  abstract ForeignDevice device(Pattern pattern);
}
