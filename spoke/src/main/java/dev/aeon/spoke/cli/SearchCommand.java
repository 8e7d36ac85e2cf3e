package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.SearchHit;
import dev.aeon.spoke.api.SearchResult;
import dev.aeon.spoke.client.SpokeClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description = {
      "Finds modules, messages, fields, enums, services and methods by words, best first.",
      "kind:field type:uuid narrows to kinds and types, purch* to what begins so, -module:old leaves"
          + " out; after -- where the query begins with a dash."
    })
final class SearchCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-limit", "--limit"},
      defaultValue = "20",
      description = "how many to show (default: ${DEFAULT-VALUE})")
  private int limit;

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "the query")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      SearchResult result = client.search(String.join(" ", words), limit);
      output.print(result, text(result));
      return 0;
    }
  }

  private String text(SearchResult result) {
    return result.hits().stream()
        .map(this::line)
        .collect(Collectors.joining("\n", "", "\n" + result.total() + " found"))
        .strip();
  }

  private String line(SearchHit hit) {
    String type = hit.type().isEmpty() ? "" : " " + hit.type();
    String file = hit.file().isEmpty() ? "" : " " + hit.file();
    String place = hit.module() + "@" + hit.version() + file;
    return hit.kind() + " " + output.good(hit.name()) + type + "  " + place;
  }
}
