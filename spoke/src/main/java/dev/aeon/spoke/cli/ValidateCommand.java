package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.SchemaValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "validate", description = "Checks that the .proto files of a folder compile.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "the folder (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-recursive", "--recursive"},
      description = "check the files of folders below as well")
  private boolean isRecursive;

  /** The answer in JSON. */
  record Valid(long files) {}

  @Override
  public Integer call() {
    ModuleContent content = new ProtoFolder(folder).read();
    if (content.files().keySet().stream().noneMatch(this::isChosen)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no .proto file directly in the folder, try -recursive, dir=" + folder);
    }
    try (Protoc protoc = Protoc.open()) {
      List<Violation> violations =
          new SchemaValidator(protoc).validate(content, List.of(), this::isChosen);
      if (!violations.isEmpty()) {
        throw new SpokeException(
            SpokeException.Code.INVALID_SCHEMA,
            "the schema does not compile, violations=" + violations.size(),
            violations);
      }
      long count = content.files().keySet().stream().filter(this::isChosen).count();
      output.print(new Valid(count), output.good("valid") + " files=" + count);
      return 0;
    }
  }

  private boolean isChosen(ProtoPath path) {
    return isRecursive || path.value().indexOf('/') < 0;
  }
}
