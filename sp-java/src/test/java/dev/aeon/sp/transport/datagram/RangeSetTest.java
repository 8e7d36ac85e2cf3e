package dev.aeon.sp.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeSetTest {
  private static final int LIMIT = 200;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rangeSet_anyOperations_agreesWithABitSet(long seed) {
    Random random = new Random(seed);
    RangeSet ranges = new RangeSet();
    BitSet model = new BitSet();
    for (int round = 0; round < 2_000; round++) {
      int begin = random.nextInt(LIMIT);
      int end = begin + random.nextInt(20);
      if (random.nextBoolean()) {
        ranges.add(begin, end);
        model.set(begin, end);
      } else {
        ranges.remove(begin, end);
        model.clear(begin, end);
      }
      assertSame(ranges, model);
    }
  }

  private static void assertSame(RangeSet ranges, BitSet model) {
    int index = 0;
    for (int begin = model.nextSetBit(0); begin >= 0; index++) {
      int end = model.nextClearBit(begin);
      assertThat(ranges.begin(index)).isEqualTo(begin);
      assertThat(ranges.end(index)).isEqualTo(end);
      assertThat(ranges.contains(begin) && ranges.contains(end - 1)).isTrue();
      assertThat(ranges.contains(end)).isFalse();
      begin = model.nextSetBit(end);
    }
    assertThat(ranges.count()).isEqualTo(index);
  }
}
