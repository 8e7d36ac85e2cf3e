package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts connections. Confined to its strand. */
public final class StreamListener implements AutoCloseable {
  private static final int ACCEPTS_PER_EVENT = 16;
  private static final int OPENING_LIMIT = 4096;
  private static final long REST_NANOS = 100_000_000;

  private final PipeHost host;
  private final StreamFamily family;
  private final String address;
  private final Descriptor socket;
  private final Set<StreamPipe> opening = new LinkedHashSet<>();
  private final Reactor.Registration registration;
  private Reactor.@Nullable Alarm rest;
  private boolean closed;

  /** Takes ownership of a listening socket. */
  public StreamListener(PipeHost host, StreamFamily family, String address, Descriptor socket) {
    this.host = host;
    this.family = family;
    this.address = address;
    this.socket = socket;
    this.registration =
        host.reactor()
            .register(host.strand(), socket.fd(), Poller.READABLE, readyEvents -> acceptSome());
  }

  private void acceptSome() {
    for (int left = ACCEPTS_PER_EVENT; left > 0 && !closed; left--) {
      int result = Sockets.accept(socket.fd());
      if (result < 0) {
        pauseIfExhausted(-result);
        return;
      }
      begin(Descriptor.own(result));
    }
  }

  private void begin(Descriptor connection) {
    StreamPipe pipe = StreamPipe.announceAccepted(host, family, address, opening::remove);
    opening.add(pipe);
    pipe.accepted(connection);
    evictOldest();
  }

  /** So that peers who only connect cost no more than so much; those who greet are quicker. */
  private void evictOldest() {
    if (opening.size() > OPENING_LIMIT) {
      opening
          .iterator()
          .next()
          .closeFor(CloseReason.HANDSHAKE_TIMEOUT, "too many connections did not open");
    }
  }

  /** Without descriptors or memory the same connection would be reported for ever. */
  private void pauseIfExhausted(int errno) {
    boolean transientError =
        errno == Errno.EAGAIN || errno == Errno.EINTR || errno == Errno.ECONNABORTED;
    if (!transientError) {
      registration.setInterest(0);
      rest = host.reactor().schedule(host.strand(), REST_NANOS, this::resume);
    }
  }

  private void resume() {
    rest = null;
    registration.setInterest(Poller.READABLE);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (rest != null) {
      rest.cancel();
    }
    registration.close();
    socket.close();
  }
}
