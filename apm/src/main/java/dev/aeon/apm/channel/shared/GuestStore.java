package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import dev.aeon.apm.internal.Causes;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches through the channel's owner. Where that is gone it becomes the owner itself, or
 * sends through whoever was quicker. Confined to the channel's thread, but for reminding.
 */
final class GuestStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(GuestStore.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private final Way way;
  private final Guest guest;
  private volatile @Nullable OwnedChannel owned;

  GuestStore(Way way) {
    this.way = way;
    this.guest = new Guest(way);
  }

  @Override
  public void store(List<Append> batch) {
    int from = 0;
    while (from < batch.size()) {
      int to = end(batch, from);
      send(batch.subList(from, to));
      from = to;
    }
  }

  @Override
  public boolean remind(MessageId messageId) {
    OwnedChannel ours = owned;
    return ours == null ? guest.remind(messageId) : ours.remind(messageId);
  }

  @Override
  public void close() {
    guest.close();
    OwnedChannel ours = owned;
    if (ours != null) {
      ours.close();
    }
  }

  private static int end(List<Append> batch, int from) {
    long byteSize = 0;
    int to = from;
    while (to < batch.size() && (to == from || byteSize < JsonCodec.MAX_BYTE_SIZE)) {
      byteSize += batch.get(to).message().line().length;
      to++;
    }
    return to;
  }

  private void send(List<Append> batch) {
    long deadlineNanos = System.nanoTime() + way.patience().toNanos();
    try {
      while (owned == null && !isSentByOwner(batch)) {
        Optional<ChannelException> refusal = takeOver();
        if (refusal.isPresent() && System.nanoTime() - deadlineNanos > 0) {
          throw refusal.get();
        }
      }
      OwnedChannel ours = owned;
      if (ours != null) {
        batch.forEach(append -> send(append, ours));
      }
    } catch (ChannelException e) {
      batch.forEach(append -> append.fail(e));
    }
  }

  private boolean isSentByOwner(List<Append> batch) {
    List<byte[]> lines = batch.stream().map(append -> append.message().line()).toList();
    Optional<List<byte[]>> outcomes = guest.append(lines);
    outcomes.ifPresent(each -> settle(batch, each));
    return outcomes.isPresent();
  }

  private void settle(List<Append> batch, List<byte[]> outcomes) {
    for (int index = 0; index < batch.size(); index++) {
      Append append = batch.get(index);
      Frames.failure(outcomes.get(index)).ifPresentOrElse(append::fail, append::succeed);
    }
  }

  /** Becomes the owner; why not, where it cannot, after a pause. */
  private Optional<ChannelException> takeOver() {
    try {
      owned = OwnedChannel.open(way);
      LOG.info("the owner is gone, took over: channel={}", way.name());
      return Optional.empty();
    } catch (ChannelException e) {
      LockSupport.parkNanos(PAUSE_NANOS);
      return Optional.of(e);
    }
  }

  private static void send(Append append, OwnedChannel ours) {
    CompletableFuture<Void> _ =
        ours.append(append.message())
            .whenComplete((_, failure) -> {
              if (failure == null) {
                append.succeed();
              } else {
                append.fail(known(failure));
              }
            });
  }

  private static ChannelException known(Throwable failure) {
    return Causes.of(failure) instanceof ChannelException known
        ? known
        : new ChannelException(ErrorCode.E_ROUTING_003, "not appended: cause=" + failure, failure);
  }
}
