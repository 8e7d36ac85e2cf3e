package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.ChildProcess;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.util.concurrent.CountDownLatch;

/** A process that prints the id of each message it is given, then settles it. */
public final class KilledReader {
  static final String TORN = "TORN";

  private KilledReader() {}

  public static void main(String[] arguments) throws InterruptedException {
    KilledWriter.channels(arguments).listen(Samples.WORKER.agentId(), new Printer());
    new CountDownLatch(1).await();
  }

  static final class Printer implements InboxListener {
    @Override
    public void onLine(Delivery delivery) {
      switch (Validator.validate(delivery.line())) {
        case Verdict.Valid(var valid) -> ChildProcess.print(valid.message().messageId());
        case Verdict.Invalid invalid -> ChildProcess.print(TORN + " " + invalid.violations());
      }
      delivery.settle();
    }

    @Override
    public void onMalformed(BadInput input) {
      ChildProcess.print(TORN + " " + input.violations());
    }
  }
}
