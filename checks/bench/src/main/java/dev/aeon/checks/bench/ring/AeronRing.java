package dev.aeon.checks.bench.ring;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Aeron's IPC with an exclusive publication, by claim; its driver's thread sleeps meanwhile. */
final class AeronRing implements Ring {
  private static final String CHANNEL = "aeron:ipc?term-length=" + BYTE_CAPACITY;
  private static final int STREAM = 1001;

  private final int byteSize;
  private final SequenceCheck check;
  private final MediaDriver driver;
  private final Aeron client;
  private final Subscription subscription;
  private final ExclusivePublication publication;
  private final BufferClaim claim = new BufferClaim();
  private final FragmentHandler reader = this::read;

  AeronRing(int byteSize) {
    this.byteSize = byteSize;
    this.check = new SequenceCheck(byteSize);
    driver =
        MediaDriver.launchEmbedded(
            new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy())
                .dirDeleteOnShutdown(true));
    client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
    subscription = client.addSubscription(CHANNEL, STREAM);
    publication = client.addExclusivePublication(CHANNEL, STREAM);
  }

  @Override
  public int offer(long sequence, int count) {
    int offered = 0;
    while (offered < count && write(sequence + offered)) {
      offered++;
    }
    return offered;
  }

  private boolean write(long sequence) {
    if (publication.tryClaim(byteSize, claim) < 0) {
      return false;
    }
    BufferPayload.write(claim.buffer(), claim.offset(), byteSize, sequence);
    claim.commit();
    return true;
  }

  @Override
  public int drain(int limit) {
    return subscription.poll(reader, limit);
  }

  private void read(DirectBuffer buffer, int index, int size, Header header) {
    check.take(buffer.getLong(index), BufferPayload.sum(buffer, index, size));
  }

  @Override
  public void close() {
    client.close();
    driver.close();
  }
}
