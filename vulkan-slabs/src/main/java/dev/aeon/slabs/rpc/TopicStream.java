package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import java.util.concurrent.Flow;

/** A subscription to a topic: told to the broker when it begins, and when it is cancelled. */
final class TopicStream<T> {
  private final ClientSocket socket;
  private final Topic topic;
  private final int flags;
  private final long requestId;
  private final ItemStream<T> items;

  TopicStream(
      ClientSocket socket,
      Topic topic,
      Overflow overflow,
      Flow.Subscriber<? super T> subscriber,
      PayloadReader<T> reader) {
    this.socket = socket;
    this.topic = topic;
    this.flags = overflow == Overflow.WAIT ? Frame.FLAG_WAIT : 0;
    this.requestId = socket.newId();
    this.items = new ItemStream<>(subscriber, reader);
  }

  void begin() {
    items.onCancel(() -> socket.send(fields(FrameKind.UNSUBSCRIBE), Body.EMPTY, null));
    items.begin(() -> socket.send(fields(FrameKind.SUBSCRIBE), Body.EMPTY, items));
  }

  private FrameFields fields(FrameKind kind) {
    return new FrameFields(kind, flags, requestId, topic.hash(), topic.schemaHash(), 0);
  }
}
