package dev.aeon.checks.bench.agent;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a message costs without input and output: reading a line into an index, judging it whole,
 * and writing it again; beside it, what Jackson takes to read the same line into a tree, unjudged.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
  private static final JsonMapper JACKSON = JsonMapper.builder().build();

  /** One step of one system. */
  private interface Step {
    Object run();
  }

  /** Ours reads, judges, or writes; the tree only reads. */
  @Param({"aeon", "jackson-tree"})
  public String system;

  @Param({"decode", "validate", "encode"})
  public String step;

  /** How long the message's notes are. */
  @Param({"64", "16384"})
  public int noteLength;

  private Step chosen;

  @Setup
  public void choose() {
    Message message = Texts.message(noteLength);
    byte[] line = JsonCodec.encode(message);
    chosen = system.equals("aeon") ? ours(message, line) : tree(line);
  }

  private Step ours(Message message, byte[] line) {
    return switch (step) {
      case "decode" -> () -> JsonCodec.decode(line);
      case "validate" -> () -> requireValid(Validator.validate(line));
      default -> () -> rewritten(message);
    };
  }

  /** With another retry count, as each retry is. */
  private static byte[] rewritten(Message message) {
    Metadata metadata = message.envelope().metadata().toBuilder().retryCount(1).build();
    return JsonCodec.encode(message.toBuilder().metadata(metadata).build());
  }

  private static Verdict requireValid(Verdict verdict) {
    if (verdict instanceof Verdict.Invalid invalid) {
      throw new IllegalStateException("not valid: violations=" + invalid.violations());
    }
    return verdict;
  }

  private Step tree(byte[] line) {
    return step.equals("encode") ? writing(JACKSON.readTree(line)) : () -> JACKSON.readTree(line);
  }

  private static Step writing(Object tree) {
    return () -> JACKSON.writeValueAsBytes(tree);
  }

  @Benchmark
  public Object message() {
    return chosen.run();
  }
}
