package dev.aeon.apm.channel;

import dev.aeon.apm.Eventually;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.InvalidMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Notes what an inbox delivers, for a test to wait for. */
public final class RecordingListener implements InboxListener {
  private final BlockingQueue<Delivery> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<BadInput> malformed = new LinkedBlockingQueue<>();
  private final BlockingQueue<SequenceGap> gaps = new LinkedBlockingQueue<>();

  @Override
  public void onLine(Delivery delivery) {
    byte[] line = delivery.line();
    lines.add(delivery);
    if (line.length > 0 && line[0] == '!') {
      throw new IllegalStateException("a listener that fails");
    }
  }

  @Override
  public void onMalformed(BadInput input) {
    malformed.add(input);
  }

  @Override
  public void onGap(SequenceGap gap) {
    gaps.add(gap);
  }

  public String nextLine() throws InterruptedException {
    return renumbered(nextDelivery().line());
  }

  /** The next line, where it may take longer to come. */
  public String nextLine(Duration patience) throws InterruptedException {
    return renumbered(Eventually.next(lines, patience).line());
  }

  /**
   * A message's line as if it were the first of its channel, so that what was sent can be compared
   * with what a channel that numbers its lines delivers; what is no message as it is.
   */
  public static String renumbered(byte[] line) {
    try {
      byte[] text = JsonCodec.decode(line).fields().toBytesLedBy("metadata", "seq", 1);
      return new String(text, StandardCharsets.UTF_8);
    } catch (InvalidMessageException _) {
      return new String(line, StandardCharsets.UTF_8);
    }
  }

  public Delivery nextDelivery() throws InterruptedException {
    return Eventually.next(lines);
  }

  public BadInput nextMalformed() throws InterruptedException {
    return Eventually.next(malformed);
  }

  public SequenceGap nextGap() throws InterruptedException {
    return Eventually.next(gaps);
  }

  public boolean hasMore() {
    return !lines.isEmpty() || !malformed.isEmpty() || !gaps.isEmpty();
  }
}
