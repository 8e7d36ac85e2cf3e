package dev.aeon.checks.bench.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingSubjectTest {
  private static final int RECORDS = 20_000;

  @Test
  void arguments_ofASubject_areReadAsTheSame() {
    RingSubject subject = RingSubject.batched(1024);

    assertThat(RingSubject.parse(subject.arguments("aeon"))).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aeon", "aeon-broadcast", "agrona", "jctools", "disruptor"})
  void records_ofOneProducer_areReadWholeAndInOrder(String system) {
    try (Ring ring = Ring.open(system, 64, 32)) {
      long sequence = 0;
      long read = 0;
      while (read < RECORDS) {
        sequence += ring.offer(sequence, 32);
        read += ring.drain(100);
      }

      assertThat(read).isLessThanOrEqualTo(sequence);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aeon", "aeon-spsc", "agrona", "jctools"})
  void records_ofTwoProducers_areReadWholeAndInTheOrderOfEach(String system) {
    try (ManyRing ring = ManyRing.open(system, 64, 2)) {
      int read = 0;
      for (long sequence = 0; sequence < RECORDS / 2; sequence++) {
        assertThat(ring.offer(0, sequence)).isTrue();
        assertThat(ring.offer(1, sequence)).isTrue();
        read += ring.drain(100);
      }

      assertThat(read + ring.drain(RECORDS)).isEqualTo(RECORDS);
    }
  }
}
