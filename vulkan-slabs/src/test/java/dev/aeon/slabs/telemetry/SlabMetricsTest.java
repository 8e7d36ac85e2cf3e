package dev.aeon.slabs.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscRing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlabMetricsTest {
  private static final int CAPACITY = 1 << 10;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void meters_ofASlab_followItsFillLevel() {
    Slab slab = device.allocate(4096);
    new SlabMetrics("vectors", slab).bindTo(registry);
    slab.fillLevel().record(3000);
    slab.fillLevel().resetWatermarks();
    slab.fillLevel().record(1000);
    slab.fillLevel().record(2000);
    assertThat(gauge("psyne.slab.capacity.bytes", "slab", "vectors")).isEqualTo(4096);
    assertThat(gauge("psyne.slab.fill.bytes", "slab", "vectors")).isEqualTo(2000);
    assertThat(gauge("psyne.slab.highwater.bytes", "slab", "vectors")).isEqualTo(3000);
    assertThat(gauge("psyne.slab.lowwater.bytes", "slab", "vectors")).isEqualTo(1000);
    assertThat(registry.get("psyne.slab.fill.bytes").tag("kind", "HOST").gauge()).isNotNull();
  }

  @Test
  void meters_ofARing_followItsPositions() {
    SpscRing ring = SpscRing.create(device.allocate(SpscRing.slabByteSize(CAPACITY)));
    new RingMetrics("orders", ring).bindTo(registry);
    for (int record = 0; record < 3; record++) {
      ring.producer().claim(24);
      ring.producer().commit();
    }
    ring.consumer().peek();
    ring.consumer().release();
    assertThat(gauge("psyne.ring.capacity.bytes", "ring", "orders")).isEqualTo(CAPACITY);
    assertThat(gauge("psyne.ring.fill.bytes", "ring", "orders")).isEqualTo(64);
    assertThat(registry.get("psyne.ring.written.bytes").functionCounter().count()).isEqualTo(96);
  }

  private double gauge(String meter, String tag, String value) {
    return registry.get(meter).tag(tag, value).gauge().value();
  }
}
