package dev.aeon.checks.bench.messaging;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.net.URI;
import java.nio.ByteBuffer;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayQueue;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A publication, a subscription or both of Aeron. */
final class AeronEndpoint implements Endpoint {
  /** From those who dial; what goes back has the next stream, at the next port. */
  private static final int FORTH_STREAM = 10;

  private static final int BACK_STREAM = 11;
  private static final int FRAGMENT_LIMIT = 16;

  private final Aeron client;
  private final Role role;
  private final IdleStrategy idle;
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_BODY_BYTE_SIZE));
  private final IntArrayQueue received = new IntArrayQueue();
  private final FragmentHandler assembler = new FragmentAssembler(this::take);
  private @Nullable ExclusivePublication publication;
  private @Nullable Subscription subscription;

  AeronEndpoint(Aeron client, Role role, IdleStrategy idle) {
    this.client = client;
    this.role = role;
    this.idle = idle;
  }

  @Override
  public void listen(String url) {
    switch (role) {
      case REP -> {
        subscription = client.addSubscription(channel(url, 0), FORTH_STREAM);
        publication = client.addExclusivePublication(channel(url, 1), BACK_STREAM);
      }
      case PULL -> subscription = client.addSubscription(channel(url, 0), FORTH_STREAM);
      case PUB -> publication = client.addExclusivePublication(channel(url, 0), FORTH_STREAM);
      default -> throw new IllegalArgumentException("role does not listen: role=" + role);
    }
  }

  @Override
  public void dial(String url) {
    switch (role) {
      case REQ -> {
        subscription = client.addSubscription(channel(url, 1), BACK_STREAM);
        publication = client.addExclusivePublication(channel(url, 0), FORTH_STREAM);
      }
      case PUSH -> publication = client.addExclusivePublication(channel(url, 0), FORTH_STREAM);
      case SUB -> subscription = client.addSubscription(channel(url, 0), FORTH_STREAM);
      default -> throw new IllegalArgumentException("role does not dial: role=" + role);
    }
  }

  private static String channel(String url, int portOffset) {
    URI uri = URI.create(url);
    return uri.getPort() < 0
        ? "aeron:ipc"
        : "aeron:udp?endpoint=%s:%d".formatted(uri.getHost(), uri.getPort() + portOffset);
  }

  @Override
  public void send(int byteSize) {
    ExclusivePublication to = publication;
    if (to == null) {
      throw new IllegalStateException("role has no such direction: role=" + role);
    }
    idle.reset();
    while (true) {
      long position = to.offer(buffer, 0, byteSize);
      if (position >= 0) {
        return;
      }
      if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
        throw new IllegalStateException("Aeron refused: result=" + position);
      }
      idle.idle();
    }
  }

  @Override
  public int receive() {
    Subscription from = subscription;
    if (from == null) {
      throw new IllegalStateException("role has no such direction: role=" + role);
    }
    idle.reset();
    while (received.isEmpty()) {
      if (from.poll(assembler, FRAGMENT_LIMIT) == 0) {
        idle.idle();
      }
    }
    return received.removeInt();
  }

  private void take(DirectBuffer source, int offset, int byteSize, Header header) {
    buffer.putBytes(0, source, offset, byteSize);
    received.addInt(byteSize);
  }

  @Override
  public void close() {
    CloseHelper.closeAll(subscription, publication);
  }
}
