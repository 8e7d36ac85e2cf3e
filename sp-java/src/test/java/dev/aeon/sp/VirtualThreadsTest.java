package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blocking calls on virtual threads hold no carrier. */
@Timeout(120)
class VirtualThreadsTest {
  private static final int BLOCKED = 1_000;

  @TempDir private Path folder;

  /**
   * A thousand blocked receivers are far more than there are carriers: if one of them held its
   * carrier, the request and reply beside them would not come through, and the recording would name
   * it. Whoever loads a class holds its carrier meanwhile, so all is done once before.
   */
  @Test
  void thousandBlockedInReceive_othersMakeProgressAndNoneIsPinned() throws Exception {
    blockAndConverse(2);
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      blockAndConverse(BLOCKED);
      recording.stop();
      assertThat(pinnedInSockets(recording)).isEmpty();
    }
  }

  private void blockAndConverse(int count) throws InterruptedException {
    AtomicInteger woken = new AtomicInteger();
    List<Thread> blocked = new ArrayList<>();
    try (PullSocket pull = PullSocket.open();
        ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      var _ = pull.listen("ipc://" + folder.resolve("pull"));
      for (int index = 0; index < count; index++) {
        blocked.add(Thread.startVirtualThread(() -> receiveUntilClosed(pull, woken)));
      }
      Await.until(
          () -> blocked.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING));
      converse(req, rep);
      assertThat(woken).hasValue(0);
    }
    for (Thread each : blocked) {
      each.join();
    }
    assertThat(woken).hasValue(count);
  }

  private static void receiveUntilClosed(PullSocket pull, AtomicInteger woken) {
    try {
      pull.receive().close();
    } catch (SpClosedException closed) {
      woken.incrementAndGet();
    }
  }

  private void converse(ReqSocket req, RepSocket rep) throws InterruptedException {
    req.dial(rep.listen("ipc://" + folder.resolve("rep")).url());
    CountDownLatch done = new CountDownLatch(2);
    Thread.startVirtualThread(() -> {
      for (int round = 0; round < 500; round++) {
        rep.send(rep.receive());
      }
      done.countDown();
    });
    Thread.startVirtualThread(() -> {
      for (int round = 0; round < 500; round++) {
        req.send(new byte[64]);
        req.receive().close();
      }
      done.countDown();
    });
    done.await();
  }

  private List<RecordedEvent> pinnedInSockets(Recording recording) throws IOException {
    Path file = folder.resolve("pinned.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> String.valueOf(event.getStackTrace()).contains("dev.aeon.sp"))
        // A class is initialised once, by whoever comes first: that is no waiting of ours.
        .filter(event -> !event.getString("pinnedReason").contains("initialization"))
        .toList();
  }
}
