package dev.aeon.checks.interop;

/** Where the other end comes from. */
enum PeerLibrary {
  NNG {
    @Override
    Peer open(Pattern pattern) {
      return new NngPeer(pattern);
    }
  },
  NANOMSG {
    @Override
    Peer open(Pattern pattern) {
      return new NanomsgPeer(pattern);
    }
  };

  abstract Peer open(Pattern pattern);
}
