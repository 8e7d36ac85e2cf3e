package dev.aeon.slabs.telemetry;

import dev.aeon.slabs.memory.Slab;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * What a slab holds, as those that hand out its bytes say. The registry does not keep the slab from
 * being collected; its meters are no numbers then.
 */
public final class SlabMetrics implements MeterBinder {
  private final String name;
  private final Slab slab;

  /**
   * @param name tells it from other slabs, by the tag {@code slab}
   */
  public SlabMetrics(String name, Slab slab) {
    this.name = name;
    this.slab = slab;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "psyne.slab.capacity.bytes", Slab::byteSize);
    gauge(registry, "psyne.slab.fill.bytes", each -> each.fillLevel().levelBytes());
    gauge(registry, "psyne.slab.highwater.bytes", each -> each.fillLevel().highWatermarkBytes());
    gauge(registry, "psyne.slab.lowwater.bytes", each -> each.fillLevel().lowWatermarkBytes());
  }

  private void gauge(MeterRegistry registry, String meter, ToDoubleFunction<Slab> value) {
    Gauge.builder(meter, slab, value)
        .tags(Tags.of("slab", name, "kind", slab.kind().name()))
        .register(registry);
  }
}
