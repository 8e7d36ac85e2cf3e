package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who brings too much waits, and is let in or let go. */
@Timeout(60)
class RoomTest {
  private final Room room = new Room();

  @Test
  void enter_full_waitsForOneToLeave() throws Exception {
    fill();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    assertThat(entered).isNotDone();
    room.leave(1);
    assertThat(entered.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void enter_tooManyBytes_waits() throws Exception {
    assertThat(room.enter((int) Room.MAX_BYTES)).isTrue();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    assertThat(entered).isNotDone();
    room.leave((int) Room.MAX_BYTES);
    assertThat(entered.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void close_letsGoWhoWaits() throws Exception {
    fill();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    room.close();
    assertThat(entered.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(room.enter(1)).isFalse();
  }

  private void fill() {
    for (int message = 0; message < Room.MAX_MESSAGES; message++) {
      assertThat(room.enter(1)).isTrue();
    }
  }
}
