package dev.aeon.slabs.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Inbox;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what clients ask to whom it is for. What cannot go now stays at the head of its client's
 * ring, and so does all behind it. For the broker's thread.
 */
final class Scatter {
  private static final int TIMED_ONE_IN = 16;

  private final ShardTable table;
  private final Topics topics;
  private final Gather gather;
  private final LongSupplier nanoClock;
  private final Map<Client, Gathering> sending = new HashMap<>();
  private int sentCount;

  Scatter(ShardTable table, Topics topics, Gather gather, LongSupplier nanoClock) {
    this.table = table;
    this.topics = topics;
    this.gather = gather;
    this.nanoClock = nanoClock;
  }

  /**
   * Takes up to {@code limit} frames of a client.
   *
   * @throws FrameException where the client breaks the protocol
   */
  int drain(Client client, int limit) {
    Inbox inbox = client.inbox();
    int takenCount = 0;
    for (long at = inbox.peek(); takenCount < limit && at != Inbox.EMPTY; at = inbox.peek()) {
      if (!tryTake(client, inbox.segment(), at, inbox.peekedByteSize())) {
        break;
      }
      inbox.release();
      takenCount++;
    }
    return takenCount;
  }

  private boolean tryTake(Client client, MemorySegment from, long frame, int byteSize) {
    FrameKind kind = Frame.check(from, frame, byteSize);
    return switch (kind) {
      case REQUEST -> trySend(client, from, frame, byteSize);
      case GATHER -> trySendToAll(client, from, frame, byteSize);
      case PUBLISH -> tryPublish(client, from, frame, byteSize);
      case SUBSCRIBE -> trySubscribe(client, from, frame);
      case UNSUBSCRIBE -> {
        topics.unsubscribe(Frame.routing(from, frame), client, Frame.requestId(from, frame));
        yield true;
      }
      default -> throw new FrameException("frame is none for a broker: kind=" + kind);
    };
  }

  private boolean trySend(Client client, MemorySegment from, long frame, int byteSize) {
    Shard shard = table.servingShard(ShardTable.rangeOf(Frame.routingOrId(from, frame)));
    if (shard == null) {
      return false;
    }
    int replyByteSize = Client.replyByteSize(from, frame);
    String refusal = refusal(client, shard, from, frame, byteSize);
    if (refusal != null) {
      return tryFail(client, from, frame, refusal);
    }
    if (!client.tryPromise(replyByteSize)) {
      return false;
    }
    if (shard.trySend(from, frame, byteSize, client.slot(), Shard.NONE, sentNanos())) {
      return true;
    }
    client.endPromise(replyByteSize);
    return false;
  }

  private static @Nullable String refusal(
      Client client, Shard shard, MemorySegment from, long frame, int byteSize) {
    if ((Frame.flags(from, frame) & Frame.FLAG_STREAM) != 0) {
      return "shards do not answer by streams";
    }
    if (!client.takes(Client.replyByteSize(from, frame))) {
      return "response slab is too small for the answer: replyByteSize="
          + Frame.replyByteSize(from, frame);
    }
    return shard.takes(byteSize)
        ? null
        : "request is too large for its shard: byteSize=" + byteSize;
  }

  private long sentNanos() {
    sentCount++;
    return sentCount % TIMED_ONE_IN == 0 ? nanoClock.getAsLong() : Shard.NONE;
  }

  private static boolean tryFail(Client client, MemorySegment from, long frame, String why) {
    if (!client.tryPromise(Client.MIN_REPLY_BYTES)) {
      return false;
    }
    client.endPromise(Client.MIN_REPLY_BYTES);
    byte[] reason = why.getBytes(UTF_8);
    return client.tryAnswer(FrameKind.FAILURE, from, frame, reason);
  }

  private boolean trySendToAll(Client client, MemorySegment from, long frame, int byteSize) {
    Gathering gathering = sending.get(client);
    if (gathering == null) {
      gathering = tryBeginGathering(client, from, frame);
    }
    if (gathering == null || !sendUnsent(gathering, from, frame, byteSize)) {
      return false;
    }
    sending.remove(client);
    gather.completeIfSo(gathering);
    return true;
  }

  private @Nullable Gathering tryBeginGathering(Client client, MemorySegment from, long frame) {
    int replyByteSize = Client.replyByteSize(from, frame);
    if (!client.takes(replyByteSize)) {
      throw new FrameException("response slab is too small: replyByteSize=" + replyByteSize);
    }
    if (table.shards().isEmpty() || !client.tryPromise(replyByteSize)) {
      return null;
    }
    Gathering gathering = gather.begin(client, from, frame, table.shards());
    sending.put(client, gathering);
    return gathering;
  }

  /** A shard that has gone since is served by another, which then answers twice. */
  private boolean sendUnsent(Gathering gathering, MemorySegment from, long frame, int byteSize) {
    long slot = gathering.client().slot();
    while (!gathering.unsent().isEmpty()) {
      Shard next = gathering.unsent().getFirst();
      Shard shard = table.shards().contains(next) ? next : anyShard();
      if (shard == null
          || !shard.trySend(from, frame, byteSize, slot, gathering.id(), Shard.NONE)) {
        return false;
      }
      gathering.sentOne();
    }
    return true;
  }

  private @Nullable Shard anyShard() {
    return table.shards().isEmpty() ? null : table.shards().getFirst();
  }

  void forget(Client client) {
    sending.remove(client);
  }

  private boolean trySubscribe(Client client, MemorySegment from, long frame) {
    long topic = Frame.routing(from, frame);
    long schema = Frame.schema(from, frame);
    if (!topics.accepts(topic, schema)) {
      return tryFail(client, from, frame, otherSchema(topic, schema));
    }
    boolean waits = (Frame.flags(from, frame) & Frame.FLAG_WAIT) != 0;
    topics.subscribe(topic, schema, new Subscription(client, Frame.requestId(from, frame), waits));
    return true;
  }

  private boolean tryPublish(Client client, MemorySegment from, long frame, int byteSize) {
    long topic = Frame.routing(from, frame);
    long schema = Frame.schema(from, frame);
    if (!topics.accepts(topic, schema)) {
      return tryFail(client, from, frame, otherSchema(topic, schema));
    }
    if (client.fanout() == Fanout.NONE) {
      if (!client.tryPromise(Client.MIN_REPLY_BYTES)) {
        return false;
      }
      client.setFanout(new Fanout(topics.subscriptions(topic)));
    }
    return fanOut(client.fanout(), from, frame, byteSize) && endPublishing(client, from, frame);
  }

  private static boolean fanOut(Fanout fanout, MemorySegment from, long frame, int byteSize) {
    while (!fanout.isDone()) {
      Subscription next = fanout.next();
      boolean served = tryServe(next, from, frame, byteSize);
      if (!served && isWorthWaiting(next, byteSize)) {
        return false;
      }
      fanout.nextDone(served);
    }
    return true;
  }

  private static boolean isWorthWaiting(Subscription subscription, int byteSize) {
    Client client = subscription.client();
    return subscription.waits()
        && client.isConnected()
        && client.takes(byteSize - Frame.HEADER_BYTES);
  }

  private static boolean tryServe(Subscription to, MemorySegment from, long frame, int byteSize) {
    if (!to.client().isConnected()) {
      return false;
    }
    boolean served = to.client().tryItem(to.requestId(), from, frame, byteSize);
    if (!served && !isWorthWaiting(to, byteSize)) {
      to.client().countDrop();
    }
    return served;
  }

  private static boolean endPublishing(Client client, MemorySegment from, long frame) {
    if ((Frame.flags(from, frame) & Frame.FLAG_MESSAGE) == 0) {
      byte[] count = {(byte) client.fanout().servedCount()};
      client.tryAnswer(FrameKind.REPLY, from, frame, count);
    }
    client.endPromise(Client.MIN_REPLY_BYTES);
    client.setFanout(Fanout.NONE);
    return true;
  }

  private static String otherSchema(long topic, long schema) {
    return "topic carries another schema: topic=%016x schema=%016x".formatted(topic, schema);
  }
}
