package dev.aeon.apm.telemetry;

import dev.aeon.apm.message.AgentId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * One bus's meters, each with the tag {@code agent}, in the registry while the bus is open:
 *
 * <pre>
 * apm.messages            counter  outcome: sent, received, refused, quarantined, …
 * apm.messages.under.way  gauge    neither delivered nor given up
 * apm.messages.parked     gauge    of these, for agents that are not registered yet
 * apm.dead.letters        gauge    what the dead-letter queue holds
 * apm.acknowledgement     timer    type; from send to the last recipient's ACK
 * apm.handling            timer    type; what the handler took
 * </pre>
 *
 * Thread-safe.
 */
public final class Meters implements AutoCloseable {
  private final MeterRegistry registry;
  private final String agent;
  private final List<Meter> meters = new ArrayList<>();

  /** What counters are read from; a registry keeps no hold of them by itself. */
  private final List<LongSupplier> counts = new ArrayList<>();

  private final Map<String, Timer> acknowledgements = new ConcurrentHashMap<>();
  private final Map<String, Timer> handlings = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry, AgentId agent) {
    this.registry = registry;
    this.agent = agent.value();
  }

  /** Adds a counter of messages that came to {@code outcome}. */
  public synchronized void count(String outcome, LongSupplier count) {
    counts.add(count);
    meters.add(
        FunctionCounter.builder("apm.messages", count, LongSupplier::getAsLong)
            .description("Messages by what became of them")
            .baseUnit("messages")
            .tag("agent", agent)
            .tag("outcome", outcome)
            .register(registry));
  }

  public synchronized void gauge(String name, String description, IntSupplier value) {
    meters.add(
        Gauge.builder(name, value::getAsInt)
            .description(description)
            .baseUnit("messages")
            .tag("agent", agent)
            .register(registry));
  }

  /** A message was acknowledged by all of its recipients. */
  public void acknowledged(String typeName, long nanos) {
    acknowledgements
        .computeIfAbsent(
            typeName,
            type -> timer("apm.acknowledgement", "From send to the last recipient's ACK", type))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A message was handled, well or not. */
  public void handled(String typeName, long nanos) {
    handlings
        .computeIfAbsent(typeName, type -> timer("apm.handling", "What the handler took", type))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String name, String description, String typeName) {
    return Timer.builder(name)
        .description(description)
        .tag("agent", agent)
        .tag("type", typeName)
        .register(registry);
  }

  /** Takes the meters out of the registry. Again closing does nothing. */
  @Override
  public synchronized void close() {
    meters.forEach(registry::remove);
    acknowledgements.values().forEach(registry::remove);
    handlings.values().forEach(registry::remove);
    meters.clear();
    counts.clear();
  }
}
