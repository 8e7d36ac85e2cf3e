package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DispatcherTest {
  private static final DispatchKeys KEYS = new DispatchKeys(_ -> false);

  private final BlockingQueue<Message> handled = new LinkedBlockingQueue<>();

  @Test
  void messages_thatComeBeforeTheStart_waitForIt() throws Exception {
    Dispatcher dispatcher = new Dispatcher("test", KEYS, (message, _) -> handled.add(message));
    Message early = Samples.message("task_1");
    dispatcher.dispatch(early, Samples.delivery());
    assertThat(handled).isEmpty();
    dispatcher.start();
    assertThat(handled.take()).isEqualTo(early);
    dispatcher.close();
  }

  @Test
  void close_neverStarted_returns() {
    Dispatcher dispatcher = new Dispatcher("test", KEYS, (message, _) -> handled.add(message));
    dispatcher.dispatch(Samples.message("task_1"), Samples.delivery());
    dispatcher.close();
    assertThat(handled).isEmpty();
  }

  @Test
  void close_byTheHandlerItself_returns() throws Exception {
    BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
    Dispatcher[] own = new Dispatcher[1];
    own[0] =
        new Dispatcher(
            "test",
            KEYS,
            (_, _) -> {
              own[0].close();
              closed.add(true);
            });
    own[0].dispatch(Samples.message("task_1"), Samples.delivery());
    own[0].start();
    assertThat(closed.take()).isTrue();
  }
}
