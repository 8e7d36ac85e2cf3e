package dev.aeon.checks.bench.messaging;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Publications and subscriptions of Aeron with a media driver of their own in this process. */
final class AeronEndpoints implements Endpoints {
  /** What a client does where there is nothing to do. */
  enum Waiting {
    SPINNING,
    BACKING_OFF
  }

  /** Of which a message may take an eighth. */
  private static final int TERM_BYTE_SIZE = 16 << 20;

  private final TransportKind transport;
  private final Waiting waiting;
  private final MediaDriver driver;
  private final Aeron client;

  AeronEndpoints(TransportKind transport, Waiting waiting) {
    this.transport = transport;
    this.waiting = waiting;
    driver =
        MediaDriver.launchEmbedded(
            new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(driverIdle())
                .ipcTermBufferLength(TERM_BYTE_SIZE)
                .publicationTermBufferLength(TERM_BYTE_SIZE)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
  }

  /** With memory the driver is not on the way of a message; with UDP it is all of the way. */
  private IdleStrategy driverIdle() {
    return transport == TransportKind.udp && waiting == Waiting.SPINNING
        ? new YieldingIdleStrategy()
        : new BackoffIdleStrategy();
  }

  /** Three threads do not spin on two processors: beside the driver's, clients let others run. */
  private IdleStrategy clientIdle() {
    if (waiting == Waiting.BACKING_OFF) {
      return new BackoffIdleStrategy();
    }
    return transport == TransportKind.udp ? new YieldingIdleStrategy() : new BusySpinIdleStrategy();
  }

  @Override
  public Endpoint open(Role role) {
    return new AeronEndpoint(client, role, clientIdle());
  }

  @Override
  public void close() {
    client.close();
    driver.close();
  }
}
