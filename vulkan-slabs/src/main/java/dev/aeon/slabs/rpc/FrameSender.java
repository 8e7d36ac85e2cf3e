package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Outbox;

/** Writes frames into an outbox. For one thread at a time. */
final class FrameSender {
  private final Outbox outbox;

  FrameSender(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Writes one frame, to be shown with the next {@link #publish}.
   *
   * @return false where there is no room for now
   * @throws IllegalArgumentException where there never will be
   */
  boolean tryStage(
      FrameKind kind, int flags, long requestId, long routing, int replyByteSize, Body body) {
    long byteOffset = outbox.claim(Math.addExact(Frame.HEADER_BYTES, body.byteSize()));
    if (byteOffset == Outbox.FULL) {
      return false;
    }
    Frame.begin(outbox.segment(), byteOffset, kind, requestId, routing);
    Frame.setFlags(outbox.segment(), byteOffset, flags | body.flags());
    Frame.setReplyByteSize(outbox.segment(), byteOffset, replyByteSize);
    writeOrAbort(body, byteOffset);
    outbox.stage();
    return true;
  }

  void publish() {
    outbox.publish();
  }

  private void writeOrAbort(Body body, long byteOffset) {
    boolean written = false;
    try {
      body.write(outbox.slab(), byteOffset + Frame.HEADER_BYTES);
      written = true;
    } finally {
      if (!written) {
        outbox.abort();
      }
    }
  }
}
