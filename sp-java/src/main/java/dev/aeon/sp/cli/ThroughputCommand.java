package dev.aeon.sp.cli;

import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sp bench throughput}: messages a second. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "Measures messages a second: where something comes back (reqrep, survey) the conversations",
      "that end, else what arrives; patterns that may drop messages say how many were lost."
    })
final class ThroughputCommand implements Callable<Integer> {
  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(
      names = {"-o", "--outstanding"},
      paramLabel = "N",
      defaultValue = "64",
      description = "requests out at a time, each in a context (default: ${DEFAULT-VALUE})")
  private int outstanding;

  @Option(
      names = "--patient",
      description = "pubsub: publishing waits for slow subscribers instead of dropping")
  private boolean patient;

  private final Console console;

  ThroughputCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.check();
    BenchOptions.refuse(
        outstanding < 1, "fewer than 1 request cannot be out: outstanding=" + outstanding);
    BenchOptions.refuse(
        patient && options.pattern != PatternName.PUBSUB, "only publishing can be patient");
    try (BenchEnds ends = BenchEnds.open(options)) {
      if (patient && options.hasClient()) {
        ends.client().socket().set(SpOptions.WAIT_FOR_SUBSCRIBERS, true);
      }
      if (!options.hasClient()) {
        console.text().println("listening at " + ends.url());
      }
      Throughput result =
          Role.of(options.pattern.client) == Role.ASKS
              ? new AskingLoad(ends, options, outstanding).run()
              : new SendingLoad(ends, options).run();
      result.print(options, ends.url(), console.text());
    } catch (SpException e) {
      throw new FatalException(String.valueOf(e.getMessage()));
    }
    return 0;
  }
}
