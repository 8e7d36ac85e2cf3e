package dev.aeon.apm;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.track.Carrier;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Presence;
import java.util.concurrent.CompletableFuture;

/** Takes a bus's messages to its channels and counts them. Thread-safe. */
final class BusCarrier implements Carrier {
  private final Outbox outbox;
  private final Registry registry;
  private final UnknownReceivers unknown;
  private final Counters counters;

  BusCarrier(Outbox outbox, Registry registry, UnknownReceivers unknown, Counters counters) {
    this.outbox = outbox;
    this.registry = registry;
    this.unknown = unknown;
    this.counters = counters;
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage copy) {
    return counted(outbox.append(copy))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(undelivered(copy, failure)));
  }

  @Override
  public boolean remind(RoutedMessage copy) {
    return outbox.remind(copy);
  }

  /** Counts a message once its channel has taken it over. */
  CompletableFuture<Void> counted(CompletableFuture<Void> append) {
    return append.thenRun(counters.sent::increment);
  }

  /** Whether a message to {@code receiver} may go out, or has to wait for it. */
  Presence presenceOf(AgentIdentity receiver) {
    if (unknown == UnknownReceivers.REFUSE) {
      return Presence.KNOWN; // what is not, the router refused
    }
    return registry
        .find(receiver.agentId())
        .map(found -> found.equals(receiver) ? Presence.KNOWN : Presence.OF_ANOTHER_TYPE)
        .orElse(Presence.UNKNOWN);
  }

  private static DeliveryException undelivered(RoutedMessage copy, Throwable failure) {
    Throwable cause = failure.getCause() instanceof ChannelException known ? known : failure;
    return cause instanceof ChannelException known
        ? new DeliveryException(
            known.code(), "channel unavailable: receiver=" + copy.target(), known)
        : DeliveryException.of(cause);
  }
}
