package dev.aeon.apm.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.store.CompactKeys.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A set in few bytes says of every key what a plain set says. */
class CompactKeysTest {
  private static final long SEED = Long.getLong("aeon.seed", System.nanoTime());

  private final CompactKeys keys = new CompactKeys();

  private static DeduplicationKey key(String sender, long epoch, String id) {
    return new DeduplicationKey(new AgentId(sender), epoch, new MessageId("msg_" + id));
  }

  private boolean contains(DeduplicationKey key) {
    return keys.contains(new Wanted(key));
  }

  @Test
  void contains_anythingThatWasAdded_isExact() {
    Random random = new Random(SEED);
    Set<DeduplicationKey> plain = new HashSet<>();
    for (int count = 0; count < 50_000; count++) {
      DeduplicationKey key =
          key(
              "agent" + random.nextInt(4),
              random.nextInt(3),
              "x".repeat(random.nextInt(40)) + random.nextInt(20_000));
      assertThat(contains(key)).as("seed=%d key=%s", SEED, key).isEqualTo(plain.contains(key));
      keys.add(new Wanted(key));
      plain.add(key);
      assertThat(contains(key)).as("seed=%d key=%s", SEED, key).isTrue();
    }
    assertThat(keys.size()).isEqualTo(plain.size());
    List<DeduplicationKey> listed = new ArrayList<>();
    keys.forEach(listed::add);
    assertThat(listed).hasSameSizeAs(plain);
    assertThat(new HashSet<>(listed)).isEqualTo(plain);
  }

  @Test
  void contains_sameIdOfAnotherSenderOrLife_isAnotherKey() {
    keys.add(new Wanted(key("a", 1, "1")));
    assertThat(contains(key("a", 1, "1"))).isTrue();
    assertThat(contains(key("b", 1, "1"))).isFalse();
    assertThat(contains(key("a", 2, "1"))).isFalse();
    assertThat(contains(key("a", 1, "11"))).isFalse();
  }

  @Test
  void add_shortestAndLongestIds_areKept() {
    String longest = "x".repeat(120);
    keys.add(new Wanted(key("a", Long.MAX_VALUE, "1")));
    keys.add(new Wanted(key("a", Long.MAX_VALUE, longest)));
    keys.add(new Wanted(key("a", Long.MAX_VALUE, longest)));
    List<DeduplicationKey> listed = new ArrayList<>();
    keys.forEach(listed::add);
    assertThat(listed)
        .containsExactly(key("a", Long.MAX_VALUE, "1"), key("a", Long.MAX_VALUE, longest));
  }
}
