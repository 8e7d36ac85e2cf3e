package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who brings too much waits, and is let in or let go. */
@Timeout(300)
class RoomTest {
  private static final int MAX_MESSAGES = 100;

  private final Room room = new Room(MAX_MESSAGES);

  @Test
  void enter_full_waitsForOneToLeave() throws Exception {
    fill();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    assertThat(entered).isNotDone();
    room.leave(1);
    assertThat(Eventually.get(entered)).isTrue();
  }

  @Test
  void enter_tooManyBytes_waits() throws Exception {
    assertThat(room.enter((int) Room.MAX_BYTES)).isTrue();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    assertThat(entered).isNotDone();
    room.leave((int) Room.MAX_BYTES);
    assertThat(Eventually.get(entered)).isTrue();
  }

  @Test
  void close_letsGoWhoWaits() throws Exception {
    fill();
    CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(() -> room.enter(1));
    room.close();
    assertThat(Eventually.get(entered)).isFalse();
    assertThat(room.enter(1)).isFalse();
  }

  private void fill() {
    for (int message = 0; message < MAX_MESSAGES; message++) {
      assertThat(room.enter(1)).isTrue();
    }
  }
}
