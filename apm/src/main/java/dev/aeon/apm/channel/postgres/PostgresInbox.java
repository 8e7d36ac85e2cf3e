package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.AgentId;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what one agent's claims bring, on one thread; connects anew after a failure. */
final class PostgresInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresInbox.class);
  private static final long RECONNECT_MILLIS = 500;

  private final DataSource dataSource;
  private final PostgresOptions options;
  private final AgentId receiver;
  private final InboxListener listener;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  private PostgresInbox(
      DataSource dataSource,
      PostgresOptions options,
      AgentId receiver,
      Claims claims,
      InboxListener listener) {
    this.dataSource = dataSource;
    this.options = options;
    this.receiver = receiver;
    this.listener = new GuardedListener(listener);
    this.thread =
        Thread.ofPlatform().daemon().name("apm-claim-" + receiver).unstarted(() -> run(claims));
  }

  static PostgresInbox open(
      DataSource dataSource, PostgresOptions options, AgentId receiver, InboxListener listener)
      throws SQLException {
    Claims claims = Claims.open(dataSource.getConnection(), receiver, options);
    PostgresInbox inbox = new PostgresInbox(dataSource, options, receiver, claims, listener);
    inbox.thread.start();
    return inbox;
  }

  @Override
  public void close() {
    closing.countDown();
    Threads.join(thread);
  }

  private void run(Claims first) {
    deliverFrom(first);
    while (isOpen()) {
      try {
        if (!closing.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
          deliverFrom(Claims.open(dataSource.getConnection(), receiver, options));
        }
      } catch (SQLException | ChannelException e) {
        LOG.warn("cannot connect, will try again: receiver={}", receiver, e);
      } catch (InterruptedException _) {
        LOG.debug("interrupted: receiver={}", receiver);
      }
    }
  }

  private void deliverFrom(Claims claims) {
    try (claims) {
      while (isOpen()) {
        claims.deliver(listener, this::isOpen);
      }
    } catch (SQLException e) {
      LOG.warn("cannot receive, will try again: receiver={}", receiver, e);
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }
}
