package dev.aeon.sp;

import dev.aeon.sp.core.CoreDialer;
import dev.aeon.sp.core.CorePipe;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import java.util.Optional;

/** One connection of a socket. Thread-safe; what it says stays true of it after it has closed. */
public final class Pipe {
  private final SocketCore core;
  private final CorePipe pipe;
  private final PeerProperties properties;

  /** With the strand held, of a pipe that is connected. */
  Pipe(SocketCore core, CorePipe pipe) {
    this.core = core;
    this.pipe = pipe;
    this.properties = pipe.properties();
  }

  /** Unique in its socket, from 1; {@link Message#pipeId} of what came by it. */
  public int id() {
    return pipe.id();
  }

  /** {@link SpSocket#id} of its socket. */
  public int socketId() {
    return core.id();
  }

  /** {@link Endpoint#id} of the dialer or listener that made it. */
  public int endpointId() {
    return pipe.endpoint().id();
  }

  /** Whether this side connected, and did not accept. */
  public boolean isDialed() {
    return pipe.endpoint() instanceof CoreDialer;
  }

  /** This end, as a URL. */
  public String localAddress() {
    return properties.localAddress();
  }

  /** The other end, as a URL. */
  public String remoteAddress() {
    return properties.remoteAddress();
  }

  /** The process at the other end, where the transport knows it. */
  public Optional<PeerProcess> process() {
    return Optional.ofNullable(properties.credentials())
        .map(each -> new PeerProcess(each.processId(), each.userId(), each.groupId()));
  }

  /** What TLS negotiated, where the connection is ciphered. */
  public Optional<PeerTls> tls() {
    return Optional.ofNullable(properties.tls())
        .map(each ->
            new PeerTls(
                each.protocol(),
                each.cipherSuite(),
                each.isVerified(),
                Optional.ofNullable(each.commonName()),
                each.alternativeNames(),
                Optional.ofNullable(each.certificate())));
  }

  public PipeStatistics statistics() {
    return core.locked(() -> PipeStatistics.of(pipe.counters()));
  }

  /** Closes the connection; a dialer then makes another. Idempotent. */
  public void close() {
    core.locked(() -> {
      pipe.close(CloseReason.LOCAL, "closed by the application: pipe=" + pipe.id());
      return pipe;
    });
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pipe that && that.pipe.equals(pipe);
  }

  @Override
  public int hashCode() {
    return pipe.hashCode();
  }

  @Override
  public String toString() {
    return "pipe %d to %s".formatted(id(), remoteAddress());
  }
}
