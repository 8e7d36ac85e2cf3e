package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameKind;

/** Where the answer to a request that was taken has to go. */
record Reply(ServedPeer peer, FrameSender sender, FrameFields fields) {
  static Reply to(ServedPeer peer) {
    Request request = peer.request();
    return new Reply(
        peer, new FrameSender(peer.connection().outbox()), request.answer(FrameKind.REPLY));
  }

  /**
   * Answers, or returns false where the client's response slab is full.
   *
   * @throws PeerLostException where the client has gone
   */
  boolean trySend(Body body) {
    if (!peer.connection().isOpen()) {
      throw new PeerLostException("the client has gone: peer=" + peer.connection().peer());
    }
    if (!sender.tryStage(fields, body)) {
      return false;
    }
    sender.publish();
    return true;
  }
}
