package dev.aeon.slabs.transport;

import org.jspecify.annotations.Nullable;

/** Seals what is accepted. */
final class SealedAcceptor implements Acceptor {
  private final Acceptor inner;
  private final ChannelKey key;
  private final long recordsPerEpoch;

  SealedAcceptor(Acceptor inner, ChannelKey key, long recordsPerEpoch) {
    this.inner = inner;
    this.key = key;
    this.recordsPerEpoch = recordsPerEpoch;
  }

  @Override
  public @Nullable Connection poll() {
    Connection next = inner.poll();
    return next == null ? null : new SealedConnection(next, key, recordsPerEpoch);
  }

  @Override
  public void wakes(WaitSet waits) {
    inner.wakes(waits);
  }

  @Override
  public String address() {
    return inner.address();
  }

  @Override
  public void close() {
    inner.close();
  }
}
