package dev.aeon.spoke.feed;

import dev.aeon.sp.PubSocket;
import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.SpClosedException;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.registry.ChangeFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every publication, those of other servers over the same store too, to whoever subscribes to
 * its address by SP's PUB/SUB. A subscriber that does not keep up misses some: sequences that are
 * not in a row tell so, and {@code GET /changes} has what was missed.
 */
public final class ChangePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangePublisher.class);
  private static final int BATCH = 1_000;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final ChangeFeed feed;
  private final PubSocket socket = PubSocket.open();
  private final String url;
  private final Thread thread;
  private volatile boolean isClosed;

  private ChangePublisher(ChangeFeed feed, String url) {
    this.feed = feed;
    this.url = bind(url);
    long start = feed.lastSequence();
    this.thread = Thread.ofPlatform().name("spoke-feed").daemon().start(() -> run(start));
  }

  /**
   * Tells what is published from now on; the caller closes it before the feed's registry.
   *
   * @param url where to listen, such as {@code tcp://127.0.0.1:9090}
   * @throws SpokeException {@code INVALID_REQUEST} where that cannot be bound
   */
  public static ChangePublisher start(ChangeFeed feed, String url) {
    return new ChangePublisher(feed, url);
  }

  private String bind(String wanted) {
    try {
      return socket.listen(wanted).url();
    } catch (SpAddressException e) {
      socket.close();
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "cannot publish changes there, url=" + wanted + " cause=" + e.getMessage(),
          e);
    }
  }

  /** Where it listens; where port 0 was asked for, with the port that the system chose. */
  public String url() {
    return url;
  }

  /** How many listen. */
  int subscriberCount() {
    return socket.pipes().size();
  }

  private void run(long start) {
    long sequence = start;
    while (!isClosed) {
      try {
        List<Change> changes = feed.after(sequence, BATCH, WAIT);
        for (Change change : changes) {
          socket.send(ChangeMessage.of(change));
          sequence = change.sequence();
        }
      } catch (SpClosedException e) {
        return;
      } catch (SpokeException e) {
        LOG.warn("cannot read what was published: {}", e.getMessage());
        LockSupport.parkNanos(WAIT.toNanos());
      }
    }
  }

  /** Tells no more; subscribers are disconnected. */
  @Override
  public void close() {
    isClosed = true;
    socket.close();
    try {
      thread.join(WAIT.multipliedBy(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
