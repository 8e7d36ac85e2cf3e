package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntMapTest {
  /** Few keys make for many collisions, removals and gaps. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomWalk_agreesWithHashMap(long seed) {
    Random random = new Random(seed);
    IntMap<String> map = new IntMap<>();
    Map<Integer, String> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      int key = random.nextInt(200) * (random.nextBoolean() ? 1 : 0x1000_0001);
      if (random.nextInt(3) == 0) {
        assertThat(map.remove(key)).isEqualTo(model.remove(key));
      } else {
        map.put(key, "v" + step);
        model.put(key, "v" + step);
      }
      assertThat(map.get(key)).isEqualTo(model.get(key));
      assertThat(map.size()).isEqualTo(model.size());
    }
    Map<String, Boolean> seen = new HashMap<>();
    map.forEach(value -> seen.put(value, true));
    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(model.values());
    model.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
  }
}
