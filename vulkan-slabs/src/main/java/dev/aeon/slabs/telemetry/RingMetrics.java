package dev.aeon.slabs.telemetry;

import dev.aeon.slabs.ring.SpscRing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What a ring holds and has carried, as its positions in memory say: nothing is counted for it, and
 * its ends may be in other processes. The registry does not keep the ring from being collected.
 */
public final class RingMetrics implements MeterBinder {
  private final String name;
  private final SpscRing ring;

  /**
   * @param name tells it from other rings, by the tag {@code ring}
   * @param ring whose slab stays open as long as the registry is asked
   */
  public RingMetrics(String name, SpscRing ring) {
    this.name = name;
    this.ring = ring;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("psyne.ring.capacity.bytes", ring, SpscRing::capacity)
        .tag("ring", name)
        .register(registry);
    Gauge.builder("psyne.ring.fill.bytes", ring, SpscRing::fillByteSize)
        .tag("ring", name)
        .register(registry);
    FunctionCounter.builder("psyne.ring.written.bytes", ring, SpscRing::writtenByteCount)
        .tag("ring", name)
        .register(registry);
  }
}
