package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final long MEGABYTE = 1 << 20;

  private final MemoryBudget budget = new MemoryBudget(8 * MEGABYTE, Duration.ofMinutes(1));

  @Test
  void share_beyondTheBudget_waitsUntilOthersEnd() {
    MemoryBudget.Share first = budget.take(6 * MEGABYTE);
    CompletableFuture<MemoryBudget.Share> second =
        CompletableFuture.supplyAsync(() -> budget.take(6 * MEGABYTE));
    assertThat(second).isNotDone();
    first.close();
    assertThat(second).succeedsWithin(Duration.ofMinutes(1));
  }

  @Test
  void share_thatIsSmall_neverWaits() {
    try (MemoryBudget.Share all = budget.take(8 * MEGABYTE);
        MemoryBudget.Share small = budget.take(1_000)) {
      assertThat(all).isNotSameAs(small);
    }
  }

  @Test
  void share_largerThanTheBudget_getsAllOfIt() {
    try (MemoryBudget.Share all = budget.take(100 * MEGABYTE)) {
      assertThat(all).isNotNull();
    }
  }

  @Test
  void share_thatWaitsForTooLong_isRefused() {
    MemoryBudget impatient = new MemoryBudget(MEGABYTE, Duration.ZERO);
    try (MemoryBudget.Share all = impatient.take(MEGABYTE)) {
      assertThat(all).isNotNull();
      assertThatThrownBy(() -> impatient.take(MEGABYTE))
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.UNAVAILABLE));
    }
  }
}
