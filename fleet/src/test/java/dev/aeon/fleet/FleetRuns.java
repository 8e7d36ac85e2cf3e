package dev.aeon.fleet;

import dev.aeon.fleet.manager.FleetObserver;
import dev.aeon.fleet.manager.FleetSettings;
import dev.aeon.fleet.manager.FoundPassage;
import dev.aeon.fleet.manager.QueryText;
import dev.aeon.fleet.manager.SearchFleet;
import dev.aeon.fleet.manager.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Whole fleets for tests: settings, a corpus, answers. */
final class FleetRuns {
  static final FleetObserver SILENT = new SilentObserver();

  private FleetRuns() {}

  static class SilentObserver implements FleetObserver {
    @Override
    public void begins(Stage stage) {}

    @Override
    public void advances(Stage stage, long done, long total) {}

    @Override
    public void ends(Stage stage) {}

    @Override
    public void notes(String sentence) {}
  }

  static FleetSettings settings(Path folder, int agents) {
    return new FleetSettings(folder, agents, "host", "auto", 64L << 20);
  }

  static List<FoundPassage> ask(SearchFleet fleet, String query) {
    return fleet.ask(QueryText.of(query), 10);
  }

  static List<FoundPassage> answer(FleetSettings settings, String query) {
    try (SearchFleet fleet = SearchFleet.start(settings, SILENT)) {
      return ask(fleet, query);
    }
  }

  /** Files of made-up prose in which rarer words are really rare. */
  static Path corpus(Path folder, int files) throws IOException {
    Random random = new Random(42);
    for (int file = 0; file < files; file++) {
      Path path = folder.resolve("part" + file % 7).resolve("file" + file + ".txt");
      Files.createDirectories(path.getParent());
      Files.writeString(path, prose(random));
    }
    return folder;
  }

  private static String prose(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = 5 + random.nextInt(60);
    for (int line = 0; line < lines; line++) {
      int words = random.nextInt(9);
      for (int word = 0; word < words; word++) {
        text.append(word(random)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String word(Random random) {
    double rarity = random.nextDouble();
    return "word" + Integer.toString((int) (rarity * rarity * rarity * 3000), 36);
  }
}
