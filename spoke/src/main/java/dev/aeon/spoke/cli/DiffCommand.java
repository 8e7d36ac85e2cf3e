package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.validate.diff.MigrationNote;
import dev.aeon.spoke.validate.diff.SchemaChange;
import dev.aeon.spoke.validate.diff.SchemaDiff;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    description = {
      "Tells what changed between two states of a schema, what of it breaks whom, and what to do"
          + " about it.",
      "With -module the two are versions in a registry, otherwise folders or images."
    },
    footer = {"", "Exit codes: 0 told, 1 the request failed; see spoke breaking for a verdict."})
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private VersionOption asked = new VersionOption();

  @Option(
      names = {"-dir", "--dir", "-image", "--image"},
      defaultValue = ".",
      description = "a folder of sources, or a file with an image (default: ${DEFAULT-VALUE})")
  private Path input = Path.of(".");

  @Option(
      names = {"-against", "--against"},
      required = true,
      description =
          "what it was before: a folder of sources, a file with an image, or with -module a version")
  private String against = "";

  @Option(
      names = {"-config", "--config"},
      description = "the configuration, where it is not spoke.yaml or buf.yaml in the folder")
  private @Nullable Path configFile;

  /** What JSON says of a note. */
  record Note(String impact, String rule, String file, int line, String message, String advice) {}

  /** The answer in JSON. */
  record Answer(String bump, List<SchemaChange> changes, List<Note> notes) {}

  @Override
  public Integer call() {
    SchemaDiff all = asked.module().map(this::ofVersions).orElseGet(this::ofFiles);
    if (output.isJson()) {
      output.print(answer(all), "");
    } else {
      print(all, spec.commandLine().getOut());
    }
    return 0;
  }

  private SchemaDiff ofVersions(ModuleName module) {
    try (SpokeClient client = registry.connect()) {
      Image before = image(client, module, against);
      return SchemaDiff.between(before, image(client, module, asked.version()));
    }
  }

  private static Image image(SpokeClient client, ModuleName module, String version) {
    VersionInfo info = client.version(module, version);
    byte[] descriptors = client.descriptors(module, info.version());
    return ImageReader.parse(
        descriptors, new ImageReader.Facts(Set.copyOf(info.files()), Map.of(), path -> ""));
  }

  private SchemaDiff ofFiles() {
    List<SchemaChange> changes = new ArrayList<>();
    List<MigrationNote> notes = new ArrayList<>();
    CheckInput current = new CheckInput(input, configFile);
    CheckInput previous = new CheckInput(Path.of(against), configFile);
    for (ModulePair pair : ModulePair.of(current, previous)) {
      SchemaDiff each = SchemaDiff.between(pair.before().image(), pair.now().image());
      changes.addAll(each.changes());
      notes.addAll(each.notes());
    }
    return new SchemaDiff(changes, notes);
  }

  private static Answer answer(SchemaDiff diff) {
    List<Note> notes = diff.notes().stream().map(DiffCommand::note).toList();
    return new Answer(lower(diff.bump()), diff.changes(), notes);
  }

  private static Note note(MigrationNote note) {
    var finding = note.finding();
    int line = finding.location() == null ? 1 : finding.location().startLine();
    return new Note(
        lower(note.impact()),
        finding.rule(),
        finding.file(),
        line,
        finding.message(),
        note.advice());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void print(SchemaDiff diff, PrintWriter out) {
    printChanges(diff.changes(), out);
    if (!diff.notes().isEmpty()) {
      out.println();
      out.println("Migration notes");
      diff.notes().forEach(note -> print(note, out));
    }
    out.println(diff.changes().isEmpty() ? "no changes" : "\n" + summary(diff));
    out.flush();
  }

  private static void printChanges(List<SchemaChange> changes, PrintWriter out) {
    String file = "";
    for (SchemaChange change : changes) {
      if (!change.file().equals(file)) {
        file = change.file();
        out.println(file);
      }
      out.println("  " + change.text());
    }
  }

  private static void print(MigrationNote note, PrintWriter out) {
    Note flat = note(note);
    String place = flat.file().isEmpty() ? "" : flat.file() + ":" + flat.line() + ": ";
    out.println("  " + place + flat.message() + " [" + flat.rule() + "]");
    out.println("    " + note.impact().text() + ": " + flat.advice());
  }

  private static String summary(SchemaDiff diff) {
    return "added=%d removed=%d changed=%d breaking=%d next=%s"
        .formatted(
            diff.count(SchemaChange.Kind.ADDED),
            diff.count(SchemaChange.Kind.REMOVED),
            diff.count(SchemaChange.Kind.CHANGED),
            diff.notes().size(),
            lower(diff.bump()));
  }
}
