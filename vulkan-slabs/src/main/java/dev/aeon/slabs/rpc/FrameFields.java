package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import java.lang.foreign.MemorySegment;

/** What a frame says besides its body. Lives for one call, so that it costs no memory. */
record FrameFields(
    FrameKind kind, int flags, long requestId, long routing, long schema, int replyByteSize) {
  void write(MemorySegment segment, long byteOffset, int bodyFlags) {
    Frame.begin(segment, byteOffset, kind, requestId, routing);
    Frame.setFlags(segment, byteOffset, flags | bodyFlags);
    Frame.setReplyByteSize(segment, byteOffset, replyByteSize);
    Frame.setSchema(segment, byteOffset, schema);
  }
}
