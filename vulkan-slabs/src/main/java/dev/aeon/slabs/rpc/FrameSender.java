package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
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
  boolean tryStage(FrameFields fields, Body body) {
    long byteOffset = outbox.claim(Math.addExact(Frame.HEADER_BYTES, body.byteSize()));
    if (byteOffset == Outbox.FULL) {
      return false;
    }
    fields.write(outbox.segment(), byteOffset, body.flags());
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
