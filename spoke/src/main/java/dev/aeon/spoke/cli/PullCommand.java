package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.PulledModule;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.lock.LockFile;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pull",
    description =
        "Fetches a version; with -recursive also what it depends on, each into a folder of its"
            + " module's name. Without -module, fetches all that spoke.yaml depends on.")
final class PullCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private VersionOption asked = new VersionOption();

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = "proto",
      description = "where to write (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("proto");

  @Option(
      names = {"-recursive", "--recursive"},
      description = "pull dependencies as well")
  private boolean isRecursive;

  @Option(
      names = {"-frozen", "--frozen"},
      description = "fetch what spoke.lock says, and fail where it does not serve spoke.yaml")
  private boolean isFrozen;

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      Optional<ModuleName> module = asked.module();
      List<PulledModule> pulled =
          module.map(name -> pull(client, name)).orElseGet(() -> pullLocked(client));
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (PulledModule each : pulled) {
        String prefix = module.equals(Optional.of(each.module())) ? "" : each.module() + "/";
        each.content().files().forEach((path, bytes) -> files.put(prefix + path, bytes));
      }
      new ProtoFolder(folder).write(files);
      print(pulled);
      return 0;
    }
  }

  private List<PulledModule> pull(SpokeClient client, ModuleName name) {
    return isRecursive
        ? client.pullRecursively(name, asked.version())
        : List.of(client.pull(name, asked.version()));
  }

  private List<PulledModule> pullLocked(SpokeClient client) {
    LockFile lock = new ProjectLock(ProjectFile.find(), client).current(isFrozen);
    List<PulledModule> pulled = new ArrayList<>();
    try (Progress progress = output.progress("pulling", lock.dependencies().size())) {
      lock.dependencies()
          .forEach((name, locked) -> {
            PulledModule each = client.pull(name, locked.toString());
            refuseOtherDigest(each, lock.digests().get(name));
            pulled.add(each);
            progress.step(name.value());
          });
    }
    return pulled;
  }

  private static void refuseOtherDigest(PulledModule pulled, @Nullable String locked) {
    if (locked != null && !locked.equals(pulled.digest().value())) {
      throw new SpokeException(
          SpokeException.Code.DIGEST_MISMATCH,
          "the registry has other content than was locked, module="
              + pulled.module()
              + " locked="
              + locked
              + " found="
              + pulled.digest());
    }
  }

  /** The answer in JSON. */
  record Answer(List<Pulled> pulled) {
    record Pulled(String module, String version, String digest, List<String> files) {
      static Pulled of(PulledModule module) {
        return new Pulled(
            module.module().value(),
            module.version().toString(),
            module.digest().value(),
            module.content().files().keySet().stream().map(ProtoPath::value).toList());
      }
    }
  }

  private void print(List<PulledModule> pulled) {
    String lines =
        pulled.stream()
            .map(each ->
                output.good("pulled")
                    + " "
                    + each.module()
                    + "@"
                    + each.version()
                    + " digest="
                    + each.digest())
            .collect(Collectors.joining("\n"));
    output.print(new Answer(pulled.stream().map(Answer.Pulled::of).toList()), lines);
  }
}
