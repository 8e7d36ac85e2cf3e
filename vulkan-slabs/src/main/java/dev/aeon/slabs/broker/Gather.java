package dev.aeon.slabs.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.frame.GatheredPart;
import dev.aeon.slabs.transport.Inbox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Brings the answers of shards to the clients that asked. For the broker's thread. */
final class Gather {
  private static final long MAX_NANOS = 60_000_000_000L;

  private final Clients clients;
  private final LongSupplier nanoClock;
  private final Map<Long, Gathering> gatherings = new HashMap<>();
  private final List<Gathering> complete = new ArrayList<>();
  private final Histogram answerNanos = new Histogram(MAX_NANOS, 2);
  private long gatheringCount;

  Gather(Clients clients, LongSupplier nanoClock) {
    this.clients = clients;
    this.nanoClock = nanoClock;
  }

  /**
   * Takes up to {@code limit} answers of a shard.
   *
   * @throws FrameException where the worker breaks the protocol
   */
  int drain(Shard shard, int limit) {
    Inbox inbox = shard.inbox();
    int takenCount = 0;
    long at = inbox.peek();
    long now = at == Inbox.EMPTY ? 0 : nanoClock.getAsLong();
    for (; takenCount < limit && at != Inbox.EMPTY; at = inbox.peek()) {
      if (!tryTake(shard, inbox.segment(), at, inbox.peekedByteSize())) {
        break;
      }
      record(shard.unansweredSentNanos(), now);
      shard.forgetOldest(now);
      inbox.release();
      takenCount++;
    }
    return takenCount;
  }

  private boolean tryTake(Shard shard, MemorySegment from, long frame, int byteSize) {
    FrameKind kind = Frame.check(from, frame, byteSize);
    requireAnswer(shard, kind, from, frame);
    if (shard.unansweredGathering() != Shard.NONE) {
      Gathering gathering = gatherings.get(shard.unansweredGathering());
      return gathering == null || tryAdd(gathering, shard, kind, from, frame, byteSize);
    }
    Client client = clients.find(shard.unansweredClient());
    return client == null
        || client.isBroken()
        || tryForward(client, shard, kind, from, frame, byteSize);
  }

  private static void requireAnswer(Shard shard, FrameKind kind, MemorySegment from, long frame) {
    boolean answers = kind == FrameKind.REPLY || kind == FrameKind.FAILURE || kind == FrameKind.END;
    if (!answers || !shard.hasUnanswered()) {
      throw new FrameException("worker sends what it was not asked: kind=" + kind);
    }
    if (Frame.requestId(from, frame) != shard.unansweredRequestId()) {
      throw new FrameException(
          "worker answers out of order: requestId=%016x".formatted(Frame.requestId(from, frame)));
    }
  }

  private static boolean tryForward(
      Client client, Shard shard, FrameKind kind, MemorySegment from, long frame, int byteSize) {
    int limit = Client.replyByteSize(shard.memory(), shard.unansweredFrame());
    boolean forwarded;
    if (kind == FrameKind.END) {
      forwarded = true;
    } else if (byteSize - Frame.HEADER_BYTES > limit) {
      forwarded =
          client.tryFail(shard.memory(), shard.unansweredFrame(), tooLarge(byteSize, limit));
    } else {
      forwarded = client.tryForward(from, frame, byteSize);
    }
    if (forwarded) {
      client.endPromise(limit);
    }
    return forwarded;
  }

  private static byte[] tooLarge(int byteSize, int limit) {
    return "answer is larger than the request allows: byteSize=%d replyByteSize=%d"
        .formatted(byteSize - Frame.HEADER_BYTES, limit)
        .getBytes(UTF_8);
  }

  /** Always finds room: parts wait on the heap. */
  private boolean tryAdd(
      Gathering gathering,
      Shard shard,
      FrameKind kind,
      MemorySegment from,
      long frame,
      int byteSize) {
    byte[] body =
        from.asSlice(frame + Frame.HEADER_BYTES, byteSize - Frame.HEADER_BYTES)
            .toArray(ValueLayout.JAVA_BYTE);
    gathering.add(new GatheredPart(shard.id(), kind == FrameKind.FAILURE, body));
    completeIfSo(gathering);
    return true;
  }

  /** A request for all of {@code shards}, whose answers are gathered from now on. */
  Gathering begin(Client client, MemorySegment from, long frame, List<Shard> shards) {
    gatheringCount++;
    Gathering gathering = new Gathering(gatheringCount, client, from, frame, shards);
    gatherings.put(gatheringCount, gathering);
    return gathering;
  }

  /** Has the client answered once all parts have come. */
  void completeIfSo(Gathering gathering) {
    if (gathering.isComplete() && gatherings.remove(gathering.id()) != null) {
      complete.add(gathering);
    }
  }

  /** Answers what is complete; how many were. */
  int retryComplete() {
    int before = complete.size();
    complete.removeIf(Gather::tryAnswer);
    return before - complete.size();
  }

  private static boolean tryAnswer(Gathering gathering) {
    byte[] body = gathering.body();
    int limit = gathering.replyByteSize();
    Client client = gathering.client();
    boolean answered =
        body.length <= limit
            ? client.tryAnswer(FrameKind.REPLY, gathering.header(), 0, body)
            : client.tryFail(
                gathering.header(), 0, tooLarge(body.length + Frame.HEADER_BYTES, limit));
    if (answered) {
      client.endPromise(limit);
    }
    return answered;
  }

  void forget(Client client) {
    gatherings.values().removeIf(gathering -> gathering.client() == client);
    complete.removeIf(gathering -> gathering.client() == client);
  }

  private void record(long sentNanos, long now) {
    if (sentNanos != Shard.NONE) {
      answerNanos.recordValue(Math.clamp(now - sentNanos, 0, MAX_NANOS));
    }
  }

  Histogram answerNanos() {
    return answerNanos.copy();
  }
}
