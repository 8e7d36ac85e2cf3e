package dev.aeon.apm.channel.combined;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.internal.Turn;
import dev.aeon.apm.message.AgentId;
import java.util.ArrayList;
import java.util.List;

/**
 * Several kinds of channels at once: which of them a message goes by is chosen for each pair of
 * agents, and an inbox takes what comes by any. So some pairs can have files and others memory
 * alone, and two kinds can be in use while one replaces the other. Thread-safe.
 */
public final class CombinedChannels implements Channels {
  private final Choice choice;
  private final List<Channels> kinds;

  /** Which kind of channels serves a pair. Asked from any thread at each opening. */
  @FunctionalInterface
  public interface Choice {
    /** One of the kinds. */
    Channels between(AgentId sender, AgentId receiver);
  }

  /**
   * Of the given kinds.
   *
   * @param kinds that an inbox listens to
   */
  public CombinedChannels(Choice choice, List<Channels> kinds) {
    this.choice = choice;
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    return choice.between(sender, receiver).open(sender, receiver);
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    CombinedInbox inbox = new CombinedInbox(listener);
    try {
      kinds.forEach(kind -> inbox.opened.add(kind.listen(receiver, inbox)));
      return inbox;
    } catch (RuntimeException e) {
      inbox.close();
      throw e;
    }
  }

  /** Lets the kinds' threads to the listener one at a time. */
  private static final class CombinedInbox implements Inbox, InboxListener {
    private final InboxListener listener;
    private final Turn turn = new Turn();
    private final List<Inbox> opened = new ArrayList<>();

    CombinedInbox(InboxListener listener) {
      this.listener = listener;
    }

    @Override
    public void onLine(Delivery delivery) {
      turn.take(() -> listener.onLine(delivery));
    }

    @Override
    public void onMalformed(BadInput input) {
      turn.take(() -> listener.onMalformed(input));
    }

    @Override
    public void onGap(SequenceGap gap) {
      turn.take(() -> listener.onGap(gap));
    }

    @Override
    public void close() {
      turn.end();
      opened.forEach(Inbox::close);
    }
  }
}
