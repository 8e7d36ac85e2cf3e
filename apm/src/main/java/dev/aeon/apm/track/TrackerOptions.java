package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.route.RoutedMessage;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a tracker works by.
 *
 * @param clock what times to live are measured by
 * @param timers what time-outs are measured by
 * @param jitter spreads retries
 * @param policies time-outs and retries of each type
 * @param mustAnswer whether silence about a message is a failure; where not, it ends unconfirmed
 * @param presence whether a receiver is known; asked before each try, outside the tracker's lock
 * @param maxByteSize how many bytes of memory messages under way may take, about a kilobyte counted
 *     for each beside its line
 * @param pending remembers what is under way
 */
public record TrackerOptions(
    InstantSource clock,
    Timers timers,
    Jitter jitter,
    Function<MessageType, RetryPolicy> policies,
    Predicate<RoutedMessage> mustAnswer,
    Function<AgentIdentity, Presence> presence,
    long maxByteSize,
    PendingStore pending) {}
