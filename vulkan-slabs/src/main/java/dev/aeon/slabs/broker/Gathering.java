package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.GatheredPart;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A request that went to every shard, and the answers that have come. For the broker's thread. */
final class Gathering {
  private final long id;
  private final Client client;
  private final MemorySegment header = MemorySegment.ofArray(new byte[Frame.HEADER_BYTES]);
  private final List<Shard> unsent;
  private final List<GatheredPart> parts = new ArrayList<>();
  private int missingCount;

  Gathering(long id, Client client, MemorySegment from, long frame, List<Shard> shards) {
    this.id = id;
    this.client = client;
    this.unsent = new ArrayList<>(shards);
    MemorySegment.copy(from, frame, header, 0, Frame.HEADER_BYTES);
  }

  long id() {
    return id;
  }

  Client client() {
    return client;
  }

  /** The request's header, as a segment that begins with it. */
  MemorySegment header() {
    return header;
  }

  int replyByteSize() {
    return Client.replyByteSize(header, 0);
  }

  List<Shard> unsent() {
    return unsent;
  }

  void sentOne() {
    unsent.removeFirst();
    missingCount++;
  }

  void add(GatheredPart part) {
    parts.add(part);
    missingCount--;
  }

  boolean isComplete() {
    return unsent.isEmpty() && missingCount == 0;
  }

  byte[] body() {
    return GatheredPart.encode(parts);
  }
}
