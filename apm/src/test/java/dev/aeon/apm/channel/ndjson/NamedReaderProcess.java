package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.ChildProcess;
import dev.aeon.apm.Samples;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that reads under the name of its second argument, and prints what it is given. */
public final class NamedReaderProcess {
  static final String READY = "READY";

  private NamedReaderProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    NdjsonOptions named = NdjsonOptions.defaults().withReader(arguments[1]);
    new NdjsonChannels(Path.of(arguments[0]), _ -> {}, named)
        .listen(Samples.WORKER.agentId(), new KilledReader.Printer());
    ChildProcess.print(READY);
    new CountDownLatch(1).await();
  }
}
