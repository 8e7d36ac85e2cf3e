package dev.aeon.apm.internal;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.channel.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws from ending the reader that calls it. */
public final class GuardedListener implements InboxListener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private final InboxListener listener;

  public GuardedListener(InboxListener listener) {
    this.listener = listener;
  }

  @Override
  public void onLine(Delivery delivery) {
    guarded(delivery.source(), () -> listener.onLine(delivery));
  }

  @Override
  public void onMalformed(BadInput input) {
    guarded(input.source(), () -> listener.onMalformed(input));
  }

  @Override
  public void onGap(SequenceGap gap) {
    guarded(gap.source(), () -> listener.onGap(gap));
  }

  private static void guarded(Source source, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.error("listener failed: source={}", source, e);
    }
  }
}
