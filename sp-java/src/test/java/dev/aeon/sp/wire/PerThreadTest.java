package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerThreadTest {
  private static final int THREAD_COUNT = 100;

  private final PerThread<Object> values = new PerThread<>(Object::new);
  private final Set<Object> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> violations = ConcurrentHashMap.newKeySet();

  static List<Thread.Builder> kinds() {
    return List.of(Thread.ofPlatform(), Thread.ofVirtual());
  }

  /** More threads than slots, so that some share one. */
  @ParameterizedTest
  @MethodSource("kinds")
  void get_manyThreadsAtOnce_eachHasItsOwnAndKeepsIt(Thread.Builder kind) throws Exception {
    CyclicBarrier allHaveAsked = new CyclicBarrier(THREAD_COUNT);
    run(
        kind,
        THREAD_COUNT,
        () -> {
          Object first = values.get();
          seen.add(first);
          allHaveAsked.await();
          if (!first.equals(values.get())) {
            violations.add("another value came later");
          }
        });
    assertThat(violations).isEmpty();
    assertThat(seen).hasSize(THREAD_COUNT);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void get_threadsAfterOthersEnded_haveNoneOfTheirs(Thread.Builder kind) throws Exception {
    for (int generation = 1; generation <= 3; generation++) {
      run(kind, THREAD_COUNT, () -> seen.add(values.get()));
      assertThat(seen).hasSize(generation * THREAD_COUNT);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void run(Thread.Builder kind, int count, Work work) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          kind.start(() -> {
            try {
              go.await();
              work.run();
            } catch (Exception e) {
              violations.add(e.toString());
            }
          }));
    }
    go.countDown();
    for (Thread each : threads) {
      each.join();
    }
    assertThat(violations).isEmpty();
  }
}
