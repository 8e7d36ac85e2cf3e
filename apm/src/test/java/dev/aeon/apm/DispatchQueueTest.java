package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DispatchQueueTest {
  private final DispatchQueue<String> queue = new DispatchQueue<>(1000);

  private void add(String item, Priority priority, String... keys) {
    queue.add(item, priority, Set.of(keys));
  }

  private List<String> takeAll(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      taken.add(queue.take());
    }
    return taken;
  }

  @Test
  void take_severalPriorities_higherFirstThenByArrival() throws Exception {
    add("low", Priority.LOW);
    add("normal1", Priority.NORMAL);
    add("high1", Priority.HIGH);
    add("normal2", Priority.NORMAL);
    add("high2", Priority.HIGH);
    assertThat(takeAll(5)).containsExactly("high1", "high2", "normal1", "normal2", "low");
  }

  @Test
  void take_sharedKey_earlierComesFirstWhateverItsPriority() throws Exception {
    add("other", Priority.NORMAL);
    add("step1", Priority.LOW, "task");
    add("step2", Priority.NORMAL, "task");
    add("step3", Priority.HIGH, "task");
    assertThat(takeAll(4)).containsExactly("step1", "step2", "step3", "other");
  }

  @Test
  void take_keysLinkThree_theFirstOfAllComesFirst() throws Exception {
    add("a", Priority.LOW, "x");
    add("b", Priority.LOW, "x", "y");
    add("c", Priority.HIGH, "y");
    assertThat(takeAll(3)).containsExactly("a", "b", "c");
  }

  @Test
  void take_neverEndingHigher_servesLowOnceInSixteen() throws Exception {
    add("low", Priority.LOW);
    for (int index = 0; index < 40; index++) {
      add("high" + index, Priority.HIGH);
    }
    assertThat(takeAll(DispatchQueue.LOW_EVERY).indexOf("low"))
        .isEqualTo(DispatchQueue.LOW_EVERY - 1);
  }

  @Test
  void add_beyondCapacity_isRefused() throws Exception {
    DispatchQueue<String> small = new DispatchQueue<>(1);
    small.add("a", Priority.LOW, Set.of());
    assertThat(small.hasRoom()).isFalse();
    assertThatThrownBy(() -> small.add("b", Priority.HIGH, Set.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(small.take()).isEqualTo("a");
    assertThat(small.hasRoom()).isTrue();
  }

  @Test
  void take_randomItems_keepsEveryKeysOrderAndLosesNothing() throws Exception {
    long seed = Long.getLong("aeon.seed", 20_251_112);
    Random random = new Random(seed);
    Map<String, List<Integer>> taken = new HashMap<>();
    DispatchQueue<Map.Entry<Integer, Set<String>>> items = new DispatchQueue<>(100);
    int added = 0;
    int count = 0;
    while (count < 5000) {
      if (items.hasRoom() && (added == count || random.nextBoolean())) {
        Set<String> keys = Set.of("a" + random.nextInt(9), "b" + random.nextInt(9));
        Priority priority = List.of(Priority.values()).get(random.nextInt(3));
        items.add(Map.entry(added++, keys), priority, keys);
      } else {
        Map.Entry<Integer, Set<String>> item = items.take();
        item.getValue()
            .forEach(key -> taken.computeIfAbsent(key, _ -> new ArrayList<>()).add(item.getKey()));
        count++;
      }
    }
    taken.forEach((key, numbers) ->
        assertThat(numbers).as("key=%s seed=%d", key, seed).isSorted().doesNotHaveDuplicates());
  }

  @Test
  void keys_strictSender_linkAllItsMessages() {
    Message message = Samples.message("t1");
    assertThat(new DispatchKeys(_ -> false).of(message))
        .containsExactlyInAnyOrder("correlation req_t1", "task t1");
    assertThat(new DispatchKeys(Samples.MANAGER.agentId()::equals).of(message))
        .contains("channel manager_001");
  }
}
