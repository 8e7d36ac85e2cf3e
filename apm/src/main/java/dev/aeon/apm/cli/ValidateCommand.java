package dev.aeon.apm.cli;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.MessageSize;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.security.KeyFiles;
import dev.aeon.apm.security.Signatures;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Judges messages and finds everything that is wrong.",
      "One message a line, or one alone that may take several lines; -json prints each finding as a",
      "line of JSON."
    },
    footer = {
      "",
      "Examples:",
      "  apm validate message.json",
      "  apm validate .apm/channels/manager_001_to_impl_001/messages.ndjson",
      "  some-agent | apm validate -",
      "",
      "Exit codes: 0 all are valid, 1 a file cannot be read, 100 something was found."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-keys", "--keys"},
      paramLabel = "FILE",
      description = "a keyring: messages without a right signature are findings too")
  private @Nullable Path keys;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "files of messages, - for the standard input (default)")
  private List<String> files = List.of("-");

  private Optional<Signatures> signatures = Optional.empty();
  private long messageCount;
  private long invalidCount;

  @Override
  public Integer call() throws IOException {
    if (keys != null) {
      signatures = Optional.of(new Signatures(KeyFiles.read(keys), InstantSource.system()));
    }
    for (String file : files) {
      if (file.equals("-")) {
        validate("stdin", System.in);
      } else {
        try (InputStream in = Arguments.open(file)) {
          validate(file, in);
        }
      }
    }
    if (!output.isJson()) {
      output.out().println("messages=" + messageCount + " invalid=" + invalidCount);
    }
    output.out().flush();
    return invalidCount == 0 ? 0 : Failures.FOUND;
  }

  private void validate(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(JsonCodec.MAX_BYTE_SIZE + 1);
    if (start.length <= JsonCodec.MAX_BYTE_SIZE && isOneObject(start)) {
      judge(name, 1, start);
      return;
    }
    MessageLines lines =
        new MessageLines(new SequenceInputStream(new ByteArrayInputStream(start), in));
    for (MessageLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.isTooLong()) {
        messageCount++;
        found(name, line.number(), List.of(MessageSize.tooLong(line.byteSize())));
      } else if (!line.isBlank()) {
        judge(name, line.number(), line.bytes());
      }
    }
  }

  private static boolean isOneObject(byte[] text) {
    try {
      JsonCodec.decode(text);
      return true;
    } catch (InvalidMessageException _) {
      return false;
    }
  }

  private void judge(String name, long line, byte[] text) {
    messageCount++;
    switch (Validator.validate(text)) {
      case Verdict.Invalid invalid -> found(name, line, invalid.violations());
      case Verdict.Valid(var valid) ->
          signatures
              .flatMap(each -> each.verify(valid.message()))
              .ifPresent(violation -> found(name, line, List.of(violation)));
    }
  }

  private void found(String name, long line, List<Violation> violations) {
    invalidCount++;
    violations.forEach(violation -> output.out().println(finding(name, line, violation)));
  }

  private String finding(String name, long line, Violation violation) {
    if (output.isJson()) {
      JsonObject at = JsonObject.builder().put("file", name).put("line", line).build();
      return ViolationJson.addTo(at, violation).toString();
    }
    String severity = violation.severity().name().toLowerCase(Locale.ROOT);
    String place = output.styled(name + ":" + line + ":", Style.bold);
    String hint = violation.isRecoverable() ? severity + ", recoverable" : severity;
    return place + " " + Terminal.printable(violation.toString()) + " [" + hint + "]";
  }
}
