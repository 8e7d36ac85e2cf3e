package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.option.StoreOption;
import dev.aeon.spoke.usage.HelpOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code sprocket} command: compiles what is published into a store until it is ended. */
@Command(
    name = "sprocket",
    version = "sprocket 0.1.0",
    description = "Compiles versions as they are published, so that downloads wait for nothing.")
public final class SprocketCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = {"-delay", "--delay"},
      defaultValue = "10s",
      converter = Delay.class,
      description = "how long a module must be quiet first (default: ${DEFAULT-VALUE})")
  private Duration delay = Duration.ZERO;

  @Option(
      names = {"-lang", "--lang", "-languages", "--languages"},
      defaultValue = "cpp,go,java,python",
      split = ",",
      description = "what to compile for (default: ${DEFAULT-VALUE})")
  private List<String> languages = List.of();

  @Option(
      names = {"-workers", "--workers"},
      defaultValue = "2",
      description = "compilers that run at the same time (default: ${DEFAULT-VALUE})")
  private int workers;

  @Option(
      names = {"-once", "--once"},
      description = "compile what is there and end; exit code 1 where something failed")
  private boolean isOnce;

  /** For the command line to fill. */
  public SprocketCommand() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(newCommandLine().execute(arguments));
  }

  static CommandLine newCommandLine() {
    CommandLine line = new CommandLine(new SprocketCommand());
    HelpOptions.addVersionTo(line);
    HelpOptions.addHelpTo(line);
    return line.setPosixClusteredShortOptionsAllowed(false)
        .setExecutionExceptionHandler((e, commandLine, result) -> {
          commandLine.getErr().println("sprocket: " + e.getMessage());
          return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  @Override
  public Integer call() {
    SprocketSettings settings =
        new SprocketSettings(
            languages.stream().map(Language::parse).distinct().toList(),
            isOnce ? Duration.ZERO : delay,
            Math.clamp(workers, 1, 64));
    Printer printer = new Printer(spec.commandLine().getOut(), spec.commandLine().getErr());
    InstantSource clock = InstantSource.system();
    try (SchemaRegistry registry = new SchemaRegistry(store.open(), clock);
        Sprocket sprocket =
            new Sprocket(registry, new JobBoard(registry.workBoard()), settings, printer, clock)) {
      if (isOnce) {
        return runOnce(sprocket, printer);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(sprocket::close, "sprocket-close"));
      printer.out.println("sprocket: watching " + store + " for " + languages);
      sprocket.run();
      return 0;
    }
  }

  private static int runOnce(Sprocket sprocket, Printer printer) {
    sprocket.runUntilIdle();
    return printer.failures.get() == 0 ? 0 : 1;
  }

  private static final class Printer implements SprocketObserver {
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicInteger failures = new AtomicInteger();

    Printer(PrintWriter out, PrintWriter err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public void compiled(Job job, int files) {
      out.println("compiled " + job + " files=" + files);
    }

    @Override
    public void failed(Job job, String message) {
      failures.incrementAndGet();
      err.println("failed " + job + ": " + message);
    }
  }
}
